using System.Data.Common;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using MySqlConnector;
using Npgsql;

namespace Alembic.Tests.Migrations;

/// <summary>What is made again because the database took it back, and what is not because something of it may be there to stay.</summary>
[TestClass]
public sealed class RetryTests
{
    private const string Tables =
        "CREATE TABLE a (n INT); CREATE TABLE b (n INT); CREATE TABLE c (n INT); INSERT INTO a VALUES (0); INSERT INTO b VALUES (0)";

    [TestMethod]
    public void A_migration_on_PostgreSQL_that_a_deadlock_ends_is_made_again()
    {
        using var server = new PostgreSqlDatabase();
        server.Session.Rollback();
        // Whoever looks for deadlocks is the victim; the other one does not.
        Deadlock(() => OnPostgreSql(server), server.Open, "SET deadlock_timeout = '10min'; BEGIN; UPDATE b SET n = n + 10",
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }

    [TestMethod]
    public void A_migration_on_MariaDB_that_a_deadlock_ends_goes_on_where_it_stood()
    {
        using var server = new MariaDbDatabase();
        // Whoever has changed less is the victim.
        Deadlock(
            () => OnMariaDb(server), server.Open, "START TRANSACTION; UPDATE b SET n = n + 10; INSERT INTO c SELECT seq FROM seq_1_to_1000",
            "SELECT count(*) FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id "
                + "WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()");
    }

    [TestMethod]
    public void A_lost_connection_is_not_tried_again()
    {
        using var server = new PostgreSqlDatabase();
        server.Session.Rollback();
        var runs = 0;
        using var story = new Story { Database = () => OnPostgreSql(server) }.Then("s1", op =>
        {
            runs++;
            op.Execute("SELECT pg_terminate_backend(pg_backend_pid())");
        });
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual(1, runs);
    }

    [TestMethod]
    [DataRow("INSERT INTO c VALUES (1); ALTER TABLE a ADD COLUMN more INT")]
    [DataRow("CALL half()")]
    public void What_may_be_half_done_is_not_tried_again(string sql)
    {
        using var server = new MariaDbDatabase();
        using var blocker = server.Open();
        Run(blocker, Tables);
        Run(blocker, "CREATE PROCEDURE half() BEGIN INSERT INTO c VALUES (1); ALTER TABLE a ADD COLUMN more INT; END");
        Run(blocker, "START TRANSACTION; SELECT * FROM a");
        using var story = new Story { Database = () => OnMariaDb(server) }.Then("s1", op => op.Execute(sql));
        var error = Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.Contains("only you can tell whether that statement was executed", error.Message);
        Assert.AreEqual("1", server.Rows("SELECT count(*) FROM c"));
    }

    // The migration has a and wants b, the other one has b and wants a.
    private static void Deadlock(Func<Database> database, Func<DbConnection> open, string begin, string waiting)
    {
        using var look = open();
        Run(look, Tables);
        using var other = open();
        Run(other, begin);
        Task? others = null;
        var runs = 0;
        using var story = new Story { Database = database }.Then("s1", op =>
        {
            runs++;
            op.CreateTable("d", [new Column("n", SqlType.Integer)]);
            op.Execute("INSERT INTO d VALUES (1)");
            op.Execute("UPDATE a SET n = n + 1");
            others ??= Task.Run(() => Run(other, "UPDATE a SET n = n + 10; COMMIT"));
            for (var tries = 0; runs == 1 && Convert.ToInt64(Value(look, waiting), null) == 0; tries++)
            {
                Assert.IsLessThan(240, tries, "the other one does not wait");
                // MariaDB tells the same again to those who ask within a tenth of a second of the last question.
                Thread.Sleep(250);
            }
            op.Execute("UPDATE b SET n = n + 1");
        });
        story.Upgrade();
        others!.Wait();
        Assert.AreEqual(2, runs);
        Assert.AreEqual("11 11 1",
            $"{Value(look, "SELECT n FROM a")} {Value(look, "SELECT n FROM b")} {Value(look, "SELECT count(*) FROM d")}");
        Assert.IsTrue(story.Log.Any(line => line.StartsWith("A lock on a table is held: waiting for ", StringComparison.Ordinal)),
            string.Join("\n", story.Log));
    }

    private static TestDatabase OnPostgreSql(PostgreSqlDatabase server) =>
        new TestDatabase(PostgreSqlDatabase.Dialect, server.Open, "postgresql://")
        {
            Busy = e => e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable
        };

    private static TestDatabase OnMariaDb(MariaDbDatabase server) =>
        new TestDatabase(server.Dialect, server.Open, "mariadb://")
        {
            Busy = e => e is MySqlException { ErrorCode: MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout }
        };

    private static void Run(DbConnection connection, string sql) => Value(connection, sql);

    private static object? Value(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
