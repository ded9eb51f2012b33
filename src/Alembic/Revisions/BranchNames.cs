namespace Alembic.Revisions;

/// <summary>Branch labels: which revision carries each, and which revisions inherit it.</summary>
internal static class BranchNames
{
    /// <summary>Adds the revisions to <paramref name="byName"/> under their labels, next to their ids.</summary>
    /// <returns>The labels in map order.</returns>
    public static IReadOnlyList<string> Register(IReadOnlyList<RevisionNode> nodes, Dictionary<string, RevisionNode> byName)
    {
        var labels = new List<string>();
        foreach (var node in nodes.Where(n => n.Revision.BranchLabels.Count > 0))
        {
            foreach (var label in node.Revision.BranchLabels.Distinct())
            {
                if (byName.TryGetValue(label, out var user))
                {
                    throw new DuplicateBranchLabelException(label, node.Id, user.Id)
                    {
                        Hint = RevisionException.FilesOf(node.Revision, user.Revision)
                    };
                }

                byName.Add(label, node);
                labels.Add(label);
            }
        }

        return labels;
    }

    /// <summary>
    /// Gives each label to everything above its carrier. On a line without forks the revisions below inherit it too, down to a fork or
    /// merge.
    /// </summary>
    public static void Spread(IReadOnlyList<RevisionNode> nodes)
    {
        foreach (var carrier in nodes)
        {
            var labels = carrier.Revision.BranchLabels;
            if (labels.Count == 0) continue;
            foreach (var node in RevisionWalk.Descendants([carrier], dependencies: false)) node.AddLabels(labels);
            if (IsPlainLine(carrier)) SpreadDown(carrier, labels);
        }
    }

    // A carrier on any other line has a fork or merge above it, where the walk down from a tip ends.
    private static bool IsPlainLine(RevisionNode carrier)
    {
        for (var node = carrier; ; node = node.Next[0])
        {
            if (IsEndOfLine(node)) return false;
            if (node.IsHead) return true;
        }
    }

    private static void SpreadDown(RevisionNode carrier, IReadOnlyList<string> labels)
    {
        for (var node = carrier; !node.IsBase && !IsEndOfLine(node.Down[0]); node = node.Down[0]) node.Down[0].AddLabels(labels);
    }

    private static bool IsEndOfLine(RevisionNode node) => node.AllNext.Count > 1 || node.IsMergePoint;
}
