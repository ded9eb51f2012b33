using System.Globalization;
using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using CsCheck;

namespace Alembic.Tests.Autogenerate;

/// <summary>A database at one random schema and a model that is another: the upgrade leaves nothing to be found, the downgrade brings back what there was.</summary>
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
        Sample(PostgreSqlDatabase.Dialect, 100, (from, to) =>
        {
            try
            {
                journey.Make(from, to);
            }
            finally
            {
                database.Session.Rollback();
                database.Session.Begin();
            }
        });
    }

    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mariadb-11.8")]
    [DataRow("mysql")]
    public void On_mysql(string kind)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind));
        Sample(database.Dialect, 100, (from, to) =>
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
