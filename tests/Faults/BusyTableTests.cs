using System.Data.Common;
using System.Diagnostics;
using Faults.Databases;

namespace Faults;

/// <summary>
/// Somebody works with a table for a long time: a migration of it waits without making others wait, and finishes, or gives up with nothing
/// half done.
/// </summary>
[TestClass]
public sealed class BusyTableTests
{
    // A migration of the same table outside of a transaction, which waits at once.
    private static readonly Lazy<string> Alone = new(() => Scenario.NewFolder(
        ("r1", File.ReadAllText(Path.Combine(Scenario.Folder, "alembic", "versions", "r1_.cs"))),
        ("r2", Scenario.Revision("r2", "r1", """
            op.Execute("UPDATE counter SET n = n + 1");
            op.AutocommitBlock(() =>
            {
                op.AddColumn("item", new Column("note", SqlType.String(20)));
                op.Execute("UPDATE item SET note = name");
            });
            op.Execute("UPDATE counter SET n = n + 1");
            """, ""))));

    // How long a statement of the tool waits, and others behind it.
    private static readonly Dictionary<string, (string Blocker, double Seconds)> Waits = new()
    {
        ["SQLite"] = ("BEGIN; SELECT * FROM item", 2),
        ["SQLite (WAL)"] = ("BEGIN IMMEDIATE; UPDATE item SET name = name", 2),
        ["PostgreSQL"] = ("BEGIN; SELECT * FROM item", 2),
        ["MariaDB"] = ("BEGIN; SELECT * FROM item", 5),
        ["MySQL"] = ("BEGIN; SELECT * FROM item", 5),
    };

    // The machine of CI has other things to do. A tool that waits on is found there by what it does not say.
    private static double Leeway => Extent.IsFull ? 0.5 : 8;

    public static IEnumerable<object[]> Cases =>
        from kind in Waits.Keys
        from alone in new[] { false, true }
        where !alone || !kind.StartsWith("SQLite", StringComparison.Ordinal)
        where Extent.IsFull || kind == "PostgreSQL" || (kind is "SQLite" or "MariaDB" or "MySQL" && !alone)
        select new object[] { kind, alone };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Readers_do_not_queue_behind_a_migration_that_waits(string kind, bool alone)
    {
        var folder = alone ? Alone.Value : Scenario.Folder;
        var (blocker, seconds) = Waits[kind];
        using var database = LiveDatabase.Kinds[kind]().At("r1");
        var before = database.Snapshot();
        using var undisturbed = database.Copy();
        Deployer.Run(undisturbed.Url, ["upgrade", "r2"], folder).Ok();
        var tally = new Tally($"somebody has the table{(alone ? ", autocommit" : "")}, {kind}");
        for (var round = 0; round < (Extent.IsFull ? 5 : 1); round++)
        {
            using var copy = database.Copy();
            tally.Tried();
            using IDisposable busy = copy is SqliteFile file ? Elsewhere(file, blocker) : Begin(copy, blocker);
            using var reader = new Reader(copy, () => "SELECT count(*) FROM item", TimeSpan.FromMilliseconds(20));

            // One that has no patience.
            var hasty = Deployer.Run(copy.Url, ["upgrade", "r2", "--lock-timeout", "1"], folder);
            if (hasty.Code != 4 || !hasty.Error.Contains(" was not released within 1 s", StringComparison.Ordinal))
                tally.Wrong($"exit {hasty.Code}: {hasty.Error}");
            if (database.CommitsDdl || alone
                ? !hasty.Error.Contains("what r2 had done is kept and recorded", StringComparison.Ordinal)
                : copy.Snapshot() != before)
                tally.Wrong($"{hasty.Error}\nexpected:\n{before}\nfound:\n{copy.Snapshot()}");

            // Who waited for the one run shall not wait on for the other.
            reader.Pass();
            using var deployer = Deployer.Start(copy.Url, ["upgrade", "r2"], folder);
            deployer.WaitFor(": waiting for ");
            if (Extent.IsFull)
                Thread.Sleep(TimeSpan.FromSeconds(seconds + Leeway + 2));
            busy.Dispose();
            var result = deployer.Wait();
            if (result.Code != 0 || copy.Snapshot() != undisturbed.Snapshot())
                tally.Wrong($"exit {result.Code}: {result.Error}\nexpected:\n{undisturbed.Snapshot()}\nfound:\n{copy.Snapshot()}");
            if (reader.Longest() is var longest && longest.TotalSeconds > seconds + Leeway)
                tally.Wrong($"somebody who reads waited for {longest.TotalSeconds:F1} s");
        }
        tally.Close();
    }

    // SQLite lets connections of one process share what they read: those of the others would not be seen to wait.
    private static Somebody Elsewhere(SqliteFile file, string sql)
    {
        var start = new ProcessStartInfo("sqlite3", file.File) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.StandardInput.WriteLine($"{sql}; SELECT 'begun';");
        process.StandardInput.Flush();
        while (process.StandardOutput.ReadLine() is var line && line != "begun")
            Assert.IsNotNull(line, "sqlite3 ended");
        return new(process);
    }

    private static DbConnection Begin(LiveDatabase database, string sql)
    {
        var connection = database.Open();
        foreach (var statement in sql.Split(';'))
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            using var reader = command.ExecuteReader();
            reader.Read();
        }
        return connection;
    }

    private sealed class Somebody(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
        }
    }
}
