namespace Alembic.Revisions;

/// <summary>Branch labels: who carries one, and which revisions it spreads to.</summary>
internal static class BranchNames
{
    /// <summary>The carriers by label, in map order.</summary>
    public static IReadOnlyList<KeyValuePair<string, RevisionNode>> Register(IReadOnlyList<RevisionNode> nodes, IReadOnlyDictionary<string, RevisionNode> byId)
    {
        var carriers = new Dictionary<string, RevisionNode>(StringComparer.Ordinal);
        var names = new List<KeyValuePair<string, RevisionNode>>();
        foreach (var node in nodes)
        {
            foreach (var label in node.Revision.BranchLabels.Distinct())
            {
                if (byId.TryGetValue(label, out var user) || carriers.TryGetValue(label, out user))
                {
                    throw new DuplicateBranchLabelException(label, node.Id, user.Id) { Hint = RevisionException.FilesOf(node.Revision, user.Revision) };
                }

                carriers.Add(label, node);
                names.Add(new(label, node));
            }
        }

        return names;
    }

    /// <summary>A label holds for all that follows its carrier; on a plain line also for what the carrier follows, down to a fork or a merge.</summary>
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
