using Alembic.Migrations;
using Alembic.Schema;

namespace Alembic.Tests.Migrations;

[TestClass]
public sealed class WholeOrNotAtAllTests
{
    private static readonly Action<Op> Table = op =>
    {
        op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(20))]);
        op.Execute("CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END");
        op.BulkInsert("t", ["id", "name"], [[1, "same"], [2, "same"]]);
    };

    private const string Schema =
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%' ORDER BY 1, 2";

    [TestMethod]
    public void A_rebuild_that_fails_and_is_caught_leaves_nothing_of_itself()
    {
        using var story = new Story().Then("a1", Table).Then("b2", op =>
        {
            try
            {
                op.BatchAlterTable("t", batch =>
                {
                    batch.AlterColumn("name", nullable: false);
                    batch.CreateIndex("ux", ["name"], unique: true);
                });
            }
            catch (System.Data.Common.DbException)
            {
            }
        });
        story.Upgrade("a1");
        var before = story.Ask(Schema);
        story.Upgrade();
        Assert.AreEqual((before, "b2"), (story.Ask(Schema), story.Versions()));
    }

    [TestMethod]
    public void A_rebuild_without_a_transaction_is_refused()
    {
        using var story = new Story().Then("a1", Table)
            .Then("b2", op => op.AutocommitBlock(() => op.AlterColumn("t", "name", nullable: false)));
        Assert.StartsWith("b2: Changing table 't' needs a rebuild", Assert.Throws<MigrationFailedException>(() => story.Upgrade()).Message);
        Assert.AreEqual("2", story.Ask("SELECT count(*) FROM t"));
    }

    [TestMethod]
    [DataRow("COMMIT")]
    [DataRow("UPDATE t SET name = 'x'; commit")]
    [DataRow("/* now */ ROLLBACK")]
    [DataRow("BEGIN")]
    public void A_migration_cannot_end_the_transaction_that_it_runs_in(string sql)
    {
        using var story = new Story().Then("a1", Table).Then("b2", op => op.Execute(sql));
        Assert.Contains("A migration cannot ", Assert.Throws<MigrationFailedException>(() => story.Upgrade()).Message);
        Assert.AreEqual(("a1", "2"), (story.Versions(), story.Ask("SELECT count(*) FROM t WHERE name = 'same'")));
    }

    [TestMethod]
    public void A_first_migration_that_fails_leaves_no_version_table()
    {
        using var story = new Story().Then("a1", op => op.Execute("nonsense"));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("", story.Ask("SELECT name FROM sqlite_schema"));
    }

    [TestMethod]
    public void A_purge_is_taken_back_with_the_stamp_that_fails()
    {
        using var story = new Story().Then("a1", Table);
        story.Upgrade();
        story.Options = options => options.OnVersionApply = _ => throw new InvalidOperationException("no");
        Assert.Throws<InvalidOperationException>(() => story.Purge("a1"));
        Assert.AreEqual("a1", story.Versions());
    }

    [TestMethod]
    [DataRow("b2", "b2", "b2", "all of it was done")]
    [DataRow("+1", "b2", "b2", "the same step was made; another is not asked for")]
    [DataRow("head", "c3", "c3", "more than was planned is there")]
    public void What_somebody_else_did_while_this_run_waited_is_not_done_again(string target, string theirs, string after, string why)
    {
        using var story = Waiting();
        Meanwhile(story, target, theirs);
        Assert.AreEqual((after, "2"), (story.Versions(), story.Ask("SELECT count(*) FROM t")), why);
    }

    [TestMethod]
    public void A_plan_that_leads_somewhere_else_by_now_is_not_carried_out()
    {
        using var story = Waiting();
        story.Ask("UPDATE alembic_version SET version_num = 'b2' RETURNING 1");
        var error = Assert.Throws<AlembicException>(() => Meanwhile(story, "head", "a1"));
        Assert.AreEqual("Another run has migrated the database in the meantime: it was at b2 and is at a1 now", error.Message);
        Assert.AreEqual("2", story.Ask("SELECT count(*) FROM t"));
    }

    private static Story Waiting() =>
        new Story().Then("a1", Table).Then("b2", op => op.Execute("DELETE FROM t")).Then("c3", op => op.Execute("DELETE FROM t"))
        .Upgrade("a1");

    // Between the look at the database and the lock somebody else is there.
    private static void Meanwhile(Story story, string target, string theirs)
    {
        story.Run(migrator =>
        {
            var plan = migrator.PlanUpgrade(target);
            story.Ask($"UPDATE alembic_version SET version_num = '{theirs}' RETURNING 1");
            return plan;
        });
    }
}
