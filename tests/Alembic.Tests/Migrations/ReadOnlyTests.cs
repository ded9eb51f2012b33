using System.Data.Common;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.Sqlite;
using MySqlConnector;

namespace Alembic.Tests.Migrations;

/// <summary>A database that can only be read is told before anything is tried, and is no matter where there is nothing to do.</summary>
[TestClass]
public sealed class ReadOnlyTests
{
    [TestMethod]
    public void An_SQLite_file_that_is_opened_to_be_read()
    {
        using var story = Given();
        story.Upgrade("a1");
        story.Database = () => SQLite(story, "Mode=ReadOnly");
        IsRefused(story, "attempt to write a readonly database");
        story.Upgrade("a1");
    }

    // A journal can be made no more than in a folder without the right to, which root would have.
    [TestMethod]
    public void An_SQLite_file_that_no_journal_can_be_made_for()
    {
        using var story = Given();
        story.Upgrade("a1");
        var journal = File.CreateSymbolicLink(story.Path + "-journal", "/nowhere/at/all");
        try
        {
            IsRefused(story, "unable to open database file");
        }
        finally
        {
            journal.Delete();
        }
        story.Upgrade();
        Assert.AreEqual("b2", story.Versions());
    }

    [TestMethod]
    public void An_SQLite_file_that_somebody_writes_is_not_read_only()
    {
        using var story = Given();
        story.Upgrade("a1");
        story.Database = () => SQLite(story, "Default Timeout=1");
        using var other = story.Open();
        using (var busy = other.BeginTransaction())
            Assert.Throws<LockTimeoutException>(
                () => story.Run(migrator => migrator.PlanUpgrade("b2"), new ApplyOptions { LockTimeout = TimeSpan.FromSeconds(1) }));
        story.Ask("PRAGMA user_version = 7");
        story.Upgrade();
        Assert.AreEqual("7", story.Ask("PRAGMA user_version"));
    }

    [TestMethod]
    public void A_PostgreSQL_session_whose_transactions_are_read_only()
    {
        using var database = new PostgreSqlDatabase();
        using var story = Given();
        story.Database = () => new TestDatabase(PostgreSqlDatabase.Dialect, database.Open, "postgresql://");
        story.Upgrade("a1");
        story.Database = () => new TestDatabase(PostgreSqlDatabase.Dialect,
            () => With(database.Open(), "SET default_transaction_read_only = on"), "postgresql://");
        IsRefused(story, "transactions are read-only here (default_transaction_read_only)");
        story.Upgrade("a1");
    }

    // The server is read-only for others, too, meanwhile.
    [TestMethod, DoNotParallelize]
    public void A_MariaDB_server_with_read_only_unless_one_may_write_all_the_same()
    {
        using var database = new MariaDbDatabase();
        using var story = Given();
        story.Database = () => new TestDatabase(database.Dialect, database.Open, "mariadb://");
        story.Upgrade("a1");
        using var admin = database.Open();
        With(admin,
            "CREATE USER alembic_plain@'%' IDENTIFIED BY 'x'; GRANT ALL ON *.* TO alembic_plain@'%'; REVOKE SUPER, READ_ONLY ADMIN ON "
                + "*.* FROM alembic_plain@'%'; SET GLOBAL read_only = 1");
        try
        {
            var plain = new MySqlConnectionStringBuilder(admin.ConnectionString)
            {
                UserID = "alembic_plain", Password = "x"
            }.ConnectionString;
            story.Database = () => new TestDatabase(database.Dialect, () => Opened(new MySqlConnection(plain)), "mariadb://");
            IsRefused(story, "read_only is on at the server, as on a replica");
            story.Upgrade("a1");
            story.Database = () => new TestDatabase(database.Dialect, database.Open, "mariadb://");
            story.Upgrade();
        }
        finally
        {
            With(admin, "SET GLOBAL read_only = 0; DROP USER alembic_plain@'%'");
        }
    }

    private static Story Given() => new Story().Then("a1", _ => { }).Then("b2", op => op.Execute("CREATE TABLE b (id INTEGER)"));

    private static void IsRefused(Story story, string why)
    {
        var error = Assert.Throws<ReadOnlyDatabaseException>(() => story.Upgrade());
        Assert.Contains(" is read-only: ", error.Message);
        Assert.Contains(why, error.Message);
        Assert.StartsWith("nothing was changed", error.Hint);
    }

    private static TestDatabase SQLite(Story story, string settings) =>
        new TestDatabase(new SqliteDialect(), () => Opened(new SqliteConnection($"Data Source={story.Path};Pooling=False;{settings}")),
            "sqlite://") { Busy = e => e is SqliteException { SqliteErrorCode: 5 } };

    private static DbConnection Opened(DbConnection connection)
    {
        connection.Open();
        return connection;
    }

    private static DbConnection With(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        return connection;
    }
}
