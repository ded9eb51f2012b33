using Faults.Databases;
using Journeys;

namespace Faults;

/// <summary>
/// At each call with which SQLite changes its files, the process is killed, the disk is full, or broken: the same command afterwards does
/// what is left.
/// </summary>
[TestClass]
public sealed class SqliteFaultPointsTests
{
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void After_a_fault_at_any_write_the_same_command_finishes(string kind, string name)
    {
        var move = Scenario.Moves[name];
        using var start = LiveDatabase.Kinds[kind]().At(move.From);
        var (count, expected) = Undisturbed(start, move);
        foreach (var (i, fault) in new[] { "kill", "enospc", "eio" }.Index())
        {
            var tally = new Tally($"{fault} at a write, {name}, {kind}");
            // The samples of the three do not coincide.
            Parallel.ForEach(Extent.Points(Extent.IsFull ? count : Math.Max(1, count - i), sample: 4), new() { MaxDegreeOfParallelism = 2 },
                point => Try(start, move, fault, point, expected, tally));
            tally.Close();
        }
    }

    public static IEnumerable<object[]> Cases =>
        new[] { "SQLite", "SQLite (WAL)" }.SelectMany(kind => Scenario.Moves.Keys.Select(name => new object[] { kind, name }));

    private static (int Calls, string Snapshot) Undisturbed(LiveDatabase start, Move move)
    {
        using var database = (SqliteFile)start.Copy();
        var count = Path.Combine(InstalledTool.NewFolder(), "count");
        Deployer.Run(database.Url, move.Arguments,
            environment: new Dictionary<string, string>(Faulty(database)) { ["FAULT_COUNT"] = count }).Ok();
        return (int.Parse(File.ReadAllText(count)), database.Snapshot());
    }

    private static void Try(LiveDatabase start, Move move, string fault, int point, string expected, Tally tally)
    {
        using var database = (SqliteFile)start.Copy();
        tally.Tried();
        var first = Deployer.Run(database.Url, move.Arguments,
            environment: new Dictionary<string, string>(Faulty(database)) { ["FAULT_AT"] = $"{point}", ["FAULT_KIND"] = fault });
        if (first.Code == 0 && database.Snapshot() != expected)
            tally.Wrong($"call {point}: success was told, but there is\n{database.Snapshot()}");
        var second = Deployer.Run(database.Url, move.Arguments);
        if (second.Code != 0)
            tally.Wrong($"call {point}: {first.Code} {first.Error}\nthen {second.Code} {second.Error}");
        else if (database.Snapshot() is var found && found != expected)
            tally.Wrong($"call {point}: {first.Code} {first.Error}\nexpected:\n{expected}\nfound:\n{found}");
    }

    private static Dictionary<string, string> Faulty(SqliteFile database) => FaultLibrary.Below(database.Folder);
}
