using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Scenarios;

/// <content>Guarded scripts, in clients that nobody told to stop at errors.</content>
public abstract partial class DatabaseScenarios
{
    [TestMethod]
    public void A_guarded_script_runs_once_and_only_where_it_starts()
    {
        foreach (var spelling in Enum.GetValues<RoundTripped>())
            RunsOnce(spelling);
    }

    private void RunsOnce(RoundTripped spelling)
    {
        var names = new Names(Dialect, spelling, spelling == RoundTripped.Hostile ? OtherSchema : null, Longest);
        var database = Empty(names.Schema);
        using var story = Guarded(database, names);
        var first = story.Script("one");
        var both = story.Script("heads", "one");
        var a = story.Script("a", "one");

        IsRefused(both, "one, but the database is at base", () => $"{Tables(database, names)} tables");
        Assert.AreEqual(0, Tables(database, names));
        Succeeds(first);
        Changes_nothing(first, "base, but the database is at one");
        Succeeds(a);
        Changes_nothing(a, "one, but the database is at a");
        Changes_nothing(first, "base, but the database is at a");
        Changes_nothing(both, "one, but the database is at a");
        Changes_nothing(story.ScriptDown("one", "heads"), "a, b, but the database is at a");
        Succeeds(story.ScriptDown("one", "a"));
        Succeeds(both);
        Changes_nothing(both, "one, but the database is at a, b");
        Changes_nothing(story.ScriptDown("one", "a"), "a, but the database is at a, b");
        Succeeds(story.ScriptDown("base", "heads"));
        Assert.AreEqual("", Look(database, names).Version.Split(": ").Last().Replace(names["version"], "", StringComparison.Ordinal));
        // At the base again, with a version table that holds nothing.
        Changes_nothing(a, "one, but the database is at base");
        Succeeds(first);

        void Succeeds(string script)
        {
            var (code, errors) = RunBare(script);
            Assert.AreEqual(0, code, errors + script);
        }

        void Changes_nothing(string script, string why)
        {
            var before = Look(database, names);
            IsRefused(script, why, () => Look(database, names).Version);
            Equal(before, Look(database, names));
        }
    }

    private void IsRefused(string script, string why, Func<string> state)
    {
        var (code, errors) = RunBare(script);
        Assert.AreNotEqual(0, code, $"{state()}\n{script}");
        Assert.Contains(Dialect.Name == "sqlite"
            ? $"This script starts at {why.Split(", but")[0]}, but the database is at another revision"
            : $"This script starts at {why}", errors);
        Assert.HasCount(2, errors.Split("This script starts"), errors);
    }

    private (int Code, string Errors) RunBare(string script) => Run(script, stops: false);

    private int Tables(Database database, Names names)
    {
        using var session = new OnlineSession(database, NullLogger.Instance);
        // Of all schemas: on MariaDB they are databases, those of the tests beside this one among them.
        return Dialect.Inspect(session, allSchemas: true).Tables.Count(t => t.Schema is null || t.Schema == names.Schema);
    }

    private static Story Guarded(Database database, Names names) => new Story
    {
        Database = () => database,
        Options = options => (options.VersionTable, options.VersionTableSchema) = (names["version"], names.Schema),
        IsGuarded = true,
    }
        .Then("one", op =>
        {
            op.CreateTable(names["account"], [new Column("id", SqlType.Integer)], schema: names.Schema);
            op.BulkInsert(names["account"], [new { id = 1 }], schema: names.Schema);
        }, op => op.DropTable(names["account"], schema: names.Schema))
        .Then("a", op => op.BulkInsert(names["account"], [new { id = 2 }], schema: names.Schema), after: ["one"])
        .Then("b", op => op.BulkInsert(names["account"], [new { id = 3 }], schema: names.Schema), after: ["one"]);
}
