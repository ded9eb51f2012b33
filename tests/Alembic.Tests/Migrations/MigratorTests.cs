using System.Runtime.CompilerServices;
using Alembic.Migrations;
using Alembic.Schema;

namespace Alembic.Tests.Migrations;

/// <summary>Steps are run in order, each with its row in the version table, all or nothing.</summary>
[TestClass]
public sealed class MigratorTests
{
    private static Action<Op> Table(string name) =>
        op => op.CreateTable(name, [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.Text)]);

    private static Action<Op> NoTable(string name) => op => op.DropTable(name);

    private static Story Linear() =>
        new Story().Then("a1", Table("a"), NoTable("a")).Then("b2", Table("b"), NoTable("b")).Then("c3", Table("c"), NoTable("c"));

    [TestMethod]
    public void Up_and_down_moves_tables_and_version_together()
    {
        using var story = Linear();
        Assert.AreEqual(("a\nb", "b2"), (story.Upgrade("b2").Tables(), story.Versions()));
        Assert.AreEqual(("a\nb\nc", "c3"), (story.Upgrade().Tables(), story.Versions()));
        Assert.AreEqual(("a", "a1"), (story.Downgrade("a1").Tables(), story.Versions()));
        Assert.AreEqual(("", ""), (story.Downgrade("base").Tables(), story.Versions()));
        Assert.Contains("Running upgrade a1 -> b2, the b2", story.Log);
        Assert.Contains("Running downgrade b2 -> a1, the b2", story.Log);
    }

    [TestMethod]
    public void A_run_with_nothing_to_do_loads_nothing_and_writes_nothing()
    {
        using var story = Linear();
        story.Upgrade();
        using var migrator = new Migrator(
            story.Database(), new MigrationSet(story.Map, _ => throw new AssertFailedException("nothing is to be loaded")));
        Assert.IsEmpty(migrator.Apply(migrator.PlanUpgrade("heads")).Applied);
        Assert.AreEqual("c3", story.Versions());
    }

    [TestMethod]
    public void Looking_at_a_database_that_is_not_there_does_not_make_it()
    {
        using var story = Linear();
        using (var migrator = story.Migrator())
            Assert.IsEmpty(migrator.Revisions());
        Assert.IsFalse(story.HasFile);
        story.EnsureVersion();
        Assert.AreEqual(
            "CREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL,\n    CONSTRAINT alembic_version_pkc PRIMARY KEY "
                + "(version_num)\n)", story.Ask("SELECT sql FROM sqlite_schema WHERE type = 'table'"));
    }

    [TestMethod]
    public void With_a_transaction_for_each_step_those_before_a_failure_stay()
    {
        using var story = Linear()
            .Then("d4", op => { Table("d")(op); op.Execute("INSERT INTO a VALUES (1, 'half')"); op.Execute("nonsense"); })
            .Then("e5", Table("e"));
        var error = Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("d4", error.Revision);
        Assert.AreEqual(("a\nb\nc", "c3", "0"), (story.Tables(), story.Versions(), story.Ask("SELECT count(*) FROM a")));
    }

    [TestMethod]
    public void With_one_transaction_for_the_run_nothing_stays()
    {
        using var story = Linear().Then("d4", op => op.Execute("nonsense"));
        story.Options = options => options.TransactionPerMigration = false;
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("", story.Ask("SELECT name FROM sqlite_schema"));
        story.Upgrade("c3");
        Assert.AreEqual("c3", story.Versions());
    }

    [TestMethod]
    public void A_failing_downgrade_leaves_everything()
    {
        using var story = Linear()
            .Then("d4", Table("d"), op => { op.DropTable("d"); throw new InvalidOperationException("not\nthis way"); });
        story.Upgrade();
        var error = Assert.Throws<MigrationFailedException>(() => story.Downgrade("base"));
        Assert.AreEqual("d4: InvalidOperationException: not this way", error.Message);
        Assert.AreEqual(("a\nb\nc\nd", "d4"), (story.Tables(), story.Versions()));
    }

    [TestMethod]
    public void A_failure_tells_the_file_and_the_line_of_the_migration()
    {
        static string Here([CallerFilePath] string path = "") => path;
        using var story = new Story().Then("a1", op => op.Execute("SELECT FROM"), path: Here());
        var error = Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.StartsWith("a1: SQLite Error 1: 'near \"FROM\": syntax error'. (at ", error.Message);
        Assert.Contains("MigratorTests.cs:line ", error.Message);
    }

    [TestMethod]
    public void A_failure_of_ours_keeps_its_hint()
    {
        using var story = new Story().Then("a1", Table("a"))
            .Then("b2", op => { op.Execute("INSERT INTO a VALUES (1, NULL)"); op.AlterColumn("a", "name", nullable: false); });
        var error = Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("b2: Column 'a.name' cannot become NOT NULL: it is NULL in 1 row", error.Message);
        Assert.IsNotNull(error.Hint);
        Assert.AreEqual(("a1", "0"), (story.Versions(), story.Ask("SELECT count(*) FROM a")));
    }

    [TestMethod]
    public void Rows_that_point_to_nothing_fail_the_step_that_left_them()
    {
        using var story = new Story()
            .Then("a1", op =>
            {
                Table("a")(op);
                op.CreateTable("child", [new Column("id", SqlType.Integer, primaryKey: true),
                    new Column("a_id", SqlType.Integer, foreignKey: new ForeignKey("a.id", onDelete: "CASCADE"))]);
                op.Execute("INSERT INTO a VALUES (1, 'x')");
                op.Execute("INSERT INTO child VALUES (1, 1)");
            })
            .Then("b2", op => op.Execute("DELETE FROM a"));
        var error = Assert.Throws<AlembicException>(() => story.Upgrade());
        Assert.AreEqual("b2: FOREIGN KEY constraint failed: a row of 'child' (rowid 1) points to a row of 'a' that does not exist",
            error.Message);
        Assert.AreEqual(("a1", "1"), (story.Versions(), story.Ask("SELECT count(*) FROM a")));
    }

    [TestMethod]
    public void Branches_have_a_row_each_and_a_merge_has_one()
    {
        using var story = new Story().Then("a1", Table("a"), NoTable("a")).Then("b2", Table("b"), NoTable("b"))
            .Then("c3", Table("c"), NoTable("c"), after: ["a1"])
            .Then("d4", _ => { }, after: ["b2", "c3"]);
        Assert.AreEqual("a1", story.Upgrade("a1").Versions());
        Assert.AreEqual("b2\nc3", story.Upgrade("b2").Upgrade("c3").Versions());
        Assert.AreEqual("d4", story.Upgrade().Versions());
        Assert.AreEqual("b2\nc3", story.Downgrade("b2").Versions());
        Assert.AreEqual("d4", story.Upgrade().Versions());
        Assert.AreEqual("", story.Downgrade("base").Versions());
    }

    [TestMethod]
    public void A_stamp_changes_the_version_alone_and_a_purge_forgets_what_nobody_knows()
    {
        using var story = Linear();
        Assert.AreEqual(("", "b2"), (story.Stamp("b2").Tables(), story.Versions()));
        Assert.AreEqual("a1", story.Stamp("a1").Versions());
        Assert.AreEqual("", story.Stamp("base").Versions());
        Assert.AreEqual("c3", story.Stamp("heads").Versions());
        story.Ask("UPDATE alembic_version SET version_num = 'unknown'");
        Assert.Throws<AlembicException>(() => story.Stamp("a1"));
        Assert.AreEqual("unknown", story.Versions());
        Assert.AreEqual("a1", story.Purge("a1").Versions());
    }

    [TestMethod]
    public void Every_step_is_told_to_who_wants_to_know()
    {
        using var story = Linear();
        List<string> told = [];
        story.Options = options => options.OnVersionApply = v => told.Add(
            $"{(v.IsUpgrade ? "up" : "down")}{(v.IsStamp ? " stamp" : "")} [{string.Join(",", v.UpRevisionIds)}] "
                + $"[{string.Join(",", v.DownRevisionIds)}] [{string.Join(",", v.Heads)}]");
        story.Upgrade("b2").Downgrade("a1").Stamp("c3");
        CollectionAssert.AreEqual(new[] { "up [a1] [] [a1]", "up [b2] [a1] [b2]", "down [b2] [a1] [a1]", "up stamp [c3] [a1] [c3]" }, told,
            string.Join('\n', told));
    }

    [TestMethod]
    public void A_failure_of_who_was_told_takes_the_step_back()
    {
        using var story = Linear();
        story.Options = options => options.OnVersionApply = v => { if (v.Heads.Contains("b2")) throw new InvalidOperationException("no"); };
        var failure = Assert.Throws<MigrationException>(() => story.Upgrade());
        Assert.IsInstanceOfType<InvalidOperationException>(failure.InnerException);
        Assert.AreEqual("a1", string.Join(' ', failure.Report!.Applied.Select(a => a.Step.Revision!.Id)));
        Assert.AreEqual("a1", failure.Report.Revisions.Single());
        Assert.AreEqual(("a", "a1"), (story.Tables(), story.Versions()));
    }

    [TestMethod]
    public void The_version_table_can_have_another_name_and_no_key()
    {
        using var story = Linear();
        story.Options = options => (options.VersionTable, options.VersionTablePrimaryKey) = ("my \"versions\"", false);
        story.Upgrade();
        Assert.AreEqual("c3", story.Versions("\"my \"\"versions\"\"\""));
        Assert.AreEqual("CREATE TABLE \"my \"\"versions\"\"\" (\n    version_num VARCHAR(32) NOT NULL\n)",
            story.Ask("SELECT sql FROM sqlite_schema WHERE name LIKE 'my%'"));
        Assert.AreEqual("", story.Downgrade("base").Versions("\"my \"\"versions\"\"\""));
    }

    [TestMethod]
    public void A_version_row_that_somebody_else_moved_is_noticed()
    {
        using var story = Linear().Then("d4", op => op.Execute("UPDATE alembic_version SET version_num = 'x'"));
        var error = Assert.Throws<AlembicException>(() => story.Upgrade());
        Assert.AreEqual("Online migration expected to match one row when updating 'c3' to 'd4' in 'alembic_version'; 0 found",
            error.Message);
        Assert.AreEqual("c3", story.Versions());
        using var gone = Linear().Then("d4", _ => { }, op => op.Execute("DELETE FROM alembic_version")).Upgrade();
        Assert.AreEqual(
            "Online migration expected to match one row when updating 'd4' to 'c3' in 'alembic_version'; 0 found",
            Assert.Throws<AlembicException>(() => gone.Downgrade("-1")).Message);
        Assert.AreEqual("d4", gone.Versions());
    }

    [TestMethod]
    public void An_autocommit_block_commits_what_came_before_and_goes_on_after_it()
    {
        using var story = Linear().Then("d4", op =>
        {
            op.Execute("INSERT INTO a VALUES (1, 'kept')");
            Assert.IsNotNull(op.Transaction);
            op.AutocommitBlock(() =>
            {
                Assert.IsNull(op.Transaction);
                op.Execute("VACUUM");
            });
            Assert.IsNotNull(op.Transaction);
            op.Execute("INSERT INTO a VALUES (2, 'lost')");
            op.Execute("nonsense");
        });
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual(("1 | kept", "c3"), (story.Ask("SELECT * FROM a"), story.Versions()));
    }

    [TestMethod]
    public void A_failure_inside_an_autocommit_block_is_told_as_it_is()
    {
        using var story = Linear().Then("d4", op => op.AutocommitBlock(() => op.Execute("nonsense")));
        Assert.StartsWith("d4: SQLite Error 1: 'near \"nonsense\": syntax error'",
            Assert.Throws<MigrationFailedException>(() => story.Upgrade()).Message);
        Assert.AreEqual("c3", story.Versions());
    }

    [TestMethod]
    public void A_starting_revision_is_for_scripts_only()
    {
        using var story = Linear();
        story.Options = options => options.StartingRevision = "a1";
        Assert.AreEqual("Can't specify current_rev to context when using a database connection",
            Assert.Throws<AlembicException>(() => story.Upgrade()).Message);
        Assert.DoesNotContain("CREATE TABLE a ", story.Script());
    }
}
