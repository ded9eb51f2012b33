using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Migrations;

namespace Alembic.Tests.Scenarios;

/// <content>Scripts that do what is missing: fed to the database's own client, twice.</content>
public abstract partial class DatabaseScenarios
{
    /// <summary>Whether scripts can have conditions.</summary>
    private protected virtual bool HasConditions => true;

    /// <summary>Statements that cannot stand under a condition.</summary>
    private protected virtual IReadOnlyList<string> Unconditional => [];

    [TestMethod]
    public void An_idempotent_script_does_what_is_missing_wherever_the_database_is()
    {
        if (!HasConditions)
        {
            Refuses("SELECT 1");
            return;
        }
        foreach (var spelling in Enum.GetValues<RoundTripped>())
        {
            foreach (var start in new[] { "", "one", "a", "b", "a b", "both" })
                DoesTheRest(new Names(Dialect, spelling, spelling == RoundTripped.Hostile ? OtherSchema : null, Longest), start);
        }
    }

    [TestMethod]
    public void An_idempotent_script_changes_nothing_where_it_does_not_know_the_revision()
    {
        if (!HasConditions)
            return;
        var names = new Names(Dialect, RoundTripped.Plain, null, Longest);
        var database = Empty(null);
        using var story = Branches(database, names);
        story.Upgrade("one");
        using var newer = Branches(database, names).Then("newer", _ => { });
        newer.Stamp("newer");
        var before = Look(database, names);
        Says(story.Script(), "The database has a revision that this script does not know: newer");
        Equal(before, Look(database, names));
        story.Purge("one");
        Says(story.Script("both", "a"), "This script starts at a, but the database is at one");
        Assert.AreEqual(0, Run(story.Script("both", "one")).Code);
        Assert.AreEqual(0, Run(story.Script("both", "a")).Code);

        void Says(string script, string error)
        {
            var (code, errors) = RunBare(script);
            Assert.AreNotEqual(0, code, script);
            Assert.Contains(error, errors);
        }
    }

    [TestMethod]
    public void What_cannot_stand_under_a_condition_is_refused_by_name()
    {
        foreach (var statement in Unconditional)
            Refuses(statement);
    }

    private void Refuses(string statement)
    {
        var database = Empty(null);
        using var story = new Story { Database = () => database, IsIdempotent = true }.Then("one", op => op.Execute(statement));
        var refusal = Assert.ThrowsExactly<UnscriptableException>(() => story.Script());
        Assert.Contains(HasConditions ? statement : $"--idempotent is not available for {Dialect.Name}", refusal.Message);
    }

    // What the operations of a scenario do, a script does under a condition, too.
    private void ScriptedTwice(Scenario scenario, Names names)
    {
        if (!HasConditions)
            return;
        var database = Empty(names.Schema);
        using var story = Tell(scenario, names, database);
        story.IsIdempotent = true;
        var script = story.Script();
        Feed(script);
        Equal(_online!, Look(database, names));
        Feed(script);
        Equal(_online!, Look(database, names));
    }

    private void DoesTheRest(Names names, string start)
    {
        var database = Empty(names.Schema);
        using var story = Branches(database, names);
        foreach (var revision in start.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            story.Upgrade(revision);
        var script = story.Script();
        Feed(script);
        var after = Look(database, names);
        Assert.AreEqual("1 2 3 4 5", string.Join(' ', after.Rows.Where(char.IsAsciiDigit).Distinct().Order()), after.Rows);
        Feed(script);
        Equal(after, Look(database, names));
        using var online = Branches(Empty(names.Schema), names);
        online.Upgrade();
        Assert.AreEqual(Look(online.Database(), names).Version, after.Version);
    }

    private static Story Branches(Database database, Names names) => new Story
    {
        Database = () => database,
        Options = options => (options.VersionTable, options.VersionTableSchema) = (names["version"], names.Schema),
        IsIdempotent = true,
    }
        .Then("one", op =>
        {
            op.CreateTable(names["account"], [new Column("id", SqlType.Integer)], schema: names.Schema);
            Insert(op, names, 1);
        })
        .Then("a", op => Insert(op, names, 2), after: ["one"])
        .Then("b", op => op.AutocommitBlock(() => Insert(op, names, 3)), after: ["one"])
        .Then("both", op => Insert(op, names, 4), after: ["a", "b"])
        .Then("last", op => Insert(op, names, 5));

    private static void Insert(Op op, Names names, int id) =>
        op.BulkInsert(names["account"], [new { id }], schema: names.Schema);
}
