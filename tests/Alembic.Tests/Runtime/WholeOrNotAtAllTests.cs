using Alembic.Runtime;
using Alembic.Schema;

namespace Alembic.Tests.Runtime;

[TestClass]
public sealed class WholeOrNotAtAllTests
{
    private static readonly Action<Op> Table = op =>
    {
        op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(20))]);
        op.Execute("CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END");
        op.BulkInsert("t", ["id", "name"], [[1, "same"], [2, "same"]]);
    };

    private const string Schema = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite%' ORDER BY 1, 2";

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
        using var story = new Story().Then("a1", Table).Then("b2", op => op.AutocommitBlock(() => op.AlterColumn("t", "name", nullable: false)));
        Assert.StartsWith("b2: Changing table 't' takes a rebuild", Assert.Throws<MigrationFailedException>(() => story.Upgrade()).Message);
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
        Assert.Contains("A migration runs in a transaction", Assert.Throws<MigrationFailedException>(() => story.Upgrade()).Message);
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
    public void Somebody_elses_migration_in_between_is_noticed_before_anything_runs()
    {
        using var story = new Story().Then("a1", Table).Then("b2", op => op.Execute("DELETE FROM t"));
        story.Upgrade("a1");
        var error = Assert.Throws<AlembicException>(() => story.Run(rows =>
        {
            var plan = story.Map.Upgrade("head", rows);
            story.Ask("UPDATE alembic_version SET version_num = 'b2' RETURNING 1");
            return plan;
        }));
        Assert.AreEqual("Somebody else has migrated the database in the meantime: it was at a1 and is at b2 now", error.Message);
        Assert.AreEqual("2", story.Ask("SELECT count(*) FROM t"));
    }
}
