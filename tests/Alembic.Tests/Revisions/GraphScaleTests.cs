using System.Diagnostics;
using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class GraphScaleTests
{
    // Linear work takes well below a second here; a quadratic algorithm takes minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void A_line_of_100000_revisions_is_planned_without_overflow_and_in_time() =>
        Check("line", Enumerable.Range(0, 100_000).Select(i => new Revision(Id(i), down: Before(i), branchLabels: i == 5 ? ["main"] : [])));

    [TestMethod]
    [DataRow(1_000)]
    [DataRow(3_000)]
    [DataRow(10_000)]
    public void Many_merges_are_planned_in_time(int count) =>
        Check("merges", Enumerable.Range(0, count).Select(i => Merging(i, every: 20)));

    [TestMethod]
    public void Many_branches_from_one_revision_are_planned_in_time() =>
        Check("star", Enumerable.Range(0, 6_000).Select(i => new Revision(Id(i), down: i == 0 ? [] : [Id(i % 2 == 1 ? 0 : i - 1)])));

    [TestMethod]
    public void Many_dependencies_on_one_revision_are_planned_in_time() =>
        Check("dependencies",
            Enumerable.Range(0, 10_000).Select(i => new Revision(Id(i), down: i < 2 ? [] : [Id(i - 1)], dependsOn: i > 1 ? [Id(0)] : [])));

    // Of every twenty revisions two lines of nine or ten come together in one.
    private static Revision Merging(int i, int every) => (i % every) switch
    {
        0 => new(Id(i), down: i == 0 ? [] : [Id(i - 1), Id(i - 2)]),
        1 or 2 => new(Id(i), down: [Id(i - i % every)]),
        _ => new(Id(i), down: [Id(i - 2)]),
    };

    private static string[] Before(int i) => i == 0 ? [] : [Id(i - 1)];

    private static string Id(int i) => $"{i:x12}";

    private void Check(string name, IEnumerable<Revision> revisions)
    {
        var watch = Stopwatch.StartNew();
        var map = new RevisionMap([.. revisions]);
        var built = watch.Elapsed;
        var heads = map.RealHeads.Select(n => n.Id).ToList();

        var up = map.Upgrade("heads", []);
        var down = map.Downgrade("base", heads);
        var history = map.History();
        IReadOnlyList<string> rows = [];
        foreach (var step in up.Take(500)) rows = HeadChange.Of(map, step, rows).Rows;

        TestContext.WriteLine($"{name} {map.Revisions.Count}: built {built.TotalMilliseconds:f0} ms, all {watch.ElapsedMilliseconds} ms");
        Assert.HasCount(map.Revisions.Count, up);
        Assert.HasCount(map.Revisions.Count, down);
        Assert.HasCount(map.Revisions.Count, history);
        Assert.HasCount(map.Heads.Count, map.Current(heads));
        Assert.IsLessThan(Limit, watch.Elapsed);
    }
}
