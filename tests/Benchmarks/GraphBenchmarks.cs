using System.Diagnostics;
using Alembic.Revisions;
using BenchmarkDotNet.Attributes;

namespace Alembic.Benchmarks;

/// <summary>Questions to graphs of a line with a merge at every twentieth revision.</summary>
[MemoryDiagnoser]
public class GraphBenchmarks
{
    private List<Revision> _revisions = [];
    private RevisionMap _map = new([]);

    [Params(1_000, 3_000, 10_000)]
    public int Revisions { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _revisions = Graph(Revisions);
        _map = new RevisionMap(_revisions);

        // A second of everything, so that the compiler is done with its tiers before the first figure is taken.
        for (var start = Stopwatch.StartNew(); start.ElapsedMilliseconds < 1_000;)
        {
            _ = (Load(), Heads(), HistoryRange(), UpgradePlan(), DowngradePlan());
        }
    }

    [Benchmark]
    public object Load() => new RevisionMap(_revisions);

    [Benchmark]
    public object Heads() => _map.Resolve("heads");

    [Benchmark]
    public object HistoryRange() => _map.History(RevisionRange.Parse("r1:heads"), []);

    [Benchmark]
    public object UpgradePlan() => _map.Upgrade("heads", []);

    [Benchmark]
    public object DowngradePlan() => _map.Downgrade("base", [_map.Heads[0].Id]);

    // … → a → (b, c) → merge → …
    private static List<Revision> Graph(int count)
    {
        List<Revision> revisions = [new("r0")];
        while (revisions.Count < count)
        {
            var last = revisions[^1].Id;
            var next = revisions.Count;
            if (next % 20 == 0 && count - next > 3)
            {
                revisions.Add(new Revision($"r{next}", [last]));
                revisions.Add(new Revision($"r{next + 1}", [last]));
                revisions.Add(new Revision($"r{next + 2}", [$"r{next}", $"r{next + 1}"]));
            }
            else
            {
                revisions.Add(new Revision($"r{next}", [last]));
            }
        }
        return revisions;
    }
}
