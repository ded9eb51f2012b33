namespace Alembic.Revisions;

/// <summary>The tips of what is applied: the rows, and the tips of other branches that the rows imply through dependencies.</summary>
internal static class AppliedTips
{
    public static IReadOnlyList<RevisionNode> Of(IEnumerable<RevisionNode> rows)
    {
        var applied = RevisionWalk.Ancestors(rows);
        var tips = applied.Where(n => !n.Next.Any(applied.Contains)).ToList();
        tips.Sort((a, b) => a.Order - b.Order);
        return tips;
    }
}
