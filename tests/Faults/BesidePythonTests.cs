using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Faults.Databases;
using Journeys;

namespace Faults;

/// <summary>Alembic for Python and ours on one database, in turn and at once.</summary>
[TestClass]
public sealed class BesidePythonTests
{
    // Each revision as both of them have it, up and down.
    private static readonly (string Id, string Down, string[] Up, string[] Back)[] Steps =
    [
        ("r1", "", ["CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)", "INSERT INTO counter (id, n) VALUES (1, 0)",
            "CREATE TABLE log (what VARCHAR(20))", "CREATE TABLE item (id INTEGER PRIMARY KEY)"], []),
        ("r2", "r1", ["UPDATE counter SET n = n + 1", "ALTER TABLE item ADD COLUMN note VARCHAR(20)", "UPDATE counter SET n = n + 1"],
            ["UPDATE counter SET n = n - 1", "ALTER TABLE item DROP COLUMN note", "UPDATE counter SET n = n - 1"]),
        ("r3", "r2", ["CREATE TABLE more (id INTEGER PRIMARY KEY)", "INSERT INTO log (what) VALUES ('r3')"],
            ["DROP TABLE more", "DELETE FROM log WHERE what = 'r3'"]),
        // Of these two no statement is refused the second time.
        ("r4", "r3", ["UPDATE counter SET n = n + 100"], ["UPDATE counter SET n = n - 100"]),
        ("r5", "r4", ["INSERT INTO log (what) VALUES ('r5')", "UPDATE counter SET n = n + 1000"],
            ["DELETE FROM log WHERE what = 'r5'", "UPDATE counter SET n = n - 1000"]),
    ];

    private static readonly Lazy<string> Ours = new(() =>
    {
        var folder = Scenario.NewFolder([.. Steps.Select(step => (step.Id, Scenario.Revision(step.Id, step.Down,
            Calls("op.Execute(\"{0}\");", step.Up), Calls("op.Execute(\"{0}\");", step.Back))))]);
        File.AppendAllText(Path.Combine(folder, "alembic.ini"), "history_table = true\nbackup = false\n");
        return folder;
    });

    [TestMethod]
    [DataRow("SQLite", "sqlite")]
    [DataRow("PostgreSQL", "postgresql+psycopg2")]
    [DataRow("MariaDB", "mysql+pymysql")]
    [DataRow("MySQL", "mysql+pymysql")]
    public void Rows_are_as_one_of_the_two_leaves_them_or_one_of_them_says_that_it_failed(string kind, string scheme)
    {
        var tally = new Tally($"steps of Alembic for Python and ours, {kind}");
        var expected = Expected(kind);
        var random = new Random(16);
        LiveDatabase? database = null;
        PythonAlembic? python = null;
        for (var i = 0; i < (Extent.IsFull ? 200 : 20); i++)
        {
            if (database is null)
            {
                database = LiveDatabase.Kinds[kind]();
                Deployer.Run(database.Url, ["upgrade", "r1"], Ours.Value).Ok();
                python = new PythonAlembic(Regex.Replace(database.Url, @"\A\w+", scheme), Steps);
            }
            tally.Tried();
            var at = database.Rows("SELECT version_num FROM alembic_version");
            var (mine, theirs) = (Command(at, random), Command(at, random));
            var (uses, usesPython) = random.Next(4) switch { 0 => (true, false), 1 => (false, true), _ => (true, true) };
            if (random.Next(3) > 0)
                theirs = mine;
            using var deployer = uses ? Deployer.Start(database.Url, mine, Ours.Value) : null;
            if (uses && usesPython)
                Thread.Sleep(random.Next(400));
            var its = usesPython ? python!.Run(theirs) : null;
            var own = deployer?.Wait();
            var told = $"at {at}; ours: {(uses ? string.Join(' ', mine) : "")} {own?.Code} {own?.Error}\n"
                + $"Python: {(usesPython ? string.Join(' ', theirs) : "")} {its?.Code} {its?.Error}";
            var (version, found) = (database.Rows("SELECT version_num FROM alembic_version"), database.Snapshot());
            var isSound = expected.TryGetValue(version, out var rows) && rows == found;
            var hasFailed = own is { Code: not 0 } || its is { Code: not 0 };
            if (own is { Code: not 0 } && (!own.Error.Contains("FAILED: ", StringComparison.Ordinal)
                || own.Error.Contains("   at ", StringComparison.Ordinal)))
                tally.Wrong($"no clear refusal: {told}");
            if (!isSound && (!hasFailed || !database.CommitsDdl))
                tally.Wrong($"{told}\n{found}\nis not\n{rows}");
            if (!(uses && usesPython) && (hasFailed || version != (uses ? mine : theirs)[1]))
                tally.Wrong($"alone: {told}");
            // MariaDB keeps the room of dropped columns until no row fits any more.
            if (!isSound || i % 50 == 49)
            {
                python!.Dispose();
                database.Dispose();
                (python, database) = (null, null);
            }
        }
        python?.Dispose();
        database?.Dispose();
        tally.Close();
    }

    private static Dictionary<string, string> Expected(string kind)
    {
        using var database = LiveDatabase.Kinds[kind]();
        Dictionary<string, string> snapshots = [];
        foreach (var step in Steps)
        {
            Deployer.Run(database.Url, ["upgrade", step.Id], Ours.Value).Ok();
            snapshots[step.Id] = database.Snapshot();
        }
        return snapshots;
    }

    // To another revision, up or down.
    private static string[] Command(string at, Random random)
    {
        var target = Steps.Select(step => step.Id).Where(id => id != at).ElementAt(random.Next(Steps.Length - 1));
        return [string.CompareOrdinal(target, at) > 0 ? "upgrade" : "downgrade", target];
    }

    internal static string Calls(string call, string[] statements) =>
        string.Join("\n    ", statements.Select(sql => call.Replace("{0}", sql, StringComparison.Ordinal)));
}

/// <summary>Debian's Alembic for Python, in a process that carries out one command after the other.</summary>
internal sealed class PythonAlembic : IDisposable
{
    private readonly Process _process;

    public PythonAlembic(string url, IEnumerable<(string Id, string Down, string[] Up, string[] Back)> steps)
    {
        var folder = InstalledTool.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "alembic", "versions"));
        File.WriteAllText(Path.Combine(folder, "alembic.ini"), $"[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = {url}\n");
        File.WriteAllText(Path.Combine(folder, "alembic", "env.py"), """
            from alembic import context
            from sqlalchemy import engine_from_config, pool

            engine = engine_from_config(context.config.get_section("alembic"), prefix="sqlalchemy.", poolclass=pool.NullPool)
            with engine.connect() as connection:
                context.configure(connection=connection)
                with context.begin_transaction():
                    context.run_migrations()
            """);
        foreach (var (id, down, up, back) in steps)
        {
            File.WriteAllText(Path.Combine(folder, "alembic", "versions", $"{id}_.py"), $"""
                from alembic import op

                revision = "{id}"
                down_revision = {(down.Length > 0 ? $"\"{down}\"" : "None")}

                def upgrade():
                    {BesidePythonTests.Calls("op.execute(\"{0}\")", up)}

                def downgrade():
                    {BesidePythonTests.Calls("op.execute(\"{0}\")", back)}
                    pass
                """);
        }
        _process = InstalledTool.Begin("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "python_alembic.py")], folder);
        if (Run(["--version"]) is { Code: not 0 } refused)
            Missing(refused.Error);
    }

    public Result Run(string[] arguments)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(arguments));
        _process.StandardInput.Flush();
        if (_process.StandardOutput.ReadLine() is not { } line)
            return new("alembic", -1, "", _process.StandardError.ReadToEnd());
        var answer = JsonDocument.Parse(line).RootElement;
        return new("alembic", answer[0].GetInt32(), "", answer[1].GetString()!);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static void Missing(string why) =>
        Servers.AreMissing($"There is no Alembic for Python (apt-get install python3-alembic python3-psycopg2 python3-pymysql): {why}");
}
