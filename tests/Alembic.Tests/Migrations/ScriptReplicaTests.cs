using System.Diagnostics;
using Alembic.Schema;
using Alembic.Sqlite;
using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Migrations;

/// <summary>Scripts of SQLite in which tables are rebuilt.</summary>
[TestClass]
public sealed class ScriptReplicaTests
{
    private static Story Told() => new Story { Replica = _ => new SqliteDatabase("Data Source=:memory:").Replica(withTables: false) }
        .Then("a1", op =>
        {
            op.CreateTable("parent",
                [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true), new Column("name", SqlType.String(10))]);
            op.CreateTable("child", [new Column("id", SqlType.Integer, primaryKey: true), new Column("parent_id", SqlType.Integer)]);
            op.CreateIndex("ix_name", "parent", ["name"]);
            op.Execute("INSERT INTO parent (name) VALUES ('a'), ('b'), ('c')");
            op.Execute("DELETE FROM parent WHERE id = 3");
        });

    [TestMethod]
    public void A_script_leaves_what_a_run_leaves()
    {
        static Story Changed() => Told().Then("b2", op =>
        {
            op.AlterColumn("parent", "name", nullable: false);
            op.CreateForeignKey("fk", "child", "parent", ["parent_id"], ["id"]);
            op.Execute("INSERT INTO child (parent_id) VALUES (2)");
        }).Then("c3", op => op.AlterColumn("parent", "name", type: SqlType.Text, newColumnName: "title"));
        using var run = Changed().Upgrade();
        using var scripted = Changed();
        var (code, error) = Feed(scripted, scripted.Script());
        Assert.AreEqual((0, ""), (code, error));
        Assert.AreEqual(All(run), All(scripted));
        Assert.Contains("parent | 3", All(scripted), "the last number is kept");
    }

    [TestMethod]
    public void Rows_that_would_point_to_nothing_stop_the_script_and_leave_the_migration_undone()
    {
        using var story = Told().Then("b2", op => op.Execute("INSERT INTO child (parent_id) VALUES (99)"))
            .Then("c3", op => op.CreateForeignKey("fk", "child", "parent", ["parent_id"], ["id"]));
        var (code, error) = Feed(story, story.Script());
        Assert.AreNotEqual(0, code);
        Assert.Contains("rows point to rows that do not exist", error);
        Assert.AreEqual("b2", story.Versions());
        Assert.DoesNotContain("fk", All(story));
    }

    [TestMethod]
    public void Keys_that_are_enforced_when_the_script_begins_delete_no_rows()
    {
        using var story = Told().Then("b2", op =>
        {
            op.CreateForeignKey("fk", "child", "parent", ["parent_id"], ["id"], onDelete: "CASCADE");
            op.Execute("INSERT INTO child (parent_id) VALUES (1)");
        }).Then("c3", op => op.AlterColumn("parent", "name", nullable: false));
        Assert.AreEqual((0, ""), Feed(story, "PRAGMA foreign_keys=ON;\n" + story.Script()));
        Assert.AreEqual("1", story.Ask("SELECT count(*) FROM child"));
    }

    [TestMethod]
    public void A_script_that_begins_in_the_middle_takes_the_table_from_copyFrom()
    {
        static Story Changed() =>
            Told().Then("b2", op => op.BatchAlterTable("parent", batch => batch.AlterColumn("name", nullable: false), copyFrom: new Table(
            "parent",
            [
                new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true),
                new Column("name", SqlType.String(10)),
                new TableIndex("ix_name", ["name"]),
            ])));
        using var run = Changed().Upgrade();
        using var scripted = Changed().Upgrade("a1");
        Assert.AreEqual((0, ""), Feed(scripted, scripted.Script("heads", "a1")));
        Assert.AreEqual(All(run), All(scripted));
    }

    [TestMethod]
    public void A_script_that_begins_in_the_middle_and_knows_no_table_says_the_ways_out()
    {
        using var story = Told().Then("b2", op => op.AlterColumn("parent", "name", nullable: false));
        var failure = Assert.ThrowsExactly<Alembic.Migrations.MigrationFailedException>(() => story.Script("heads", "a1"));
        Assert.Contains("AlterColumn with dialect sqlite rebuilds the table \"parent\"", failure.Message);
        Assert.Contains("copyFrom:", failure.Hint!);
        Assert.Contains("--from-database", failure.Hint!);
    }

    [TestMethod]
    public void A_statement_that_an_empty_database_refuses_is_named_where_a_table_is_rebuilt_later()
    {
        using var story = Told().Then("b2", op =>
        {
            op.Execute("UPDATE elsewhere SET a = 1");
            op.AlterColumn("parent", "name", nullable: false);
        });
        var failure = Assert.ThrowsExactly<Alembic.Migrations.MigrationFailedException>(() => story.Script());
        Assert.Contains("no such table: elsewhere", failure.Message);
        Assert.Contains("UPDATE elsewhere", failure.Hint!);
    }

    [TestMethod]
    public void A_script_that_is_written_attaches_no_file_of_this_machine()
    {
        var file = Path.Combine(Path.GetTempPath(), $"attached-{Guid.NewGuid():N}.db");
        using var story = Told().Then("b2", op =>
        {
            op.Execute($"ATTACH '{file}' AS other");
            op.AlterColumn("parent", "name", nullable: false);
        });
        Assert.ThrowsExactly<Alembic.Migrations.MigrationFailedException>(() => story.Script());
        Assert.IsFalse(File.Exists(file));
    }

    [TestMethod]
    public void A_column_is_dropped_in_place_where_the_script_could_not_be_followed()
    {
        using var story = Told().Then("b2", op =>
        {
            op.Execute("UPDATE elsewhere SET a = 1");
            op.DropColumn("child", "parent_id");
        });
        Assert.Contains("ALTER TABLE child DROP COLUMN parent_id;", story.Script());
    }

    [TestMethod]
    public void A_guarded_script_from_the_middle_rebuilds_where_it_starts_and_nowhere_else()
    {
        using var story = new Story { IsGuarded = true };
        story.Replica = _ => new SqliteDatabase($"Data Source={story.Path}").Replica(withTables: true);
        story
            .Then("a1", op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.Text)]))
            .Then("b2", op => op.AlterColumn("t", "name", nullable: false));
        story.Upgrade("a1");
        var script = story.Script("heads", "a1");
        Assert.AreEqual((0, ""), Feed(story, script));
        Assert.AreEqual("b2", story.Versions());
        Assert.AreNotEqual(0, Feed(story, script).Code);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_migration_that_leaves_its_transaction_is_whole_before_and_after(bool hasTransactions)
    {
        Story Changed() => Told().Then("b2", op =>
        {
            op.AlterColumn("parent", "name", nullable: false);
            op.AutocommitBlock(() => op.Execute("ANALYZE"));
            op.AlterColumn("child", "parent_id", nullable: false);
        });
        using var run = Changed().Upgrade();
        using var scripted = Changed();
        scripted.Options = options => options.TransactionalDdl = hasTransactions;
        Assert.AreEqual((0, ""), Feed(scripted, scripted.Script()));
        Assert.AreEqual(run.Ask("SELECT sql FROM sqlite_schema WHERE name IN ('parent', 'child') ORDER BY 1"),
            scripted.Ask("SELECT sql FROM sqlite_schema WHERE name IN ('parent', 'child') ORDER BY 1"));
        Assert.AreEqual("b2", scripted.Versions());
    }

    private static string All(Story story) =>
        story.Ask("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'alembic_history' ORDER BY name")
        + story.Ask("SELECT * FROM parent") + story.Ask("SELECT * FROM child")
        + story.Ask("SELECT name || ' | ' || seq FROM sqlite_sequence") + story.Versions();

    private static (int Code, string Error) Feed(Story story, string script)
    {
        using var client = Process.Start(new ProcessStartInfo("sqlite3", [story.Path])
        {
            RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true
        })!;
        client.StandardInput.Write(script);
        client.StandardInput.Close();
        var output = client.StandardOutput.ReadToEndAsync();
        var error = client.StandardError.ReadToEnd();
        client.WaitForExit();
        output.Wait();
        return (client.ExitCode, error);
    }
}
