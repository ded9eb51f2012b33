using System.Data;
using System.Data.Common;
using Alembic.Migrations;
using Alembic.MySql;
using Alembic.PostgreSql;
using Alembic.Sqlite;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;

namespace Alembic.Hosting.Tests;

/// <summary>The application's own connection and transaction: migrated on, and given back as they were.</summary>
[TestClass]
public sealed class OwnConnectionTests : IDisposable
{
    private static readonly MigrationSet Migrations = MigrationSet.FromAssembly(typeof(OwnConnectionTests).Assembly);

    private readonly SqliteConnection _memory = new("Data Source=:memory:");

    public OwnConnectionTests() => _memory.Open();

    public void Dispose() => _memory.Dispose();

    [TestMethod]
    public void A_database_in_memory_is_migrated_and_stays_open()
    {
        var report = Upgrade(new SqliteDatabase(_memory));
        Assert.AreEqual("aaa100000001 aaa200000002 aaa300000003", string.Join(" ", report.Applied.Select(a => a.Step.Revision!.Id)));
        Assert.AreEqual("aaa300000003", Ask(_memory, "SELECT version_num FROM alembic_version"));
        Assert.IsEmpty(Upgrade(new SqliteDatabase(_memory)).Applied);
    }

    [TestMethod]
    [DataRow("ON", 1L)]
    [DataRow("OFF", 0L)]
    public void Foreign_keys_are_enforced_afterwards_as_before(string before, long after)
    {
        Ask(_memory, $"PRAGMA foreign_keys={before}");
        Upgrade(new SqliteDatabase(_memory));
        Assert.AreEqual(after, Ask(_memory, "PRAGMA foreign_keys"));
    }

    [TestMethod]
    public void A_connection_that_was_closed_is_closed_again()
    {
        var file = Path.GetTempFileName();
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        Upgrade(new SqliteDatabase(connection));
        Assert.AreEqual(ConnectionState.Closed, connection.State);
        File.Delete(file);
    }

    [TestMethod]
    public void What_was_migrated_in_the_applications_transaction_is_taken_back_with_it()
    {
        Ask(_memory, "PRAGMA foreign_keys=OFF");
        using (var transaction = _memory.BeginTransaction())
        {
            var database = new SqliteDatabase(_memory, transaction);
            Assert.HasCount(3, Upgrade(database).Applied);
            using var migrator = new Migrator(database, Migrations);
            Assert.IsTrue(migrator.Status() is { IsAtHead: true, LockHolder: null });
            transaction.Rollback();
        }
        Assert.AreEqual(0L, Ask(_memory, "SELECT count(*) FROM sqlite_schema"));
    }

    [TestMethod]
    public void What_was_migrated_in_the_applications_transaction_is_committed_with_it()
    {
        Ask(_memory, "PRAGMA foreign_keys=OFF");
        using (var transaction = _memory.BeginTransaction())
        {
            Upgrade(new SqliteDatabase(_memory, transaction));
            transaction.Commit();
        }
        Assert.AreEqual("aaa300000003", Ask(_memory, "SELECT version_num FROM alembic_version"));
    }

    [TestMethod]
    public void A_transaction_in_which_a_rebuild_would_delete_rows_is_refused()
    {
        Ask(_memory, "PRAGMA foreign_keys=ON");
        using var transaction = _memory.BeginTransaction();
        var error = Assert.ThrowsExactly<AlembicException>(() => Upgrade(new SqliteDatabase(_memory, transaction)));
        Assert.AreEqual("run PRAGMA foreign_keys=OFF before you begin the transaction", error.Hint);
    }

    [TestMethod]
    public void A_migration_that_fails_in_the_applications_transaction_takes_back_no_more_than_itself()
    {
        Ask(_memory, "PRAGMA foreign_keys=OFF; CREATE TABLE mine (a)");
        using var transaction = _memory.BeginTransaction();
        using (var insert = new SqliteCommand("INSERT INTO mine VALUES (1)", _memory, transaction))
            insert.ExecuteNonQuery();
        NameTheBooks.Also.Value = op => op.Execute("no such statement");
        Assert.Throws<MigrationException>(() => Upgrade(new SqliteDatabase(_memory, transaction)));
        transaction.Commit();
        Assert.AreEqual(1L, Ask(_memory, "SELECT count(*) FROM mine"));
        Assert.AreEqual(0L, Ask(_memory, "SELECT count(*) FROM pragma_table_info('book') WHERE name = 'name'"));
    }

    [TestMethod]
    public void A_transaction_of_another_connection_is_refused()
    {
        using var other = new SqliteConnection("Data Source=:memory:");
        other.Open();
        using var transaction = other.BeginTransaction();
        Assert.ThrowsExactly<AlembicException>(() => new SqliteDatabase(_memory, transaction));
    }

    [TestMethod]
    public void PostgreSQL_takes_it_back_too()
    {
        var url = PostgreSqlServer.NewDatabase();
        try
        {
            using var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(url));
            connection.Open();
            using (var transaction = connection.BeginTransaction())
            {
                Assert.HasCount(3, Upgrade(new PostgreSqlDatabase(connection, transaction)).Applied);
                transaction.Rollback();
            }
            Assert.AreEqual(DBNull.Value, Ask(connection, "SELECT to_regclass('book')::text"));
            Assert.HasCount(3, Upgrade(new PostgreSqlDatabase(connection)).Applied);
            Assert.AreEqual("aaa300000003", Ask(connection, "SELECT version_num FROM alembic_version"));
        }
        finally
        {
            PostgreSqlServer.Drop(url);
        }
    }

    [TestMethod]
    public void MariaDB_gives_the_connections_settings_back()
    {
        var settings = MySqlServer.MariaDb.NewDatabase();
        try
        {
            using var connection = new MySqlConnection(settings);
            connection.Open();
            Ask(connection, "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES', lock_wait_timeout = 77");
            const string Settings =
                "SELECT CONCAT(@@sql_mode, ' ', @@lock_wait_timeout, ' ', @@innodb_lock_wait_timeout, ' ', @@wait_timeout)";
            var before = Ask(connection, Settings);
            Assert.HasCount(3, Upgrade(new MySqlDatabase(connection, isMariaDb: true)).Applied);
            Assert.AreEqual(before, Ask(connection, Settings));
        }
        finally
        {
            MySqlServer.Drop(settings);
        }
    }

    private static MigrationReport Upgrade(Database database)
    {
        using var migrator = new Migrator(database, Migrations);
        return migrator.Apply(migrator.PlanUpgrade("heads"));
    }

    private static object? Ask(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
