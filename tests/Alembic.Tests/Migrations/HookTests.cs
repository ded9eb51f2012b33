using System.Data.Common;
using Alembic.Databases.MySql;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Sqlite;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Migrations;

/// <summary>What an environment is told of a run, and what a migration is told of its command.</summary>
[TestClass]
public sealed class HookTests
{
    [TestMethod]
    public void OnConnected_is_called_before_anything_is_asked()
    {
        using var story = new Story().Then("a1", op => op.Execute("CREATE TABLE seen AS SELECT * FROM temp.role"));
        List<string> said = [];
        story.Options = options => options.OnConnected = connection =>
        {
            said.AddRange(story.Log.Where(line => line.Contains("SELECT", StringComparison.Ordinal)));
            Run(connection, "CREATE TEMP TABLE role AS SELECT 'deployer' AS name");
        };
        story.Upgrade();
        Assert.AreEqual("deployer", story.Ask("SELECT name FROM seen"));
        Assert.IsEmpty(said);
    }

    [TestMethod]
    public void A_connection_that_OnConnected_refused_is_not_used_when_it_is_tried_again()
    {
        using var story = new Story().Then("a1", op => op.Execute("CREATE TABLE seen AS SELECT * FROM temp.role"));
        var calls = 0;
        story.Options = options => options.OnConnected = connection =>
        {
            Run(connection, "CREATE TEMP TABLE role AS SELECT 'deployer' AS name");
            if (calls++ == 0)
                throw new InvalidOperationException("not yet");
        };
        story.Open().Dispose();
        using var migrator = story.Migrator();
        Assert.Throws<InvalidOperationException>(() => migrator.PlanVersionTable());
        migrator.Apply(migrator.PlanUpgrade("heads"));
        Assert.AreEqual((2, "deployer"), (calls, story.Ask("SELECT name FROM seen")));
    }

    [TestMethod]
    public void OnConnected_is_called_for_the_connection_that_keeps_a_lease_too()
    {
        using var server = new MariaDbDatabase();
        server.Session.Rollback();
        List<string> opened = [];
        var options = new MigratorOptions
        {
            Environment = new() { OnConnected = connection => opened.Add(connection.Database) },
        };
        using (var open = new OpenDatabase(
            new TestDatabase(server.Dialect, server.Open, "mariadb://"), new([]), options, NullLogger.Instance))
        {
            var lease = new MySqlLease(open.LockScope, server.Dialect);
            Assert.IsTrue(lease.TryTake());
            Assert.HasCount(2, opened, "one that reads, and one that keeps the lease");
            lease.Release();
        }
    }

    [TestMethod]
    public void A_run_that_was_cancelled_does_not_cancel_what_the_migrator_does_next()
    {
        using var story = new Story().Then("a1", op => op.Execute("CREATE TABLE a (id INTEGER)"));
        using var mine = new CancellationTokenSource();
        using var stop = new CancellationTokenSource();
        using var migrator = new Migrator(story.Database(), story.Migrations, new() { Cancelled = stop.Token });
        migrator.Apply(migrator.PlanUpgrade("heads"), new() { Cancelled = mine.Token });
        Assert.AreEqual(stop.Token, ((OnlineSession)migrator.Session!).Cancelled);
    }

    [TestMethod]
    public void A_migrations_statement_is_broken_off_too_if_that_was_asked_for_before_it_was_sent()
    {
        using var story = new Story();
        using var postgres = new PostgreSqlDatabase();
        using var maria = new MariaDbDatabase();
        foreach (var (database, endless) in new (Database, string)[]
        {
            (new SqliteDatabase($"Data Source={story.Path};Pooling=False"),
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"),
            (new TestDatabase(PostgreSqlDatabase.Dialect, postgres.Open, "postgresql://"), "SELECT pg_sleep(3600)"),
            (new TestDatabase(maria.Dialect, maria.Open, "mariadb://"), "SELECT sum(a.seq) FROM seq_1_to_1000000 a, seq_1_to_1000000 b"),
        })
        {
            using var stop = new CancellationTokenSource();
            using var session = new OnlineSession(database, NullLogger.Instance) { Cancelled = stop.Token };
            stop.Cancel();
            Assert.Throws<Exception>(() => session.Accept(new Statement(endless)));
            // What puts things in order is not broken off.
            Assert.HasCount(1, session.Query(new Statement("SELECT 1 AS one")));
        }
    }

    [TestMethod]
    public void OnVersionApply_can_write_on_the_connection_and_in_the_transaction_of_its_step()
    {
        using var story = new Story()
            .Then("a1", op => op.Execute("CREATE TABLE audit (text TEXT)"))
            .Then("b2", op => op.Execute("CREATE TABLE b (id INTEGER)"));
        story.Options = options => options.OnVersionApply = step =>
        {
            Run(step.Connection!, $"INSERT INTO audit VALUES ('{step.Revision?.Message ?? "stamp"}')", step.Transaction);
            if (step.Revision?.Id == "b2" && step.IsUpgrade)
                throw new InvalidOperationException("no");
        };
        Assert.IsInstanceOfType<InvalidOperationException>(Assert.Throws<MigrationException>(() => story.Upgrade()).InnerException);
        Assert.AreEqual("the a1", story.Ask("SELECT text FROM audit"));
        story.Stamp("b2");
        Assert.AreEqual("the a1\nstamp", story.Ask("SELECT text FROM audit"));
    }

    [TestMethod]
    public void OnVersionApply_has_no_connection_where_a_script_is_written()
    {
        using var story = new Story().Then("a1", _ => { });
        List<(string?, DbConnection?)> told = [];
        story.Options = options => options.OnVersionApply = step => told.Add((step.Revision?.Id, step.Connection));
        story.Script();
        CollectionAssert.AreEqual(new (string?, DbConnection?)[] { ("a1", null) }, told);
    }

    [TestMethod]
    public void A_migration_sees_the_arguments_and_the_configuration_online_and_in_a_script()
    {
        using var story = new Story()
            .Then("a1", op => op.Execute($"CREATE TABLE {op.XArguments["tenant"]}_{op.Config.GetMainOption("kind")} (id INTEGER)"));
        story.Context = new EnvironmentContext(new AlembicConfig(key => key == "kind" ? "log" : null, _ => null, _ => { }))
        {
            XArguments = ["tenant=one", "tenant=two"]
        };
        Assert.Contains("CREATE TABLE two_log (id INTEGER)", story.Script());
        Assert.AreEqual("two_log", story.Upgrade().Tables());
    }

    [TestMethod]
    public void An_object_without_properties_gives_no_parameters_and_is_refused()
    {
        using var story = new Story().Then("a1", op => op.Execute("SELECT @n", new { }));
        Assert.Contains("has no public properties", Assert.Throws<AlembicException>(() => story.Upgrade()).ToString());
    }

    [TestMethod]
    public void A_scalar_is_of_the_type_that_is_asked_for()
    {
        using var story = new Story().Then("a1", op =>
        {
            Assert.AreEqual(7, op.Scalar<int>("SELECT 7"));
            Assert.AreEqual(7L, op.Scalar<long>("SELECT @n", new { n = 7 }));
            Assert.AreEqual(7.5m, op.Scalar<decimal>("SELECT 7.5"));
            Assert.AreEqual("x", op.Scalar<string>("SELECT 'x', 'y' UNION SELECT 'z', 'z'"));
            Assert.IsTrue(op.Scalar<bool>("SELECT 1"));
            Assert.AreEqual(DayOfWeek.Friday, op.Scalar<DayOfWeek>("SELECT 'Friday'"));
            Assert.AreEqual(DayOfWeek.Friday, op.Scalar<DayOfWeek?>("SELECT 5"));
            Assert.AreEqual(new DateTime(2026, 11, 28), op.Scalar<DateTime>("SELECT '2026-11-28'"));
            Assert.AreEqual(Guid.Empty, op.Scalar<Guid>($"SELECT '{Guid.Empty}'"));
            Assert.IsNull(op.Scalar<int?>("SELECT NULL"));
            Assert.IsNull(op.Scalar<string>("SELECT 1 WHERE 1 = 0"));
        });
        story.Upgrade();
    }

    [TestMethod]
    [DataRow("SELECT NULL", "The query returned NULL or no row, not Int32: SELECT NULL")]
    [DataRow("SELECT 1 WHERE 1 = 0", "The query returned NULL or no row, not Int32: SELECT 1 WHERE 1 = 0")]
    [DataRow("SELECT 'many'", "The query returned String, not Int32: SELECT 'many'")]
    [DataRow("SELECT 3000000000", "The query returned Int64, not Int32: SELECT 3000000000")]
    public void A_scalar_that_is_not_there_or_does_not_fit_is_an_error_that_names_the_query(string sql, string message)
    {
        using var story = new Story().Then("a1", op => op.Scalar<int>(sql));
        Assert.Contains(message, Assert.Throws<MigrationFailedException>(() => story.Upgrade()).Message);
    }

    [TestMethod]
    public void A_scalar_needs_a_database()
    {
        using var story = new Story().Then("a1", op => op.Scalar<int>("SELECT 1"));
        Assert.Contains("op.Scalar needs a database", Assert.Throws<MigrationFailedException>(() => story.Script()).Message);
    }

    private static void Run(DbConnection connection, string sql, DbTransaction? transaction = null)
    {
        using var command = ((SqliteConnection)connection).CreateCommand();
        (command.CommandText, command.Transaction) = (sql, (SqliteTransaction?)transaction);
        command.ExecuteNonQuery();
    }
}
