using System.Globalization;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>The provider of PostgreSQL, which has annotations for nearly all features of the database.</summary>
internal sealed class NpgsqlProvider : EfProvider
{
    // Every table has them: EF Core maps a row's version to xmin.
    private static readonly HashSet<string> OfTheSystem = ["oid", "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

    public override IReadOnlyList<string> Packages => ["Npgsql.EntityFrameworkCore.PostgreSQL"];

    public override IReadOnlyList<string> Dialects => ["postgresql"];

    public override bool? StoresComputed => true;

    public override bool IsOfTheSystem(EfOperation column) => OfTheSystem.Contains(column.Name);

    public override bool IsAutoincrement(EfOperation column) => Strategy(column) == "SerialColumn";

    public override Identity? Identity(EfOperation column)
    {
        var isAlways = Strategy(column) == "IdentityAlwaysColumn";
        if (!isAlways && Strategy(column) != "IdentityByDefaultColumn")
            return null;
        // Start, increment, minimum, maximum, cycle, cache: each in quotation marks, empty if it is not given.
        var options = (column.Annotation("Npgsql:IdentitySequenceOptions") ?? "").Split(',').Select(o => o.Trim().Trim('\'')).ToList();
        long? Number(int index) => index < options.Count
            && long.TryParse(options[index], CultureInfo.InvariantCulture, out var number) ? number : null;
        return new Identity(isAlways, Number(0), Number(1) is 1 ? null : Number(1), Number(2), Number(3),
            options.ElementAtOrDefault(4) == "True" ? true : null, Number(5) is 1 ? null : Number(5));
    }

    public override string? Collation(EfOperation column) =>
        base.Collation(column) ?? column.Annotation("Npgsql:DefaultColumnCollation");

    public override DialectOptions Options(EfOperation table, string? charSet) => new(
        [("postgresql_unlogged", table.Annotation("Npgsql:UnloggedTable") == "true" ? true : null), With(table)]);

    public override DialectOptions IndexOptions(EfOperation index) => new([With(index)]);

    protected override bool IsOwn(string annotation) => annotation.StartsWith("Npgsql:", StringComparison.Ordinal);

    private static string? Strategy(EfOperation column) => column.Annotation("Npgsql:ValueGenerationStrategy");

    private static (string, object?) With(EfOperation item) =>
        ("postgresql_with", EfItems.StorageParameters(item) is { Length: > 0 } with ? with : null);
}
