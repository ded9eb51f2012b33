using Faults.Databases;
using Journeys;

namespace Faults;

/// <summary>What a person may do while a run is at work: it waits or is refused, and the run ends as if nobody had been there.</summary>
[TestClass]
public sealed class BesideARunTests
{
    // Outside of its transaction, so that its journal is there for all to see; it goes on when a file is there.
    private static readonly Lazy<string> Folder = new(() => Scenario.NewFolder(
        ("r1", File.ReadAllText(Path.Combine(Scenario.Folder, "alembic", "versions", "r1_.cs"))),
        ("r2", Scenario.Revision("r2", "r1", """
            op.Execute("UPDATE counter SET n = n + 1");
            op.AutocommitBlock(() =>
            {
                op.Execute("UPDATE counter SET n = n + 10");
                System.Console.Error.WriteLine("now it takes long");
                var go = System.Environment.GetEnvironmentVariable("FAULTS_GO")!;
                for (var end = System.DateTime.UtcNow.AddMinutes(5); !System.IO.File.Exists(go) && System.DateTime.UtcNow < end;)
                    System.Threading.Thread.Sleep(20);
                op.Execute("UPDATE counter SET n = n + 100");
            });
            op.AddColumn("item", new Column("note", SqlType.String(20)));
            """, ""))));

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Repair_release_and_restore_leave_a_run_alone(string kind)
    {
        using var database = LiveDatabase.Kinds[kind]().At("r1");
        using var undisturbed = database.Copy();
        var go = Path.Combine(Folder.Value, $"{Guid.NewGuid():N}.go");
        File.WriteAllText(go, "");
        Deployer.Run(undisturbed.Url, ["upgrade", "r2"], Folder.Value, Go(go)).Ok();
        File.Delete(go);
        var tally = new Tally($"beside a run, {kind}");
        using var deployer = Deployer.Start(database.Url, ["upgrade", "r2"], Folder.Value, Go(go));
        deployer.WaitFor("now it takes long");
        var journal = database.Rows(Journal);
        Assert.AreNotEqual("", journal, "There is no journal to be in the way of.");

        foreach (var what in new[] { "--done", "--retry", "--forget" })
            Refused(["repair", what, "--lock-timeout", "1"], 4, "The migration lock was not released within 1 s: it is held by ");
        Refused(["lock", "release"], 1, kind.StartsWith("SQLite", StringComparison.Ordinal)
            ? "This database cannot release the lock of another process"
            : "The migration lock is held by ");
        if (database is SqliteFile file)
            Refused(["restore", CopyOf(file)], 1, $"{file.File} was not restored: a migration is running on it");
        else
            Refused(["restore", "app.db.backup"], 1, " is not a file that can be restored");
        Refused(["stamp", "r2", "--lock-timeout", "1"], 4, "The migration lock was not released within 1 s");
        foreach (var command in new[] { "current", "status" })
        {
            var shown = Run(command);
            if (shown.Code != 0 || !$"{shown.Out}{shown.Error}".Contains("r2: its upgrade is being run by ", StringComparison.Ordinal)
                || shown.Error.Contains("not finished", StringComparison.Ordinal))
                tally.Wrong($"{command}: exit {shown.Code}: {shown.Out}{shown.Error}");
        }

        File.WriteAllText(go, "");
        if (deployer.Wait() is { Code: not 0 } result)
            tally.Wrong($"the run: exit {result.Code}: {result.Error}");
        if (database.Snapshot() != undisturbed.Snapshot())
            tally.Wrong($"expected:\n{undisturbed.Snapshot()}\nfound:\n{database.Snapshot()}");
        tally.Close();

        void Refused(string[] arguments, int code, string message)
        {
            tally.Tried();
            var refused = Run(arguments);
            if (refused.Code != code || !refused.Error.Contains(message, StringComparison.Ordinal))
                tally.Wrong($"{string.Join(' ', arguments)}: exit {refused.Code}: {refused.Error}");
            if (database.Rows(Journal) != journal)
                tally.Wrong($"{string.Join(' ', arguments)}: the journal was {journal} and is {database.Rows(Journal)}");
        }

        Result Run(params string[] arguments) => Deployer.Run(database.Url, arguments, Folder.Value, Go(go));
    }

    // Behind a pooler nobody may leave the transaction.
    public static IEnumerable<object[]> Kinds =>
        LiveDatabase.Kinds.Keys.Where(kind => kind != "pgbouncer").Select(kind => new object[] { kind });

    private const string Journal = "SELECT revision, done, digest, pending, statement FROM alembic_journal";

    private static Dictionary<string, string> Go(string file) => new() { ["FAULTS_GO"] = file };

    // What it was before: an old state that must not come back under the run's feet.
    private static string CopyOf(SqliteFile file)
    {
        var copy = file.File + ".before";
        File.Copy(file.File, copy);
        return copy;
    }
}
