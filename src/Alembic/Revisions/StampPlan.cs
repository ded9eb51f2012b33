namespace Alembic.Revisions;

/// <summary>The changes of version rows that stamp revisions, without running any.</summary>
internal static class StampPlan
{
    public static List<Step> List(RevisionMap map, IReadOnlyList<string> targets, IReadOnlyList<string> rows)
    {
        if (targets.Count == 0) targets = ["base"];
        var current = map.Symbols.ResolveAll(rows);
        List<RevisionNode> related = [.. targets.SelectMany(t => map.Symbols.Related(current, t, dependencies: true)).Distinct()];
        List<RevisionNode> destinations = [.. map.Symbols.ResolveAll(targets).Distinct()];

        // If one row implied another, every later upgrade would fail.
        RevisionWalk.AncestorsOfUnrelated(destinations);
        return destinations.Count == 0
            ? [.. related.Select(r => Step.Stamp([r.Id], [], isUpgrade: false, isBranchMove: true))]
            : [.. destinations.Where(d => !related.Contains(d)).Select(d => To(d, related))];
    }

    private static Step To(RevisionNode destination, List<RevisionNode> related)
    {
        var above = RevisionWalk.Descendants([destination]);
        var below = RevisionWalk.Ancestors([destination]);
        string[] replaced = [.. related.Where(r => above.Contains(r) || below.Contains(r)).Select(r => r.Id)];
        return Step.Stamp(replaced, [destination.Id], isUpgrade: !related.Any(above.Contains), isBranchMove: replaced.Length == 0);
    }
}
