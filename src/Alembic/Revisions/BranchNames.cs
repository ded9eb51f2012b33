namespace Alembic.Revisions;

/// <summary>Branch labels: who carries one, and which revisions it spreads to.</summary>
internal static class BranchNames
{
    /// <summary>Enters the revisions by the labels that they carry, beside their ids.</summary>
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
    /// A label holds for all that follows its carrier; on a plain line also for what the carrier follows, down to a fork or a merge.
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

    // From anywhere else the way down from a tip ends at a fork or merge above the carrier.
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
