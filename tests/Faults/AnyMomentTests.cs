using Faults.Databases;
using Journeys;

namespace Faults;

/// <summary>
/// A command that is started at any moment beside a run. Wrong is: what comes out - exit codes, rows, schema, version, history, journal -
/// is neither what comes out if the command comes first, nor if the run does; a refusal that changes something; a run that fails where
/// nobody ended it. The sample runs processes, the full form calls the tool in this one.
/// </summary>
[TestClass]
public sealed class AnyMomentTests
{
    private const string Ended = "lock release";

    private static readonly string[] Run = ["upgrade", "r2"];

    // About what a run takes, in milliseconds.
    private static readonly int Duration = Extent.IsFull ? 400 : 900;

    // What was applied as r1 is not what stands in the file now.
    private static readonly Lazy<string> Before = new(() => WithHistory(
        ("r1", File.ReadAllText(Path.Combine(Scenario.Folder, "alembic", "versions", "r1_.cs"))),
            ("r2", Upgrade("System.Environment.Exit(9);"))));

    private static readonly Lazy<string> Folder = new(() => WithHistory(
        ("r1",
            File.ReadAllText(Path.Combine(Scenario.Folder, "alembic", "versions", "r1_.cs"))
                .Replace("'two'", "'second'", StringComparison.Ordinal)),
            ("r2", Upgrade(""))));

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void A_command_beside_a_run_does_what_it_does_before_or_after_it(string kind)
    {
        var tally = new Tally($"a command at any moment of a run, {kind}");
        using var fresh = LiveDatabase.Kinds[kind]();
        Tool(fresh, "upgrade", "r1", Before.Value).Ok();
        using var brokenOff = fresh.Copy();
        // It ends in the middle of what no transaction takes back.
        Assert.AreNotEqual(0, Tool(brokenOff, "upgrade", "r2", Before.Value).Code);
        var cases = (from start in new[] { fresh, brokenOff } from command in Commands(kind, fresh) select (start, command)).ToList();
        foreach (var (start, command) in Extent.Points(cases.Count, sample: 5).Select(point => cases[point - 1]))
        {
            var orders = Orders(start, command);
            Parallel.For(0, Extent.IsFull ? 500 / cases.Count + 1 : 1, new() { MaxDegreeOfParallelism = Extent.IsFull ? 6 : 2 },
                round => Try(start, command, orders, new Random(round), tally));
        }
        tally.Close();
    }

    public static IEnumerable<object[]> Kinds => new[] { "SQLite", "SQLite (WAL)", "PostgreSQL", "MariaDB", "MySQL" }
        .Select(kind => new object[] { kind });

    private static IEnumerable<string[]> Commands(string kind, LiveDatabase start)
    {
        yield return ["current"];
        yield return ["verify", "--accept", "r1"];
        yield return ["repair", "--forget"];
        yield return ["stamp", "r2"];
        if (start is SqliteFile file)
        {
            var copy = new SqliteFile("delete");
            File.Copy(file.File, copy.File, overwrite: true);
            copy.Execute("INSERT INTO log (what) VALUES ('restored')");
            yield return ["restore", copy.File];
        }
        else
        {
            yield return [Ended];
        }
        yield return ["repair", "--done"];
        yield return ["repair", "--retry"];
        yield return ["stamp", "base"];
        yield return ["status"];
    }

    private static List<string> Orders(LiveDatabase start, string[] command)
    {
        using var after = start.Copy();
        using var before = start.Copy();
        using var without = start.Copy();
        var (last, first) = (Deployed(after, Run), Deployed(before, command));
        return
        [
            Outcome(command, Deployed(after, command), last, after),
            Outcome(command, first, Deployed(before, Run), before),
            Outcome(command, null, Deployed(without, Run), without),
        ];
    }

    private static void Try(LiveDatabase start, string[] command, List<string> orders, Random random, Tally tally)
    {
        using var database = start.Copy();
        tally.Tried();
        var isFirst = random.Next(5) == 0;
        var run = isFirst ? null : Start(database, Run);
        Thread.Sleep(random.Next(isFirst ? 1 : Duration));
        var beside = Start(database, command is [Ended] ? Release(database) : Patient(command, random));
        Thread.Sleep(isFirst ? random.Next(Duration / 2) : 0);
        var later = isFirst ? Start(database, Run) : null;
        var (it, ran) = (beside(), (run ?? later)!());
        var isEnded = command is [Ended] && it.Code == 0;
        if (isEnded && ran.Code != 0)
            ran = Finish(database);
        var outcome = Outcome(command, it, ran, database);
        if (!orders.Contains(outcome) && !((it.Code != 0 || isEnded) && Outcome(command, null, ran, database) == orders[2]))
            tally.Wrong(
                $"{string.Join(' ', command)}, counter {start.Rows("SELECT n FROM counter")} at first:\nit: {it.Code} {it.Out}{it.Error}\n"
                + $"the run: {ran.Code} {ran.Error}\n{outcome}\nis none of\n{string.Join("\n\n", orders)}");
    }

    // Whoever ends a run in the middle of a statement may be asked about it.
    private static Result Finish(LiveDatabase database)
    {
        var next = Deployed(database, Run);
        if (next.Code == 0 || !next.Error.Contains("repair --done", StringComparison.Ordinal))
            return next;
        var amount = next.Error.Contains("n + 1000", StringComparison.Ordinal) ? 1000
            : next.Error.Contains("n + 100", StringComparison.Ordinal) ? 100 : 10;
        Deployed(database, ["repair", int.Parse(database.Rows("SELECT n FROM counter")) / amount % 10 > 0 ? "--done" : "--retry"]).Ok();
        return Deployed(database, Run);
    }

    private static string[] Release(LiveDatabase database)
    {
        // "held by connection 17 (…)"
        var words = Deployed(database, ["lock", "status"]).Out.Split(' ', '\n');
        return ["lock", "release", words.FirstOrDefault(word => int.TryParse(word, out _)) ?? "0"];
    }

    private static string[] Patient(string[] command, Random random) =>
        command[0] is "repair" or "stamp" ? [.. command, "--lock-timeout", random.Next(2) == 0 ? "1" : "60"] : command;

    private static Result Deployed(LiveDatabase database, string[] arguments) =>
        Start(database, arguments is [Ended] ? Release(database) : arguments)();

    // Gives what waits for its end.
    private static Func<Result> Start(LiveDatabase database, string[] arguments)
    {
        if (Extent.IsFull)
            return Call.Start(database.Url, arguments, Folder.Value).Wait;
        var deployer = Deployer.Start(database.Url, arguments, Folder.Value);
        return () =>
        {
            using (deployer)
                return deployer.Wait();
        };
    }

    private static string Outcome(string[] command, Result? it, Result run, LiveDatabase database) => string.Join('\n', [
        it is null ? "" : $"it: {it.Code} {(command is ["current"] ? it.Out : "")}",
        $"the run: {run.Code}",
        database.Snapshot(),
        RowsIfThere(database, "SELECT revision, direction FROM alembic_history ORDER BY seq"),
        RowsIfThere(database, "SELECT revision, done, pending FROM alembic_journal"),
    ]);

    private static string RowsIfThere(LiveDatabase database, string sql)
    {
        try
        {
            return database.Rows(sql);
        }
        catch (System.Data.Common.DbException)
        {
            return "";
        }
    }

    private static Result Tool(LiveDatabase database, string command, string revision, string folder) =>
        Deployer.Run(database.Url, [command, revision], folder);

    private static string WithHistory(params (string, string)[] revisions)
    {
        var folder = Scenario.NewFolder(revisions);
        File.AppendAllText(Path.Combine(folder, "alembic.ini"), "history_table = true\n");
        return folder;
    }

    private static string Upgrade(string between) => Scenario.Revision("r2", "r1", $$"""
        op.Execute("UPDATE counter SET n = n + 1");
        Pause();
        op.AutocommitBlock(() =>
        {
            op.Execute("UPDATE counter SET n = n + 10");
            Pause();
            {{between}}
            op.Execute("UPDATE counter SET n = n + 100");
            Pause();
        });
        op.AddColumn("item", new Column("note", SqlType.String(20)));
        Pause();
        op.Execute("UPDATE counter SET n = n + 1000");
        static void Pause() => System.Threading.Thread.Sleep(40);
        """, "");
}
