namespace Alembic.Revisions;

/// <summary>The revisions to undo, newest first, to bring a database down to a destination.</summary>
internal static class DowngradePlan
{
    public static List<RevisionNode> List(RevisionMap map, string destination, IReadOnlyList<string> rows)
    {
        var (label, landing) = Target(map, destination, rows, exact: true);
        var roots = Roots(map, label, landing.Revision);
        var heads = map.Symbols.ResolveAll(rows);

        var dropped = RevisionWalk.Descendants(roots);
        dropped.IntersectWith(RevisionWalk.Ancestors(heads));
        if (landing.Revision is { } target && dropped.Count == 0 && !heads.Contains(target))
            throw new InvalidDowngradeException(destination);
        return NewestFirst.List(dropped, heads) ?? throw new InvalidDowngradeException(destination);
    }

    /// <summary>The label that limits a downgrade, and the revision where it ends.</summary>
    public static (string? Label, WalkEnd Target) Target(RevisionMap map, string destination, IReadOnlyList<string> rows, bool exact)
    {
        if (RelativeIdentifier.Parse(destination) is not { } relative)
        {
            var at = destination.LastIndexOf('@');
            var target = map.Symbols.ResolveOne(destination[(at + 1)..]);
            return (at > 0 ? destination[..at] : null, new(target, AtBase: target is null));
        }

        if (relative.Steps >= 0) return (relative.Label, Above(map, relative, exact));

        var label = relative.Label;
        var symbol = relative.Symbol ?? CurrentOf(map, relative, rows);
        if (relative.Symbol is null) label ??= symbol;
        var start = map.Symbols.ResolveOne(label is null ? symbol : $"{label}@{symbol}");
        var landing = map.Symbols.Walk(new(start), relative.Steps, null, exact);
        return !landing.IsNowhere ? (label, landing) : throw TooFar(relative);
    }

    private static WalkEnd Above(RevisionMap map, RelativeIdentifier relative, bool exact)
    {
        if (relative.Symbol is null) throw new RelativeRevisionException(relative.Text);
        var landing = map.Symbols.Walk(new(map.Symbols.ResolveOne(relative.Symbol)), relative.Steps, relative.Label, exact);
        return !landing.IsNowhere ? landing : throw TooFar(relative);
    }

    private static RelativeRevisionException TooFar(RelativeIdentifier relative) =>
        relative.Symbol is null ? new(relative.Text) : new(relative.Text, "Walked too far");

    /// <summary>The id of the row to step down from.</summary>
    private static string CurrentOf(RevisionMap map, RelativeIdentifier relative, IReadOnlyList<string> rows)
    {
        if (relative.Label is null)
        {
            if (rows.Count == 0) throw new RelativeRevisionException(relative.Text);
            if (rows.Distinct().Count() > 1)
                map.Warn("downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a future release.");
            return rows[0];
        }

        var current = map.Symbols.ResolveAll(rows);
        var onBranch = map.Symbols.Related(current, relative.Label);
        if (onBranch.Count == 0) onBranch = map.Symbols.Related(AppliedTips.Of(current), relative.Label);
        return onBranch.Count == 1 ? onBranch[0].Id : throw new RelativeRevisionException(relative.Text);
    }

    /// <summary>The lowest revisions to drop: all bases, or what follows the target; with a label only those below it.</summary>
    private static IEnumerable<RevisionNode> Roots(RevisionMap map, string? label, RevisionNode? target)
    {
        var roots = target is null ? map.Revisions.Where(n => n.IsBase).ToList() : target.Next;

        // A single root is taken whatever the label is. A base counts once for each of its labels, though.
        if (label is null || roots.Count + (target is null ? roots.Sum(r => r.Revision.BranchLabels.Count) : 0) <= 1) return roots;

        var below = RevisionWalk.Ancestors([map.Symbols.Branch(label)], dependencies: false);
        var kept = roots.Where(below.Contains).ToList();
        return kept.Count > 0 ? kept : throw new RevisionException("Not a valid downgrade target from current heads");
    }
}
