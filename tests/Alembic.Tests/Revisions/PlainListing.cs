using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

/// <summary>The listing exactly as the reference describes it, with every ancestor set computed anew: slow, but plain to check.</summary>
internal static class PlainListing
{
    public static List<RevisionNode>? List(IReadOnlySet<RevisionNode> wanted, IEnumerable<RevisionNode> heads)
    {
        var open = heads.Where(wanted.Contains).Distinct().OrderBy(n => n.Order).ToList();
        var listed = new List<RevisionNode>();
        for (var i = 0; open.Count > 0;)
        {
            var candidate = open[i];
            var blocking = open.FindIndex(o => o != candidate && RevisionWalk.Ancestors([o]).Contains(candidate));
            if (blocking >= 0)
            {
                i = blocking;
                continue;
            }

            listed.Add(candidate);
            var parents = candidate.NormalizedDown.Where(d => wanted.Contains(d) && !listed.Contains(d) && !open.Contains(d)).ToList();
            if (parents.Count == 0)
            {
                open.RemoveAt(i);
                i = Math.Max(i - 1, 0);
                continue;
            }

            open[i] = parents[0];
            open.AddRange(parents.Skip(1));
        }

        return listed.Count == wanted.Count ? listed : null;
    }
}
