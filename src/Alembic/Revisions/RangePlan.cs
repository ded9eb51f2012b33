namespace Alembic.Revisions;

/// <summary>The revisions between two ends, newest first. History shows them; an upgrade runs them in reverse.</summary>
internal static class RangePlan
{
    /// <summary>Everything that the upper end needs and the lower end does not have.</summary>
    public static List<RevisionNode> Missing(RevisionMap map, IReadOnlyList<string> upper, IReadOnlyList<string> lower) =>
        List(map, upper, lower, implicitBase: true, inclusive: false, exact: true);

    /// <summary>Everything of the upper end's ancestry that descends from the lower end, both included.</summary>
    public static List<RevisionNode> Between(RevisionMap map, IReadOnlyList<string> upper, IReadOnlyList<string> lower) =>
        List(map, upper, lower, implicitBase: false, inclusive: true, exact: false);

    /// <param name="map">The graph.</param>
    /// <param name="upper">The newer end.</param>
    /// <param name="lower">The older end.</param>
    /// <param name="implicitBase">Whether the range includes what the upper end needs besides the lower end's descendants.</param>
    /// <param name="inclusive">Whether the range includes the lower end.</param>
    /// <param name="exact">Whether a relative end that goes too far is an error; otherwise it stops at the last revision.</param>
    internal static List<RevisionNode> List(
        RevisionMap map, IReadOnlyList<string> upper, IReadOnlyList<string> lower, bool implicitBase, bool inclusive, bool exact)
    {
        var targets = Targets(map, upper, lower, exact);
        if (lower is [var text] && text.IndexOf('@', StringComparison.Ordinal) is var at and > 0)
            targets = WithLabel(map, targets, text[..at]);
        var range = RevisionWalk.AncestorsOfUnrelated(targets);

        var landings = lower.SelectMany(map.Symbols.Land).ToList();
        if (!implicitBase && landings.Any(l => !l.IsNowhere && (l.AtBase || !range.Contains(l.Revision!)))) throw Unrelated(upper, lower);
        var start = landings is [{ IsNowhere: true }, ..]
            ? TooFarDown(map, upper, lower[0])
            : [.. landings.Select(l => l.Revision).OfType<RevisionNode>()];

        range.ExceptWith(RevisionWalk.AncestorsOfUnrelated(start));
        if (inclusive) range.UnionWith(start);
        if (start.Count > 0 && !implicitBase) range.IntersectWith(RevisionWalk.Descendants(start, dependencies: false));
        return NewestFirst.List(range, targets) ?? throw Unrelated(upper, lower);
    }

    private static List<RevisionNode> Targets(RevisionMap map, IReadOnlyList<string> upper, IReadOnlyList<string> lower, bool exact)
    {
        if (upper is not [var text] || RelativeIdentifier.Parse(text) is not { } relative) return map.Symbols.ResolveAll(upper);
        if (relative.Symbol is null && relative.Steps <= 0)
        {
            throw new RelativeRevisionException(relative.Steps == 0 ? "0" : relative.Text);
        }

        var landing = relative switch
        {
            { Symbol: null } => map.Symbols.Walk(Current(map, lower, relative.Label), relative.Steps, relative.Label, exact),
            { Steps: > 0 } => map.Symbols.Walk(new(map.Symbols.ResolveOne(relative.Symbol)), relative.Steps, relative.Label, exact),
            { Label: null } => map.Symbols.Walk(new(map.Symbols.ResolveOne(relative.Symbol)), relative.Steps, null, exact),
            _ => map.Symbols.Walk(new(map.Symbols.ResolveOne($"{relative.Label}@{relative.Symbol}")), relative.Steps, null, exact),
        };
        return [landing.Revision ?? throw new RelativeRevisionException(relative.Text)];
    }

    /// <summary>
    /// The current position, on the named branch if there is one: a row, else the tip of what the rows imply, else below the branch's
    /// base.
    /// </summary>
    private static WalkEnd Current(RevisionMap map, IReadOnlyList<string> rows, string? label)
    {
        if (label is null)
        {
            if (rows.Count > 1) throw Ambiguous(rows);
            return rows.Count == 0 ? WalkEnd.Nowhere : new(map.Symbols.ResolveOne(rows[0]));
        }

        var current = map.Symbols.ResolveAll(rows);
        var start = map.Symbols.Related(current, label);
        if (start.Count == 0)
        {
            var applied = map.Symbols.Related([.. RevisionWalk.Ancestors(current)], label);
            var below = new NodeSet(applied.SelectMany(n => n.NormalizedDown));
            start = [.. applied.Where(n => !below.Contains(n))];
        }

        return start switch
        {
            [] => WalkEnd.Nowhere,
            [var only] => new(only),
            _ => throw Ambiguous([.. start.Select(n => n.Id)]),
        };
    }

    /// <summary>
    /// The targets for label@base as the lower end: only those of the label. An id instead of a label means the one label of that
    /// revision.
    /// </summary>
    private static List<RevisionNode> WithLabel(RevisionMap map, List<RevisionNode> targets, string label)
    {
        if (map.Symbols.ResolveOne(label) is { } carrier && carrier.Id == label)
        {
            if (carrier.BranchLabels.Count != 1)
                throw new RevisionNotFoundException(label, $"Revision {label} is on no branch with exactly one label");
            label = carrier.BranchLabels.First();
        }

        return [.. targets.Where(t => t.HasLabel(label))];
    }

    // More steps down than revisions: count the rest from the upper end, and stop at the base.
    private static List<RevisionNode> TooFarDown(RevisionMap map, IReadOnlyList<string> upper, string lower)
    {
        var (_, landing) = DowngradePlan.Target(map, lower, upper, exact: false);
        return landing.Revision is null ? [] : [landing.Revision];
    }

    private static AmbiguousUpgradeException Ambiguous(IReadOnlyList<string> rows) =>
        new(rows) { Hint = "name the branch, as in label@+1, or the revision" };

    private static UnrelatedRevisionsException Unrelated(IReadOnlyList<string> upper, IReadOnlyList<string> lower) =>
        new(Shown(lower), Shown(upper));

    private static string Shown(IReadOnlyList<string> end) => end.Count == 0 ? "base" : string.Join(", ", end);
}
