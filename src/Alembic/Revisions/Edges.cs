namespace Alembic.Revisions;

/// <summary>Turns the ids and labels that revisions name into edges of the graph.</summary>
internal static class Edges
{
    public static void Connect(IReadOnlyList<RevisionNode> nodes, IReadOnlyDictionary<string, RevisionNode> byName)
    {
        foreach (var node in nodes)
        {
            node.Down = Named(node.Revision, node.Revision.Down, byName, byLabel: false);
            node.Dependencies = Named(node.Revision, node.Revision.DependsOn, byName, byLabel: true);
            node.AllDown = node.NormalizedDown = node.Dependencies.Count == 0 ? node.Down : [.. node.Down.Union(node.Dependencies)];
            foreach (var down in node.Down) down.Followers.Add(node);
            foreach (var down in node.AllDown) down.Dependents.Add(node);
        }
    }

    /// <summary>Drops the dependencies that an ancestor already declares: the ancestor implies them.</summary>
    public static void Normalize(IReadOnlyList<RevisionNode> nodes)
    {
        if (nodes.All(n => n.Dependencies.Count == 0)) return;
        var implied = new HashSet<(RevisionNode Node, RevisionNode Dependency)>();
        var declarations = nodes.SelectMany(n => n.Dependencies, (node, dependency) => (node, dependency))
            .GroupBy(d => d.dependency, d => d.node);
        foreach (var declaration in declarations)
        {
            var declarers = declaration.ToList();
            if (declarers.Count == 1) continue;
            var later = RevisionWalk.Descendants(declarers.SelectMany(n => n.Next), dependencies: false);
            implied.UnionWith(declarers.Where(later.Contains).Select(n => (n, declaration.Key)));
        }

        foreach (var node in implied.Select(i => i.Node).Distinct())
        {
            node.NormalizedDown = [.. node.Down.Union(node.Dependencies.Where(d => !implied.Contains((node, d))))];
        }
    }

    private static RevisionNode[] Named(Revision by, IReadOnlyList<string> names,
        IReadOnlyDictionary<string, RevisionNode> byName, bool byLabel)
    {
        if (names.Count == 0) return [];
        var nodes = new RevisionNode[names.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!byName.TryGetValue(names[i], out var node) || (!byLabel && node.Id != names[i])) throw Missing(names[i], by);
            nodes[i] = node;
        }

        return nodes.Length == 1 ? nodes : [.. nodes.Distinct()];
    }

    private static MissingRevisionException Missing(string name, Revision by) => new(name, by.Id) { Hint = RevisionException.FilesOf(by) };
}
