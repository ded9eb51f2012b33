using Faults.Databases;

namespace Faults;

/// <summary>Several runs at once: one migrates, the others find the work done; and nobody is stopped by one that was killed.</summary>
[TestClass]
public sealed class ConcurrentDeployersTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(700);

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Of_several_that_start_at_once_every_one_ends_well_and_the_work_is_done_once(string kind) =>
        Rounds(kind, "at once", TimeSpan.Zero, kills: false, 2, 4, 8);

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Of_several_that_start_one_after_the_other_every_one_ends_well(string kind) =>
        Rounds(kind, "staggered", TimeSpan.FromMilliseconds(60), kills: false, 4, 8, 2);

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Whoever_is_killed_is_in_nobodys_way(string kind) =>
        Rounds(kind, "some killed", TimeSpan.FromMilliseconds(20), kills: true, 8, 4, 2);

    public static IEnumerable<object[]> Kinds => LiveDatabase.Kinds.Keys.Select(kind => new object[] { kind });

    private static void Rounds(string kind, string how, TimeSpan stagger, bool kills, params int[] counts)
    {
        using var undisturbed = LiveDatabase.Kinds[kind]();
        var expected = undisturbed.At(undisturbed.Head).Snapshot();
        // In CI the first of the counts, which differs between the tests.
        foreach (var count in Extent.IsFull ? counts : counts[..1])
        {
            var tally = new Tally($"{count} deployers, {how}, {kind}");
            for (var round = 0; round < Extent.Rounds; round++)
                Round(kind, count, stagger, kills ? new Random(round) : null, expected, tally);
            tally.Close();
        }
    }

    private static void Round(string kind, int count, TimeSpan stagger, Random? killing, string expected, Tally tally)
    {
        using var database = LiveDatabase.Kinds[kind]();
        tally.Tried();
        List<Deployer> deployers = [];
        for (var i = 0; i < count; i++)
        {
            deployers.Add(Deployer.Start(database.Url, ["upgrade", database.Head]));
            Thread.Sleep(stagger);
        }
        if (killing is not null)
        {
            // At least one is left over.
            foreach (var victim in deployers.Where((_, i) => i < count - 1 && (i == 0 || killing.Next(2) == 0)))
            {
                Thread.Sleep(Lifetime * killing.NextDouble() / count);
                victim.Kill();
            }
        }
        foreach (var deployer in deployers)
        {
            var result = deployer.Wait();
            if (!deployer.IsKilled && result.Code != 0)
                tally.Wrong($"exit {result.Code}: {result.Error}");
            deployer.Dispose();
        }
        if (database.Snapshot() is var found && found != expected)
            tally.Wrong($"expected:\n{expected}\nfound:\n{found}");
        if (Deployer.Run(database.Url, ["upgrade", database.Head]) is { Code: not 0 } next)
            tally.Wrong($"the next run: exit {next.Code}: {next.Error}");
    }
}
