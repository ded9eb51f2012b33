using System.Runtime.InteropServices;
using Faults.Databases;

namespace Faults;

/// <summary>Ctrl-C and SIGTERM in the middle of a migration: it says where it stands, and the same command continues from there.</summary>
[TestClass]
public sealed class InterruptTests
{
    // Longer than any test waits.
    private const string Long = "1000";

    private static readonly Lazy<string> Folder = new(() => Scenario.NewFolder(
        ("r1", File.ReadAllText(Path.Combine(Scenario.Folder, "alembic", "versions", "r1_.cs"))),
        ("r2", Scenario.Revision("r2", "r1", """
            op.Execute("UPDATE counter SET n = n + 1");
            op.AddColumn("item", new Column("note", SqlType.String(20)));
            var seconds = System.Environment.GetEnvironmentVariable("FAULTS_SECONDS") ?? "0";
            System.Console.Error.WriteLine("now it takes long");
            op.Execute(op.Dialect.Name switch
            {
                "sqlite" => $"WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < {seconds} * 10000000) SELECT count(*) FROM c",
                "postgresql" => $"SELECT pg_sleep({seconds})",
                _ => $"DO SLEEP({seconds})",
            });
            op.Execute("UPDATE counter SET n = n + 1");
            """, ""))));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_ends_with_130_and_the_same_command_goes_on(string kind, PosixSignal signal)
    {
        using var database = LiveDatabase.Kinds[kind]();
        Deployer.Run(database.Url, ["upgrade", "r1"], Folder.Value).Ok();
        var before = database.Snapshot();
        using var undisturbed = database.Copy();
        Deployer.Run(undisturbed.Url, ["upgrade", "r2"], Folder.Value).Ok();
        var tally = new Tally($"{signal}, {kind}");
        for (var round = 0; round < Extent.Rounds; round++)
        {
            using var copy = database.Copy();
            tally.Tried();
            using var deployer = Deployer.Start(copy.Url, ["upgrade", "r2"], Folder.Value,
                new Dictionary<string, string> { ["FAULTS_SECONDS"] = Long });
            deployer.WaitFor("now it takes long");
            Thread.Sleep(Random.Shared.Next(300));
            deployer.Signal(signal);
            var result = deployer.Wait();
            var state = database.CommitsDdl
                ? "what r2 had done is kept and recorded: the same command continues from there"
                : "nothing of r2 was changed; the database is at r1";
            if (result.Code != 130 || !result.Error.Contains("FAILED: Cancelled in upgrade r1 -> r2", StringComparison.Ordinal)
                || !result.Error.Contains($"hint: {state}", StringComparison.Ordinal))
                tally.Wrong($"exit {result.Code}: {result.Error}");
            if (!database.CommitsDdl && copy.Snapshot() != before)
                tally.Wrong($"expected:\n{before}\nfound:\n{copy.Snapshot()}");
            if (Deployer.Run(copy.Url, ["upgrade", "r2"], Folder.Value) is { Code: not 0 } next)
                tally.Wrong($"the next run: exit {next.Code}: {next.Error}");
            if (copy.Snapshot() != undisturbed.Snapshot())
                tally.Wrong($"expected:\n{undisturbed.Snapshot()}\nfound:\n{copy.Snapshot()}");
        }
        tally.Close();
    }

    public static IEnumerable<object[]> Cases =>
        from kind in new[] { "SQLite", "PostgreSQL", "MariaDB", "MySQL" }
        from signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }
        select new object[] { kind, signal };
}
