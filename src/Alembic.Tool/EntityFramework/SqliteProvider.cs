using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>The provider of SQLite: only its key numbers a column, and a computed column has no type.</summary>
internal sealed class SqliteProvider : EfProvider
{
    public override IReadOnlyList<string> Packages => ["Microsoft.EntityFrameworkCore.Sqlite"];

    public override IReadOnlyList<string> Dialects => ["sqlite"];

    public override bool HasSchemas => false;

    public override bool NumbersByKey => true;

    // EF Core gives a computed column only its expression.
    public override bool ComputesWithoutType => true;

    public override bool IsAutoincrement(EfOperation column) => column.Annotation("Sqlite:Autoincrement") == "true";

    public override Identity? Identity(EfOperation column) => null;

    protected override bool IsOwn(string annotation) => annotation.StartsWith("Sqlite:", StringComparison.Ordinal);
}
