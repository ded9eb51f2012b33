using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Autogenerate;

/// <summary>The same as <see cref="AnySchemaToAnyOtherTests"/>, with several schemas, and users of the tables.</summary>
[TestClass]
public sealed class AnySchemaToAnyOtherOnPostgreSqlTests
{
    public static IEnumerable<object[]> Servers => SchemaPairs.Asked(
    [
        .. PostgreSqlServer.Versions.Select(version => new object[] { version, false }),
        [15, true],
    ]);

    [TestMethod]
    [DynamicData(nameof(Servers))]
    public void On_postgresql(int version, bool isPlain)
    {
        using var database = new PostgreSqlDatabase(version, isPlain);
        var journey = new Journey(PostgreSqlDatabase.Dialect, database.Session) { AllSchemas = true };
        SchemaPairs.Check(PostgreSqlDatabase.Dialect, isPlain ? 60 : 200, (from, to, seed) =>
        {
            try
            {
                to = SchemaPairs.WithSequence(from, to, PostgreSqlDatabase.Dialect);
                var views = new RandomViews(journey, PostgreSqlDatabase.Dialect, from, to, seed);
                IReadOnlyList<string> users = [];
                journey.Make(from, to,
                    start: () =>
                    {
                        Use(journey, from, to);
                        views.Create();
                    },
                    heed: comparison =>
                    {
                        views.Heed(comparison);
                        users = Users(journey);
                    },
                    between: () =>
                    {
                        views.Work();
                        CollectionAssert.AreEqual(users.ToList(), Users(journey).ToList());
                    });
                CollectionAssert.AreEqual(users.ToList(), Users(journey).ToList());
                views.Restore();
            }
            finally
            {
                database.Session.Rollback();
                database.Session.Begin();
            }
        });
    }

    // Views, one over the other, triggers and policies use what both schemas have, and are there afterwards.
    private static void Use(Journey journey, MetaData from, MetaData to)
    {
        foreach (var (table, other) in from.Tables.Join(to.Tables, t => (t.Schema, t.Name), t => (t.Schema, t.Name), (a, b) => (a, b)))
        {
            string Q(string name) => PostgreSqlDatabase.Dialect.Quote(name);
            var quoted = PostgreSqlDatabase.Dialect.Quote(table.Schema, table.Name);
            var columns = table.Columns.Join(other.Columns, c => c.Name, c => c.Name, (a, b) => (a, b))
                .Where(c => c.a.Computed is null && c.b.Computed is null).Select(c => Q(c.a.Name)).ToList();
            if (!columns.Contains("number"))
                continue;
            // The server leaves out a cast of a text to text, and there is no greatest truth or UUID.
            var alike = columns.Except(table.Columns.Where(c => RandomSchemas.ValueOf(c) is not null).Select(c => Q(c.Name)));
            journey.Run(
            [
                new Execute(
                    $"CREATE VIEW {Q($"v {table.Schema} {table.Name}")} AS SELECT {string.Join(", ", columns)} FROM {quoted} WHERE number IS "
                        + "NOT NULL"),
                new Execute(
                    $"CREATE MATERIALIZED VIEW {Q($"m {table.Schema} {table.Name}")} AS SELECT count(*) AS n, "
                        + $"{string.Join(", ", alike.Select(c => $"max({c}::text) AS {c}"))} FROM {Q($"v {table.Schema} {table.Name}")}"),
                new Execute($"ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY"),
                new Execute($"CREATE POLICY p ON {quoted} USING ({columns[^1]} IS NOT NULL)"),
                new Execute(
                    $"CREATE TRIGGER r BEFORE UPDATE OF {string.Join(", ", columns)} ON {quoted} FOR EACH ROW WHEN (new.number IS "
                        + "NULL) EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
            ]);
        }
    }

    private static List<string> Users(Journey journey) => [.. journey.Rows(
        """
        SELECT f FROM (SELECT c.oid::regclass::text AS f FROM pg_class c WHERE c.relkind IN ('v', 'm') AND c.relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat('row security of ', oid::regclass) FROM pg_class WHERE relrowsecurity
        UNION ALL SELECT concat(polname, ' on ', polrelid::regclass, pg_get_expr(polqual, polrelid)) FROM pg_policy
        UNION ALL SELECT concat(tgname, ' on ', tgrelid::regclass, tgattr) FROM pg_trigger WHERE NOT tgisinternal) x ORDER BY f
        """)];
}
