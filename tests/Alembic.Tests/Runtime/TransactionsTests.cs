using Alembic.Runtime;
using Alembic.Schema;

namespace Alembic.Tests.Runtime;

/// <summary>SQLite's migrations share commits; nothing but time shows it.</summary>
[TestClass]
public sealed class TransactionsTests
{
    private static Action<Op> Table(string name) => op => op.CreateTable(name, [new Column("id", SqlType.Integer, primaryKey: true)]);

    [TestMethod]
    public void One_that_fails_takes_only_itself_with_it()
    {
        using var story = new Story().Then("a1", Table("a")).Then("b2", Table("b")).Then("c3", op =>
        {
            Table("c")(op);
            op.Execute("INSERT INTO b VALUES (1)");
            op.Execute("nonsense");
        });

        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual(("a\nb", "b2", "0"), (story.Tables(), story.Versions(), story.Ask("SELECT count(*) FROM b")));
    }

    [TestMethod]
    public void The_first_one_that_fails_leaves_nothing()
    {
        using var story = new Story().Then("a1", op =>
        {
            Table("a")(op);
            op.Execute("nonsense");
        });

        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("", story.Ask("SELECT name FROM sqlite_schema"));
    }

    [TestMethod]
    public void Quick_ones_wait_for_a_common_commit_and_slow_ones_do_not()
    {
        List<string> seen = [];
        using var story = new Story();
        // By its own clock, which a busy machine may make longer and never shorter.
        story.Then("a1", Table("a")).Then("b2", _ => Thread.Sleep(150)).Then("c3", _ => seen.Add(story.Versions()));
        story.Upgrade();

        CollectionAssert.AreEqual(new[] { "b2" }, seen);
        Assert.AreEqual("c3", story.Versions());
    }

    [TestMethod]
    public void A_block_outside_of_transactions_commits_what_came_before()
    {
        List<string> seen = [];
        using var story = new Story();
        story.Then("a1", Table("a")).Then("b2", op =>
        {
            Table("b")(op);
            op.AutocommitBlock(() => seen.Add(story.Versions() + " " + story.Tables().ReplaceLineEndings(" ")));
            Table("c")(op);
            op.Execute("nonsense");
        });

        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        CollectionAssert.AreEqual(new[] { "a1 a b" }, seen);
        Assert.AreEqual(("a\nb", "a1"), (story.Tables(), story.Versions()));
    }

    [TestMethod]
    public void A_thousand_are_all_there()
    {
        using var story = new Story();
        for (var i = 0; i < 1000; i++)
            story.Then($"r{i:000}x", Table($"t{i}"));
        story.Upgrade();

        Assert.AreEqual(("1000", "r999x"), (story.Ask("SELECT count(*) FROM sqlite_schema WHERE name LIKE 't%'"), story.Versions()));
    }
}
