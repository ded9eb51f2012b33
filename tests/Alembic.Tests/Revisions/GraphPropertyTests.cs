using Alembic.Revisions;
using CsCheck;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class GraphPropertyTests
{
    private const int Iterations = 2000;

    private static readonly Gen<(RevisionMap Map, int[] Draws)> Sample = Gen.Select(Graphs.Any, Gen.Int[0, 1000].Array[2, 8]);

    [TestMethod]
    public void The_history_lists_every_revision_once_and_before_what_it_needs() => Graphs.Any.Check(Iterations, map =>
    {
        if (HasOverlappingHeads(map)) return;
        var places = map.History().Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i);
        Assert.HasCount(map.Revisions.Count, places);
        foreach (var node in map.Revisions) Assert.IsTrue(node.AllDown.All(d => places[d] > places[node]), node.Id);
    });

    [TestMethod]
    public void Every_walk_respects_the_edges_and_the_rows_are_the_heads_of_what_is_applied() => Sample.Check(Iterations, (map, draws) =>
    {
        var database = new Database(map);
        foreach (var draw in draws)
        {
            var target = map.Revisions[draw % map.Revisions.Count];
            if (draw % 3 > 0) database.Run(map.Upgrade(target.Id, database.Rows));
            else if (draw % 5 == 0) database.Run(map.Downgrade("base", database.Rows));
            else if (target.Next.Any(database.Applied.Contains)) database.Run(map.Downgrade(target.Id, database.Rows));
        }
    });

    [TestMethod]
    public void Upgrading_and_taking_the_same_steps_back_returns_to_the_same_rows() => Sample.Check(Iterations, (map, draws) =>
    {
        var database = new Database(map);
        database.Run(map.Upgrade(map.Revisions[draws[0] % map.Revisions.Count].Id, []));
        var before = database.SortedRows;

        var steps = map.Upgrade(map.Revisions[draws[1] % map.Revisions.Count].Id, database.Rows);
        database.Run(steps);
        database.Run(steps.Reverse().Select(s => Step.Downgrade(s.Node!)));

        Assert.AreEqual(before, database.SortedRows);
    });

    [TestMethod]
    public void Upgrading_to_a_target_and_downgrading_to_where_one_was_returns_to_the_same_rows() => Sample.Check(Iterations,
        (map, draws) =>
    {
        var start = map.Revisions[draws[0] % map.Revisions.Count];
        var target = map.Revisions[draws[1] % map.Revisions.Count];
        var database = new Database(map);
        database.Run(map.Upgrade(start.Id, []));
        var before = database.SortedRows;

        // What another branch brought along does not follow the start: a downgrade to it rightly leaves that alone.
        var steps = map.Upgrade(target.Id, database.Rows);
        if (!steps.All(s => RevisionWalk.Descendants(start.Next).Contains(s.Node!))) return;
        database.Run(steps);
        database.Run(map.Downgrade(start.Id, database.Rows));

        Assert.AreEqual(before, database.SortedRows);
    });

    [TestMethod]
    public void Upgrading_to_all_heads_and_downgrading_to_the_base_leaves_no_row() => Graphs.Any.Check(Iterations, map =>
    {
        var database = new Database(map);
        database.Run(map.Upgrade("heads", []));
        Assert.HasCount(map.Revisions.Count, database.Applied);
        Assert.AreEqual(string.Join(" ", map.RealHeads.Select(n => n.Id).Order(StringComparer.Ordinal)), database.SortedRows);

        database.Run(map.Downgrade("base", database.Rows));
        Assert.AreEqual("", database.SortedRows);
    });

    [TestMethod]
    public void Stamping_the_heads_stores_exactly_the_heads_from_wherever_one_is() => Sample.Check(Iterations, (map, draws) =>
    {
        var database = new Database(map);
        database.Run(map.Upgrade(map.Revisions[draws[0] % map.Revisions.Count].Id, []));
        database.Run(map.Upgrade(map.Revisions[draws[1] % map.Revisions.Count].Id, database.Rows));

        IReadOnlyList<string> rows = database.Rows;
        foreach (var step in map.Stamp(["heads"], rows)) rows = HeadChange.Of(map, step, rows).Rows;

        Assert.AreEqual(string.Join(" ", map.RealHeads.Select(n => n.Id).Order(StringComparer.Ordinal)),
            string.Join(" ", rows.Order(StringComparer.Ordinal)));
    });

    [TestMethod]
    public void Stamping_several_revisions_stores_them_from_wherever_one_is() => Sample.Check(Iterations, (map, draws) =>
    {
        var database = new Database(map);
        database.Run(map.Upgrade(map.Revisions[draws[0] % map.Revisions.Count].Id, []));
        database.Run(map.Upgrade(map.Revisions[draws[1] % map.Revisions.Count].Id, database.Rows));
        var targets = draws.Select(d => map.Revisions[d % map.Revisions.Count]).ToHashSet();
        targets.RemoveWhere(t => targets.Any(o => RevisionWalk.Ancestors(targets.Where(other => other != t)).Contains(t)));

        IReadOnlyList<string> rows = database.Rows;
        foreach (var step in map.Stamp([.. targets.Select(t => t.Id)], rows)) rows = HeadChange.Of(map, step, rows).Rows;

        foreach (var target in targets) Assert.Contains(target.Id, rows);
    });

    [TestMethod]
    public void Normalized_edges_reach_as_far_as_all_edges() => Graphs.Any.Check(Iterations, map =>
    {
        foreach (var node in map.Revisions)
            Assert.IsTrue(RevisionWalk.Ancestors([node]).ToHashSet().SetEquals(RevisionWalk.Reach([node], n => n.AllDown)), node.Id);
    });

    [TestMethod]
    public void The_listing_keeps_Alembics_order() => Sample.Check(Iterations, (map, draws) =>
    {
        var targets = draws.Select(d => map.Revisions[d % map.Revisions.Count]).ToHashSet();
        targets.RemoveWhere(t => targets.Any(o => Graphs.IsAncestor(t, o)));
        var wanted = RevisionWalk.Ancestors(targets);
        wanted.ExceptWith(RevisionWalk.Ancestors([map.Revisions[draws[0] % map.Revisions.Count]]));
        if (draws[1] % 4 == 0) wanted.ExceptWith([.. wanted.Where(n => n.Order % 5 == 0)]);

        var listed = NewestFirst.List(wanted, targets);
        Assert.AreEqual(Shown(PlainListing.List(wanted.ToHashSet(), targets)), Shown(listed));
    });

    private static string Shown(List<RevisionNode>? nodes) => nodes is null ? "cannot be listed" : string.Join(" ", nodes);

    private static bool HasOverlappingHeads(RevisionMap map) => map.RealHeads.Any(h => map.RealHeads.Any(o => Graphs.IsAncestor(h, o)));

    /// <summary>Applies steps as a migrator would and checks each against the graph.</summary>
    private sealed class Database(RevisionMap map)
    {
        public HashSet<RevisionNode> Applied { get; } = [];

        public IReadOnlyList<string> Rows { get; private set; } = [];

        public string SortedRows => string.Join(" ", Rows.Order(StringComparer.Ordinal));

        public void Run(IEnumerable<Step> steps)
        {
            foreach (var step in steps.ToList())
            {
                Apply(step.Node!, step.IsUpgrade);
                Rows = HeadChange.Of(map, step, Rows).Rows;
                var heads = Applied.Where(n => !Applied.Any(o => Graphs.IsAncestor(n, o))).Select(n => n.Id);
                Assert.AreEqual(string.Join(" ", heads.Order(StringComparer.Ordinal)), SortedRows, $"after {step}");
            }
        }

        private void Apply(RevisionNode node, bool isUpgrade)
        {
            Assert.IsTrue(isUpgrade ? Applied.Add(node) : Applied.Remove(node), $"{node} runs twice");
            var broken = isUpgrade ? node.AllDown.Where(d => !Applied.Contains(d)) : node.AllNext.Where(Applied.Contains);
            Assert.IsEmpty(broken, $"{node} runs out of order");
        }
    }
}
