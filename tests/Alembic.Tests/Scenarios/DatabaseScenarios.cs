using System.Diagnostics;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Scenarios;

/// <summary>
/// Plays each scenario on a real database: online and back, then as a script that the database's own client is fed, and back. Each with
/// plain names, with reserved words, and with names of every hostile character in a schema of such a name.
/// </summary>
public abstract partial class DatabaseScenarios : OperationScenarios
{
    /// <summary>An empty database.</summary>
    /// <param name="schema">A schema that has to be there besides the connection's own.</param>
    private protected abstract Database Empty(string? schema);

    /// <summary>
    /// What goes through scripts as they are written: with the tables of the last empty database, or without; null where scripts need none.
    /// </summary>
    private protected virtual Database? Replica(bool withTables) => null;

    /// <summary>The schema that scenarios may use besides the connection's own.</summary>
    private protected abstract string OtherSchema { get; }

    /// <summary>
    /// The session that reads all databases, if they are one: PostgreSQL reads its catalog again for each connection. Null for a new one
    /// each time.
    /// </summary>
    private protected virtual OnlineSession? Shared => null;

    /// <summary>Has the database's own client read a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="stops">Whether the client is told to stop at an error.</param>
    private protected abstract (int Code, string Errors) Run(string script, bool stops = true);

    /// <summary>What the database itself says that it holds.</summary>
    private protected abstract IEnumerable<string> Definitions(OnlineSession session, IEnumerable<Table> tables);

    private protected override void Play(Scenario scenario, Answer answer)
    {
        foreach (var spelling in Enum.GetValues<RoundTripped>())
        {
            var schema = spelling == RoundTripped.Hostile ? OtherSchema : null;
            var names = new Names(Dialect, spelling, schema, scenario.MakesNames ? name => name : Longest);
            if (answer.Error is { } error)
                Refused(scenario, names, error);
            else
                Online(scenario, names, answer);
            if (answer.ScriptError is { } scriptError)
                Says(scriptError, names, () => Tell(scenario, names).Script("change"));
            else if (answer.ClientError is { } clientError)
                Fails(scenario, names, clientError);
            else
            {
                Scripted(scenario, names, answer);
                ScriptedFromBase(scenario, names);
                if (answer.Error is null)
                    ScriptedTwice(scenario, names);
            }
        }
    }

    private State? _online;

    private void Online(Scenario scenario, Names names, Answer answer)
    {
        var database = Empty(names.Schema);
        using var story = Tell(scenario, names, database).Upgrade("start");
        var start = Look(database, names);
        if (Dialect.HasTransactionalDdl)
        {
            story.With(migrator => migrator.DryRun(migrator.PlanUpgrade("change")));
            Equal(start, Look(database, names));
        }
        story.Upgrade("change");
        _online = Look(database, names);
        var text = new SchemaText(Dialect, names);
        Same(answer.After ?? Stated(scenario), text.Changes(start.Schema, _online.Schema), names);
        Assert.AreEqual(answer.Rows ?? scenario.Rows, _online.Rows);
        story.Downgrade("start");
        Same([], text.Changes(start.Schema, Look(database, names).Schema), names);
        Equal(start with { Rows = "", Definitions = "" }, Look(database, names) with { Rows = "", Definitions = "" });
    }

    private void Scripted(Scenario scenario, Names names, Answer answer)
    {
        var database = Empty(names.Schema);
        using var story = Tell(scenario, names, database);
        Feed(story.Script("start"));
        var start = Look(database, names);
        Feed(story.Script("change", "start"));
        Equal(_online!, Look(database, names));
        if (answer.ScriptDownError is { } error)
        {
            Says(error, names, () => story.ScriptDown("start", "change"));
            return;
        }
        Feed(story.ScriptDown("start", "change"));
        Equal(start with { Rows = "", Definitions = "" }, Look(database, names) with { Rows = "", Definitions = "" });
    }

    // Here a script knows the tables by itself.
    private void ScriptedFromBase(Scenario scenario, Names names)
    {
        if (Replica(withTables: false) is not { } empty)
            return;
        var last = Empty(names.Schema);
        using var story = Tell(scenario, names, last);
        story.Replica = _ => empty;
        Feed(story.Script("change"));
        Equal(_online!, Look(last, names));
    }

    private void Fails(Scenario scenario, Names names, string error)
    {
        using var story = Tell(scenario, names, Empty(names.Schema));
        Feed(story.Script("start"));
        var (code, errors) = Run(story.Script("change", "start"));
        Assert.AreNotEqual(0, code);
        if (names.IsPlain)
            Assert.Contains(error, errors);
    }

    private void Refused(Scenario scenario, Names names, string error)
    {
        var database = Empty(names.Schema);
        using var story = Tell(scenario, names, database).Upgrade("start");
        var start = Look(database, names);
        Says(error, names, () => story.Upgrade("change"));
        Equal(start, Look(database, names));
    }

    // With other names the error is another only by them.
    private static void Says(string error, Names names, Action action)
    {
        var exception = Assert.ThrowsExactly<MigrationFailedException>(action);
        if (names.IsPlain)
            Assert.Contains(error, exception.InnerException!.Message);
    }

    private static void Same(IEnumerable<string> expected, string[] actual, Names names)
    {
        if (!expected.SequenceEqual(actual))
            Assert.Fail(
                $"{names["account"]}: these lines "
                    + $"change:\n[\n{string.Concat(actual.Select(a => $"    {CodeWriter.Literal(a)},\n"))}]\nand "
                    + $"not\n[\n{string.Concat(expected.Select(a => $"    {CodeWriter.Literal(a)},\n"))}]");
    }

    // Where a database keeps no comments, nothing changes by them.
    private IEnumerable<string> Stated(Scenario scenario)
    {
        if (Dialect.HasComments)
            return scenario.After;
        string[] lines = [.. scenario.After.Select(line => line.Split(" -- ")[0])];
        return lines.Where(line => !lines.Contains((line[0] == '-' ? '+' : '-') + line[1..]));
    }

    private static void Equal(State expected, State actual)
    {
        Assert.AreEqual(expected.Rows, actual.Rows);
        Assert.AreEqual(expected.Version, actual.Version);
        Assert.AreEqual(expected.Definitions, actual.Definitions);
        foreach (var (one, other) in expected.Schema.Tables.Zip(actual.Schema.Tables))
            Assert.AreEqual(one, other);
        Assert.AreEqual(expected.Schema, actual.Schema);
    }

    private Story Tell(Scenario scenario, Names names, Database? database = null) => new Story
    {
        Database = () => database
            ?? new TestDatabase(Dialect, () => throw new InvalidOperationException("A script needs no database."), ""),
        Options = options => (options.VersionTable, options.VersionTableSchema) = (names["version"], names.Schema),
        Replica = database is null ? _ => Replica(withTables: false) : start => Replica(withTables: start is not null),
    }
        .Then("start", op => scenario.Before(op, names))
        .Then("change", op => scenario.Up(op, names), op => scenario.Down(op, names));

    private State Look(Database database, Names names)
    {
        using var own = Shared is null ? new OnlineSession(database, NullLogger.Instance) : null;
        var session = own ?? Shared!;
        var schema = Dialect.Inspect(session, names.Schema is not null);
        var all = schema.Tables.Where(t => names.Schema is null || t.Schema == names.Schema || t.Schema is null)
            .OrderBy(t => names.Plain(t.Name), StringComparer.Ordinal).ToList();
        var version = all.Single(t => t.Name == names["version"]);
        // Where DDL cannot be rolled back, a journal stands beside it.
        List<Table> tables = [.. all.Where(t => t != version && !t.Name.EndsWith("_journal", StringComparison.Ordinal))];
        IReadOnlyList<IReadOnlyDictionary<string, object?>> RowsOf(Table table)
        {
            var rows = new Statement($"SELECT * FROM {Dialect.Quote(names.Schema, table.Name)}");
            try
            {
                return session.Query(rows);
            }
            // Another connection has created a type since.
            catch (InvalidCastException)
            {
                database.LearnTypes(session.Connection);
                return session.Query(rows);
            }
        }
        var text = new SchemaText(Dialect, names);
        return new State(
            // On MySQL the databases of other tests are schemas too.
            schema with
            {
                Tables = tables, SchemaNames = schema.SchemaNames?.Where(n => !n.StartsWith("alembic_", StringComparison.Ordinal)).ToList()
            }, string.Join("\n", tables.Select(t => text.Rows(t, RowsOf(t)))), text.Rows(version, RowsOf(version)),
            string.Join('\n', Definitions(session, tables)));
    }

    private void Feed(string script)
    {
        var (code, errors) = Run(script);
        Assert.AreEqual(0, code, $"{errors}\n{script}");
    }

    /// <summary>Feeds a script to the standard input of a client.</summary>
    private protected static (int Code, string Errors) Feed(ProcessStartInfo start, string script)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.StandardInputEncoding = new System.Text.UTF8Encoding(false);
        using var client = Process.Start(start)!;
        var (output, errors) = (client.StandardOutput.ReadToEndAsync(), client.StandardError.ReadToEndAsync());
        client.StandardInput.Write(script);
        client.StandardInput.Close();
        client.WaitForExit();
        return (client.ExitCode, errors.Result + output.Result);
    }

    private sealed record State(MetaData Schema, string Rows, string Version, string Definitions);
}
