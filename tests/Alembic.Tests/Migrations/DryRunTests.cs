using Alembic.Databases;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Sqlite;
using Alembic.Tests.Databases.PostgreSql;
using Npgsql;

namespace Alembic.Tests.Migrations;

/// <summary>A dry run does what a run does, finds what it finds, and leaves nothing.</summary>
[TestClass]
public sealed class DryRunTests
{
    [TestMethod]
    public void On_SQLite_all_of_it_runs_on_a_copy()
    {
        var copy = "";
        using var story = Sqlite()
            .Then("one", op => op.CreateTable("account", [new Column("id", SqlType.Integer, primaryKey: true)]))
            .Then("two", op =>
            {
                copy = op.Connection.DataSource;
                op.AddColumn("account", new Column("name", SqlType.Text));
                op.AutocommitBlock(() =>
                {
                    op.Execute("INSERT INTO account (id) VALUES (1)");
                    Assert.AreEqual(7, op.Backfill("account", "id", "UPDATE account SET name = 'x' WHERE id BETWEEN @from AND @to"));
                });
            });
        story.Upgrade("one");
        story.Ask("INSERT INTO account WITH RECURSIVE n(i) AS (VALUES (2) UNION SELECT i + 1 FROM n WHERE i < 7) SELECT i FROM n");
        var before = File.ReadAllBytes(story.Path);
        var report = DryRun(story);
        Assert.AreEqual("two", report.Applied.Single().Step.Revision!.Id);
        Assert.AreEqual("one", report.Revisions.Single());
        Assert.IsEmpty(report.NotRun);
        CollectionAssert.AreEqual(before, File.ReadAllBytes(story.Path));
        Assert.AreEqual("copy.db", Path.GetFileName(copy));
        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(copy)));
        story.Upgrade();
    }

    [TestMethod]
    public void On_SQLite_it_fails_as_a_run_would_at_the_rows_that_are_there()
    {
        using var story = Sqlite().Then("one", op => op.Execute("CREATE TABLE account (id INTEGER, name TEXT)"))
            .Then("two", op => op.CreateIndex("ix", "account", ["name"], unique: true));
        story.Upgrade("one");
        Assert.AreEqual(1, DryRun(story).Applied.Count);
        story.Ask("INSERT INTO account VALUES (1, 'x'), (2, 'x')");
        Assert.Contains("UNIQUE constraint failed", Assert.ThrowsExactly<MigrationFailedException>(() => DryRun(story)).Message);
        Assert.AreEqual("one", story.Versions());
    }

    [TestMethod]
    public void A_SQLite_database_that_is_not_there_is_not_made()
    {
        using var story = Sqlite().Then("one", op => op.Execute("CREATE TABLE account (id INTEGER)"));
        Assert.AreEqual(1, DryRun(story).Applied.Count);
        Assert.IsFalse(story.HasFile);
    }

    [TestMethod]
    [DataRow("COMMIT")]
    [DataRow("SELECT 1; /* all */ commit; SELECT 2")]
    [DataRow("END TRANSACTION")]
    public void What_a_migration_would_commit_itself_is_refused(string sql)
    {
        var url = PostgreSqlServer.NewDatabase();
        foreach (var way in new Action<Op>[] { op => op.Execute(sql), op => op.Query(sql) })
        {
            using var story = new Story { Database = () => PostgreSqlDatabase.At(url) }
                .Then("one", op =>
                {
                    op.Execute("CREATE TABLE account (id INTEGER PRIMARY KEY)");
                    way(op);
                });
            Assert.Contains("A dry run cannot roll back what is committed: ",
                Assert.ThrowsExactly<MigrationFailedException>(() => DryRun(story)).Message);
            Assert.AreEqual(0L, Ask(url, "SELECT count(*) FROM pg_class WHERE relname IN ('account', 'alembic_version')"));
        }
        PostgreSqlServer.Drop(url);
    }

    [TestMethod]
    public void On_PostgreSQL_it_is_one_transaction_and_what_commits_by_itself_is_named()
    {
        var url = PostgreSqlServer.NewDatabase();
        using var story = new Story { Database = () => PostgreSqlDatabase.At(url) }
            .Then("one", op => op.Execute("CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT)"))
            .Then("two", op => op.Execute("INSERT INTO account VALUES (1)"))
            .Then("three", op => op.AutocommitBlock(() => op.CreateIndex("ix", "account", ["name"], concurrently: true)))
            .Then("four", op => op.AutocommitBlock(
                () => op.Backfill("account", "id", "UPDATE account SET name = 'x' WHERE id BETWEEN @from AND @to")));
        var report = DryRun(story);
        Assert.AreEqual("one two three four", string.Join(' ', report.Applied.Select(a => a.Step.Revision!.Id)));
        Assert.IsEmpty(report.Revisions);
        Assert.AreEqual(
            "three: op.AutocommitBlock was not run, as it commits by itself; "
            + "four: op.AutocommitBlock was not run, as it commits by itself",
            string.Join("; ", report.NotRun));
        Assert.AreEqual(0L, Ask(url, "SELECT count(*) FROM pg_class WHERE relname IN ('account', 'alembic_version')"));
        Assert.AreEqual(0L, Ask(url, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
            + "(SELECT oid FROM pg_database WHERE datname = current_database())"));
        story.Upgrade();
        PostgreSqlServer.Drop(url);
    }

    [TestMethod]
    public void On_PostgreSQL_it_finds_what_only_a_commit_would_say()
    {
        var url = PostgreSqlServer.NewDatabase();
        using var story = new Story { Database = () => PostgreSqlDatabase.At(url) }.Then("one", op => op.Execute("""
            CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED);
            INSERT INTO a VALUES (1, 2)
            """)).Then("two", _ => { });
        Assert.Contains("violates foreign key constraint", Assert.ThrowsExactly<PostgresException>(() => DryRun(story)).Message);
        PostgreSqlServer.Drop(url);
    }

    [TestMethod]
    public void A_failure_behind_what_was_not_run_says_so()
    {
        var url = PostgreSqlServer.NewDatabase();
        using var story = new Story { Database = () => PostgreSqlDatabase.At(url) }
            .Then("one", op =>
            {
                op.AutocommitBlock(() => op.Execute("CREATE TABLE account (id INTEGER)"));
                op.Execute("INSERT INTO account VALUES (1)");
            });
        Assert.Contains("does not exist", Assert.ThrowsExactly<MigrationFailedException>(() => DryRun(story)).Message);
        CollectionAssert.Contains(story.Log, "one: op.AutocommitBlock was not run, as it commits by itself");
        story.Upgrade();
        PostgreSqlServer.Drop(url);
    }

    [TestMethod]
    [DataRow("mysql")]
    [DataRow("mariadb")]
    public void Where_each_change_commits_there_is_none(string dialect)
    {
        using var story = new Story();
        var isOpened = false;
        using var migrator = new Migrator(
            new TestDatabase(Dialects.Named(dialect), story.Open, "") { IsThere = () => isOpened }, story.Migrations);
        var refusal = Assert.ThrowsExactly<NoDryRunException>(() => migrator.DryRun(migrator.PlanUpgrade("heads")));
        Assert.AreEqual($"A dry run could not be rolled back: on {dialect} each change of a table commits", refusal.Message);
        Assert.Contains("dotnet alembic plan", refusal.Hint!);
    }

    private static Story Sqlite()
    {
        var story = new Story();
        story.Database = () => new SqliteDatabase($"Data Source={story.Path};Pooling=False");
        return story;
    }

    private static DryRunReport DryRun(Story story) => story.With(migrator => migrator.DryRun(migrator.PlanUpgrade("heads")));

    private static object? Ask(string url, string sql)
    {
        using var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(url));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }
}
