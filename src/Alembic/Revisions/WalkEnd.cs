namespace Alembic.Revisions;

/// <summary>Where a relative walk ends: at a revision, exactly below a base, or (neither) nowhere because it went too far.</summary>
internal sealed record WalkEnd(RevisionNode? Revision, bool AtBase = false)
{
    public static WalkEnd Nowhere { get; } = new((RevisionNode?)null);

    public bool IsNowhere => Revision is null && !AtBase;
}
