using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Tool.EntityFramework;

/// <summary>The table in which EF Core records the migrations of a database.</summary>
/// <param name="map">The revisions.</param>
/// <param name="name">The table's name, or its schema, a point and its name; null for EF Core's default.</param>
internal sealed class EfHistory(RevisionMap map, string? name)
{
    private const string Usual = "__EFMigrationsHistory";

    /// <summary>Gets the revision that all the migrations in the table lead to.</summary>
    /// <param name="session">The database; null if it does not exist.</param>
    /// <param name="dialect">Its dialect.</param>
    /// <exception cref="AlembicException">There is no such table, or it does not match the revisions.</exception>
    public string Revision(IMigrationSession? session, Dialect dialect)
    {
        var table = name ?? Usual;
        var point = table.IndexOf('.', StringComparison.Ordinal);
        var applied = Applied(session, dialect, point < 0 ? null : table[..point], table[(point + 1)..])
            ?? throw new AlembicException($"The database has no table {table}")
            {
                Hint = name is null
                    ? "--from-ef=schema.table if the context uses another name; "
                        + "an empty database needs no stamp: dotnet alembic upgrade head"
                    : "an empty database needs no stamp: dotnet alembic upgrade head",
            };
        if (applied.Count == 0)
            return "base";
        var known = applied.Select(Find).OfType<RevisionNode>().ToList();
        // The first revision stands for all migrations up to its own: those of a baseline, and those that the project no longer has.
        var baseline = known.FirstOrDefault(node => node.Down.Count == 0)?.Id;
        var unknown = applied.Where(id => Find(id) is null && !(baseline is not null && string.CompareOrdinal(id, baseline) < 0)).ToList();
        if (unknown.Count > 0)
        {
            throw new AlembicException($"{table} has migrations of EF Core that are not revisions: {string.Join(", ", unknown)}")
            {
                Hint = "dotnet alembic import ef writes them; with a baseline, run dotnet ef database update first",
            };
        }
        var missing = known.SelectMany(Ancestors).Where(node => !known.Contains(node)).Select(node => node.Id).Distinct().ToList();
        return missing.Count == 0 ? known.Single(node => !node.Next.Any(known.Contains)).Id
            : throw new AlembicException($"{table} has {known[^1].Id}, but not what comes before it: {string.Join(", ", missing)}")
            {
                Hint = "dotnet ef database update",
            };
    }

    private static List<string>? Applied(IMigrationSession? session, Dialect dialect, string? schema, string table)
    {
        const string Column = "MigrationId";
        return session is null || !dialect.HasTable(session, schema, table) ? null
            : [.. session.Query(new Statement($"SELECT {dialect.Quote(Column)} FROM {dialect.Quote(schema, table)} ORDER BY 1"))
                .Select(row => (string)row[Column]!)];
    }

    private RevisionNode? Find(string id) => map.Find(EfMigration.RevisionId(id));

    private static IEnumerable<RevisionNode> Ancestors(RevisionNode node) => node.Down.SelectMany(down => Ancestors(down).Prepend(down));
}
