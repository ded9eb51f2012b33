namespace Alembic.Revisions;

/// <summary>Reachability. Every walk keeps its own stack, so that a line of any length works.</summary>
internal static class RevisionWalk
{
    public static NodeSet Ancestors(IEnumerable<RevisionNode> start, bool dependencies = true) =>
        Reach(start, dependencies ? n => n.NormalizedDown : n => n.Down);

    public static NodeSet Descendants(IEnumerable<RevisionNode> start, bool dependencies = true) =>
        Reach(start, dependencies ? n => n.AllNext : n => n.Next);

    /// <summary>Everything reachable over the edges, the start included.</summary>
    public static NodeSet Reach(IEnumerable<RevisionNode> start, Func<RevisionNode, IReadOnlyList<RevisionNode>> edges)
    {
        var seen = new NodeSet();
        foreach (var node in start) Visit(node, edges, seen, _ => { });
        return seen;
    }

    /// <summary>The ancestors of revisions; fails if one of these is an ancestor of another.</summary>
    public static NodeSet AncestorsOfUnrelated(IReadOnlyCollection<RevisionNode> targets)
    {
        var seen = new NodeSet();
        var wanted = new NodeSet(targets);
        foreach (var target in targets)
        {
            var overlaps = new NodeSet();
            Visit(target, n => n.NormalizedDown, seen, n => { if (n != target && wanted.Contains(n)) overlaps.Add(n); });
            if (overlaps.Count > 0) throw new OverlappingRevisionsException(target.Id, [.. overlaps.Select(n => n.Id)]);
        }

        return seen;
    }

    private static void Visit(
        RevisionNode start, Func<RevisionNode, IReadOnlyList<RevisionNode>> edges, NodeSet seen, Action<RevisionNode> arrive)
    {
        var open = new Stack<RevisionNode>([start]);
        while (open.TryPop(out var node))
        {
            arrive(node);
            if (!seen.Add(node)) continue;
            var reached = edges(node);
            for (var i = 0; i < reached.Count; i++) open.Push(reached[i]);
        }
    }
}
