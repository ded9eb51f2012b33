using System.Globalization;
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
    [TestMethod]
    public void On_sqlite() => Sample(new SqliteDialect(), 500, (from, to) =>
    {
        using var session = Journey.InMemory([]);
        new Journey(new SqliteDialect(), session).Make(from, to);
        session.Check();
    });

    [TestMethod]
    [DataRow(15)]
    [DataRow(18)]
    public void On_postgresql(int version)
    {
        using var database = new PostgreSqlDatabase(version == 18);
        var journey = new Journey(PostgreSqlDatabase.Dialect, database.Session);
        Sample(PostgreSqlDatabase.Dialect, 200, (from, to) =>
        {
            try
            {
                IReadOnlyList<string> users = [];
                journey.Make(from, to, start: () => users = Use(journey, from, to),
                    between: () => CollectionAssert.AreEqual(users.ToList(), Users(journey).ToList()));
                CollectionAssert.AreEqual(users.ToList(), Users(journey).ToList());
            }
            finally
            {
                database.Session.Rollback();
                database.Session.Begin();
            }
        });
    }

    // Views, one over the other, triggers and policies use what both schemas have, and are there afterwards.
    private static List<string> Use(Journey journey, MetaData from, MetaData to)
    {
        foreach (var (table, other) in from.Tables.Join(to.Tables, t => t.Name, t => t.Name, (a, b) => (a, b)))
        {
            string Q(string name) => PostgreSqlDatabase.Dialect.Quote(name);
            var columns = table.Columns.Join(other.Columns, c => c.Name, c => c.Name, (a, b) => (a, b))
                .Where(c => c.a.Computed is null && c.b.Computed is null).Select(c => Q(c.a.Name)).ToList();
            if (!columns.Contains("number"))
                continue;
            journey.Run(
            [
                new Execute(
                    $"CREATE VIEW {Q($"v {table.Name}")} AS SELECT {string.Join(", ", columns)} FROM {Q(table.Name)} WHERE number IS "
                        + "NOT NULL"),
                new Execute(
                    $"CREATE MATERIALIZED VIEW {Q($"m {table.Name}")} AS SELECT count(*) AS n, "
                        + $"{string.Join(", ", columns.Select(c => $"max({c}::text) AS {c}"))} FROM {Q($"v {table.Name}")}"),
                new Execute($"CREATE POLICY p ON {Q(table.Name)} USING ({columns[^1]} IS NOT NULL)"),
                new Execute(
                    $"CREATE TRIGGER r BEFORE UPDATE OF {string.Join(", ", columns)} ON {Q(table.Name)} FOR EACH ROW WHEN (new.number IS "
                        + "NULL) EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
            ]);
        }
        return Users(journey);
    }

    private static List<string> Users(Journey journey) => [.. journey.Rows(
        """
        SELECT f FROM (SELECT c.oid::regclass::text AS f FROM pg_class c WHERE c.relkind IN ('v', 'm') AND c.relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat(polname, ' on ', polrelid::regclass, pg_get_expr(polqual, polrelid)) FROM pg_policy
        UNION ALL SELECT concat(tgname, ' on ', tgrelid::regclass, tgattr) FROM pg_trigger WHERE NOT tgisinternal) x ORDER BY f
        """)];

    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mariadb-11.8")]
    [DataRow("mysql")]
    public void On_mysql(string kind)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind));
        Sample(database.Dialect, 200, (from, to) =>
        {
            try
            {
                new Journey(database.Dialect, database.Session).Make(from, to);
            }
            finally
            {
                database.DropTables();
            }
        });
    }

    private static void Sample(Dialect dialect, int pairs, Action<MetaData, MetaData> make)
    {
        // More of them by hand: ALEMBIC_TEST_PAIRS=10000.
        if (Environment.GetEnvironmentVariable("ALEMBIC_TEST_PAIRS") is { Length: > 0 } more)
            pairs = int.Parse(more, CultureInfo.InvariantCulture);
        var schemas = new RandomSchemas(dialect).Schemas;
        Gen.Select(schemas, schemas).Sample(
            make, print: pair => $"{Journey.Text(pair.Item1)}\n\n=>\n\n{Journey.Text(pair.Item2)}", iter: pairs, threads: 1);
    }
}
