using System.Net;
using Faults.Databases;
using Journeys;

namespace Faults.Wire;

/// <summary>
/// At each message to a server the process is killed or the connection lost, before it arrived or before its answer did: the same command
/// afterwards does what is left.
/// </summary>
[TestClass]
public sealed class ServerFaultPointsTests
{
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void After_a_fault_at_any_message_the_same_command_finishes(string kind, string name)
    {
        var move = Scenario.Moves[name];
        using var start = LiveDatabase.Kinds[kind]().At(move.From);
        var (count, expected) = Undisturbed(start, move);
        foreach (var (i, how) in new[] { "kill before", "kill after", "drop before", "drop after" }.Index())
        {
            var tally = new Tally($"{how} a message, {name}, {kind}");
            Parallel.ForEach(Extent.Points(Extent.IsFull ? count : Math.Max(1, count - i), sample: 2), new() { MaxDegreeOfParallelism = 2 },
                point => Try(start, move, how, point, expected, tally));
            tally.Close();
        }
    }

    public static IEnumerable<object[]> Cases =>
        new[] { "PostgreSQL", "MariaDB", "MySQL" }.SelectMany(kind => Scenario.Moves.Keys.Select(name => new object[] { kind, name }));

    private static (int Messages, string Snapshot) Undisturbed(LiveDatabase start, Move move)
    {
        using var database = start.Copy();
        using var proxy = Before(database);
        Deployer.Run(Through(proxy, database), move.Arguments).Ok();
        return (proxy.Count, database.Snapshot());
    }

    private static void Try(LiveDatabase start, Move move, string how, int point, string expected, Tally tally)
    {
        using var database = start.Copy();
        tally.Tried();
        using var ready = new ManualResetEventSlim();
        Deployer? deployer = null;
        using var proxy = Before(database, new Fault(point, how.EndsWith("after", StringComparison.Ordinal), () =>
        {
            ready.Wait();
            if (how.StartsWith("kill", StringComparison.Ordinal))
                deployer!.Kill();
        }));
        using var first = deployer = Deployer.Start(Through(proxy, database), move.Arguments);
        ready.Set();
        var result = first.Wait();
        var what = $"message {point}: exit {result.Code} {result.Error}\n";
        if (result.Code == 0 && database.Snapshot() is var told && told != expected)
            tally.Wrong($"{what}success was told, but there is\n{told}");
        var second = Deployer.Run(database.Url, move.Arguments);
        if (second.Code != 0)
            tally.Wrong($"{what}then exit {second.Code}: {second.Error}");
        else if (database.Snapshot() is var found && found != expected)
            tally.Wrong($"{what}expected:\n{expected}\nfound:\n{found}");
    }

    private static FaultProxy Before(LiveDatabase database, Fault? fault = null)
    {
        var url = new Uri(database.Url);
        return new(new IPEndPoint(IPAddress.Parse(url.Host), url.Port),
            database is MySqlDatabase ? Messages.MySql : Messages.PostgreSql, fault);
    }

    private static string Through(FaultProxy proxy, LiveDatabase database) =>
        new UriBuilder(database.Url) { Port = proxy.Port }.Uri.AbsoluteUri;
}
