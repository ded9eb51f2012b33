using System.Globalization;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>The provider of SQL Server: keys are identities.</summary>
internal sealed class SqlServerProvider : EfProvider
{
    public override IReadOnlyList<string> Packages => ["Microsoft.EntityFrameworkCore.SqlServer"];

    public override IReadOnlyList<string> Dialects => ["mssql"];

    public override bool IsAutoincrement(EfOperation column) => false;

    public override Identity? Identity(EfOperation column) =>
        column.Annotation("SqlServer:Identity") is { } seed && seed.Split(',') is [var start, var increment]
            ? new Identity(
                start: long.Parse(start, CultureInfo.InvariantCulture), increment: long.Parse(increment, CultureInfo.InvariantCulture))
            : column.Annotation("SqlServer:ValueGenerationStrategy") == "IdentityColumn" ? new Identity(start: 1, increment: 1) : null;

    protected override bool IsOwn(string annotation) => annotation.StartsWith("SqlServer:", StringComparison.Ordinal);
}
