namespace Alembic.Revisions;

/// <summary>A revision and its place in the graph. Every list is in map order unless it says otherwise.</summary>
public sealed class RevisionNode
{
    private static readonly SortedSet<string> NoLabels = new(StringComparer.Ordinal);

    private SortedSet<string> labels = NoLabels;

    internal RevisionNode(Revision revision, int order)
    {
        Revision = revision;
        Order = order;
    }

    /// <summary>The revision as the file declares it.</summary>
    public Revision Revision { get; }

    /// <summary>The revision id.</summary>
    public string Id => Revision.Id;

    /// <summary>The revisions this one follows, in the order written.</summary>
    public IReadOnlyList<RevisionNode> Down { get; internal set; } = [];

    /// <summary>The revisions this one depends on, labels replaced by the revisions that carry them, in the order written.</summary>
    public IReadOnlyList<RevisionNode> Dependencies { get; internal set; } = [];

    /// <summary><see cref="Down"/>, then <see cref="Dependencies"/>, each once.</summary>
    public IReadOnlyList<RevisionNode> AllDown { get; internal set; } = [];

    /// <summary><see cref="AllDown"/> without the dependencies that an ancestor already declares.</summary>
    public IReadOnlyList<RevisionNode> NormalizedDown { get; internal set; } = [];

    /// <summary>The revisions that follow this one.</summary>
    public IReadOnlyList<RevisionNode> Next => Followers;

    /// <summary>The revisions that follow this one or depend on it.</summary>
    public IReadOnlyList<RevisionNode> AllNext => Dependents;

    /// <summary>The labels of the branch this revision is on, sorted.</summary>
    public IReadOnlyCollection<string> BranchLabels => labels;

    /// <summary>Tells whether nothing follows this revision; another may still depend on it.</summary>
    public bool IsHead => Followers.Count == 0;

    /// <summary>Tells whether nothing follows this revision and nothing depends on it.</summary>
    public bool IsRealHead => Dependents.Count == 0;

    /// <summary>Tells whether this revision follows none; it may still depend on one.</summary>
    public bool IsBase => Down.Count == 0;

    /// <summary>Tells whether this revision follows none and depends on none.</summary>
    public bool IsRealBase => AllDown.Count == 0;

    /// <summary>Tells whether several revisions follow this one.</summary>
    public bool IsBranchPoint => Followers.Count > 1;

    /// <summary>Tells whether this revision follows several.</summary>
    public bool IsMergePoint => Down.Count > 1;

    /// <inheritdoc/>
    public override string ToString() => Id;

    internal int Order { get; }

    internal List<RevisionNode> Followers { get; } = new(1);

    internal List<RevisionNode> Dependents { get; } = new(1);

    internal bool HasLabel(string label) => labels.Contains(label);

    internal void AddLabels(IEnumerable<string> more)
    {
        if (ReferenceEquals(labels, NoLabels)) labels = new(StringComparer.Ordinal);
        labels.UnionWith(more);
    }
}
