using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using CsCheck;

namespace Alembic.Tests.Autogenerate;

/// <summary>
/// A database at one random schema and a model that is another: the upgrade leaves nothing to be found, the downgrade brings back what
/// there was.
/// </summary>
[TestClass]
public sealed class AnySchemaToAnyOtherTests
{
    public static IEnumerable<object[]> PostgreSql => Asked(
    [
        .. PostgreSqlServer.Versions.Select(version => new object[] { version, false }),
        [15, true],
    ]);

    public static IEnumerable<object[]> MySql => Asked(
    [
        ["mariadb", false], ["mariadb-11.8", false], ["mysql", false], ["mariadb-folding", false], ["mariadb", true],
        // A role without rights takes minutes on MySQL.
        .. FixedSamples.Drawn is not null ? new object[][] { ["mysql", true] } : [],
    ]);

    // Those of one server by hand: ALEMBIC_TEST_PAIRS_ON="18" or "mariadb plain".
    private static IEnumerable<object[]> Asked(object[][] rows) => rows.Where(row =>
        Environment.GetEnvironmentVariable("ALEMBIC_TEST_PAIRS_ON") is not { Length: > 0 } one
        || one == $"{row[0]}{(row[1] is true ? " plain" : "")}");

    [TestMethod]
    public void On_sqlite() => Sample(new SqliteDialect(), 500, (from, to, seed) =>
    {
        using var session = Journey.InMemory([]);
        var journey = new Journey(new SqliteDialect(), session);
        var views = new RandomViews(journey, new SqliteDialect(), from, to, seed);
        journey.Make(from, to, start: views.Create, between: views.Work, heed: views.Heed);
        views.Restore();
        session.Check();
    });

    [TestMethod]
    [DynamicData(nameof(PostgreSql))]
    public void On_postgresql(int version, bool isPlain)
    {
        using var database = new PostgreSqlDatabase(version, isPlain);
        var journey = new Journey(PostgreSqlDatabase.Dialect, database.Session) { AllSchemas = true };
        Sample(PostgreSqlDatabase.Dialect, isPlain ? 60 : 200, (from, to, seed) =>
        {
            try
            {
                to = WithSequence(from, to, PostgreSqlDatabase.Dialect);
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

    // A sequence takes a name that a table, an index or a key had, where the database keeps them in one place.
    private static MetaData WithSequence(MetaData from, MetaData to, Dialect dialect)
    {
        IEnumerable<string> Names(MetaData schema) => schema.Tables.Where(t => t.Schema is null).SelectMany(t =>
            t.Indexes.Select(i => i.Name).Concat(t.Uniques.Select(u => u.Name)).OfType<string>()
                .Where(n => dialect.Name == "postgresql" && n.EndsWith("_moves", StringComparison.Ordinal)).Prepend(t.Name));
        var free = Names(from).Except(Names(to)).Except(to.Tables.SelectMany(t => t.Indexes).Select(i => i.Name)).LastOrDefault();
        return dialect.Name is not ("postgresql" or "mariadb") ? to
            : to with { Sequences = [.. to.Sequences, .. free is null ? [] : new[] { new Sequence(free) }] };
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

    [TestMethod]
    [DynamicData(nameof(MySql))]
    public void On_mysql(string kind, bool isPlain)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind), isPlain);
        Sample(database.Dialect, isPlain || kind == "mariadb-folding" ? 60 : 200, (from, to, seed) =>
        {
            try
            {
                to = WithSequence(from, to, database.Dialect);
                var journey = new Journey(database.Dialect, database.Session);
                var views = new RandomViews(journey, database.Dialect, from, to, seed);
                journey.Make(from, to, start: views.Create, between: views.Work, heed: views.Heed);
                views.Restore();
            }
            finally
            {
                database.DropTables();
            }
        });
    }

    private static void Sample(Dialect dialect, int pairs, Action<MetaData, MetaData, int> make)
    {
        var schemas = new RandomSchemas(dialect).Schemas;
        FixedSamples.Check(Gen.Select(schemas, schemas, Gen.Int[0, 9999]), pairs, pair => make(pair.Item1, pair.Item2, pair.Item3),
            pair => $"{Journey.Text(pair.Item1)}\n\n=>\n\n{Journey.Text(pair.Item2)}\n\nviews {pair.Item3}");
    }
}
