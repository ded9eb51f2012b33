namespace Alembic.Revisions;

/// <summary>Finds revisions that follow or depend on themselves, directly or through a cycle.</summary>
internal static class Cycles
{
    public static void CheckSelfLoop(Revision revision)
    {
        var kind = revision.Down.Contains(revision.Id)
            ? "Self-loop" : revision.DependsOn.Contains(revision.Id) ? "Dependency self-loop" : null;
        if (kind is not null) throw new CycleException(kind, [revision.Id]) { Hint = RevisionException.FilesOf(revision) };
    }

    public static void Check(RevisionMap map)
    {
        if (map.Revisions.Count == 0) return;
        Check("Cycle", map, map.Heads, map.Bases, n => n.Down, n => n.Next);
        Check("Dependency cycle", map, map.RealHeads, map.RealBases, n => n.AllDown, n => n.AllNext);
    }

    private static void Check(
        string kind,
        RevisionMap map,
        IReadOnlyList<RevisionNode> heads,
        IReadOnlyList<RevisionNode> bases,
        Func<RevisionNode, IReadOnlyList<RevisionNode>> down,
        Func<RevisionNode, IReadOnlyList<RevisionNode>> next)
    {
        if (heads.Count == 0 || bases.Count == 0) throw Found(kind, map.Revisions);

        var sound = RevisionWalk.Reach(heads, down);
        sound.IntersectWith(RevisionWalk.Reach(bases, next));
        var stranded = map.Revisions.Where(n => !sound.Contains(n)).ToList();

        // A cycle between a base and a head is reachable from both, so reachability misses it: reduce the graph instead.
        if (stranded.Count == 0) stranded = [.. Remaining(map.Revisions, down, next)];
        if (stranded.Count > 0) throw Found(kind, stranded.OrderBy(n => n.Id, StringComparer.Ordinal));
    }

    /// <summary>What is left after repeatedly removing revisions without parents, and then those without followers.</summary>
    private static IReadOnlyList<RevisionNode> Remaining(
        IReadOnlyList<RevisionNode> nodes,
        Func<RevisionNode, IReadOnlyList<RevisionNode>> down,
        Func<RevisionNode, IReadOnlyList<RevisionNode>> next) => Peel(Peel(nodes, down, next), next, down);

    private static IReadOnlyList<RevisionNode> Peel(
        IReadOnlyList<RevisionNode> nodes, Func<RevisionNode, IReadOnlyList<RevisionNode>> before,
        Func<RevisionNode, IReadOnlyList<RevisionNode>> after)
    {
        var open = new NodeTable<int>();
        foreach (var node in nodes)
        {
            foreach (var follower in after(node)) open[follower]++;
        }

        var free = new Stack<RevisionNode>(nodes.Where(n => open[n] == 0));
        while (free.TryPop(out var node))
        {
            foreach (var follower in after(node))
            {
                if (--open[follower] == 0) free.Push(follower);
            }
        }

        return [.. nodes.Where(n => open[n] > 0)];
    }

    private static CycleException Found(string kind, IEnumerable<RevisionNode> nodes)
    {
        var revisions = nodes.Select(n => n.Revision).ToList();
        return new(kind, [.. revisions.Select(r => r.Id)]) { Hint = RevisionException.FilesOf(revisions) };
    }
}
