namespace Alembic.Revisions;

/// <summary>The graph of all revisions. It is built once from a list, and reads neither files nor a database.</summary>
public sealed partial class RevisionMap
{
    private readonly Action<string> warn;
    // By id and, once those are registered, by branch label.
    private readonly Dictionary<string, RevisionNode> byName = new(StringComparer.Ordinal);
    private readonly RevisionSymbols symbols;

    /// <summary>Builds and checks the graph, in linear time.</summary>
    /// <param name="revisions">The revisions in load order, which decides every tie.</param>
    /// <param name="warn">Receives warnings about this list and from later queries; null drops them.</param>
    /// <exception cref="RevisionException">The revisions do not form a graph: cycles, unknown or illegal ids, duplicate
    /// labels.</exception>
    public RevisionMap(IEnumerable<Revision> revisions, Action<string>? warn = null)
    {
        this.warn = warn ?? (_ => { });
        var loaded = Load(revisions);
        Revisions = [.. byName.Values];

        var labels = BranchNames.Register(Revisions, byName);
        Edges.Connect(Revisions, byName);

        // As in Alembic, a file that a later one with the same id replaces still counts as a head: nothing can follow it.
        Heads = [.. loaded.Where(n => n.IsHead).Select(Kept)];
        RealHeads = [.. loaded.Where(n => n.IsRealHead).Select(Kept)];
        Bases = [.. loaded.Where(n => n.Revision.Down.Count == 0).Select(Kept)];
        RealBases = [.. loaded.Where(n => n.Revision.Down.Count == 0 && n.Revision.DependsOn.Count == 0).Select(Kept)];

        Cycles.Check(this);
        Edges.Normalize(Revisions);
        BranchNames.Spread(Revisions);
        symbols = new RevisionSymbols(this, byName, labels);
    }

    /// <summary>All revisions in load order. If several have one id, the last one counts, in the place of the first.</summary>
    public IReadOnlyList<RevisionNode> Revisions { get; }

    /// <summary>The versioned heads: nothing follows them. This is what the heads command lists and "head" means.</summary>
    public IReadOnlyList<RevisionNode> Heads { get; }

    /// <summary>The heads that nothing depends on either: what "heads" means as a target.</summary>
    public IReadOnlyList<RevisionNode> RealHeads { get; }

    /// <summary>The revisions that follow none.</summary>
    public IReadOnlyList<RevisionNode> Bases { get; }

    /// <summary>The revisions that follow none and depend on none.</summary>
    public IReadOnlyList<RevisionNode> RealBases { get; }

    /// <summary>Gets the graph with one more revision; checks all of it again.</summary>
    /// <param name="revision">The revision to add; if its id exists, it replaces that revision, with a warning.</param>
    /// <exception cref="RevisionException">The revision does not fit into the graph.</exception>
    public RevisionMap With(Revision revision) => new([.. Revisions.Select(n => n.Revision), revision], warn);

    /// <summary>The number of characters of the longest id.</summary>
    internal int LongestId => Revisions.Select(n => n.Id.Length).DefaultIfEmpty().Max();

    internal RevisionSymbols Symbols => symbols;

    internal void Warn(string text) => warn(text);

    private RevisionNode Kept(RevisionNode node) => byName[node.Id];

    private List<RevisionNode> Load(IEnumerable<Revision> revisions)
    {
        var loaded = new List<RevisionNode>();
        foreach (var revision in revisions)
        {
            RevisionIds.Check(revision.Id, revision);
            Cycles.CheckSelfLoop(revision);
            var known = byName.GetValueOrDefault(revision.Id);
            if (known is not null) warn($"Revision {revision.Id} is present more than once");
            var node = new RevisionNode(revision, known?.Order ?? loaded.Count);
            byName[revision.Id] = node;
            loaded.Add(node);
        }

        // On many servers the version table cannot tell ids apart that differ only in case.
        foreach (var same in byName.Values.GroupBy(n => n.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            throw new RevisionException($"Revision identifiers {string.Join(" and ", same.Select(n => $"'{n.Id}'"))} differ only in case")
            {
                Hint = RevisionException.FilesOf([.. same.Select(n => n.Revision)]),
            };
        }
        return loaded;
    }
}
