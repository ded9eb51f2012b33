namespace Alembic.Revisions;

/// <summary>The end of a relative walk: a revision, directly below a base, or (neither) nowhere because the walk went too far.</summary>
internal sealed record WalkEnd(RevisionNode? Revision, bool AtBase = false)
{
    public static WalkEnd Nowhere { get; } = new((RevisionNode?)null);

    public bool IsNowhere => Revision is null && !AtBase;
}
