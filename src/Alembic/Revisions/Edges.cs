namespace Alembic.Revisions;

/// <summary>Turns the ids and labels that revisions name into edges of the graph.</summary>
internal static class Edges
{
    public static void Connect(
        IReadOnlyList<RevisionNode> nodes,
        IReadOnlyDictionary<string, RevisionNode> byId,
        IReadOnlyList<KeyValuePair<string, RevisionNode>> names)
    {
        var byName = names.ToDictionary(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            node.Down = [.. node.Revision.Down.Distinct().Select(id => byId.GetValueOrDefault(id) ?? throw Missing(id, node))];
            node.Dependencies = [.. node.Revision.DependsOn
                .Select(name => byId.GetValueOrDefault(name) ?? byName.GetValueOrDefault(name) ?? throw Missing(name, node)).Distinct()];
            node.AllDown = node.NormalizedDown = node.Dependencies.Count == 0 ? node.Down : [.. node.Down.Union(node.Dependencies)];
            foreach (var down in node.Down) down.Followers.Add(node);
            foreach (var down in node.AllDown) down.Dependents.Add(node);
        }
    }

    /// <summary>Drops the dependencies that an ancestor declares already: having the ancestor implies them.</summary>
    public static void Normalize(IReadOnlyList<RevisionNode> nodes)
    {
        var implied = new HashSet<(RevisionNode Node, RevisionNode Dependency)>();
        var declarations = nodes.SelectMany(n => n.Dependencies, (node, dependency) => (node, dependency)).GroupBy(d => d.dependency, d => d.node);
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

    private static MissingRevisionException Missing(string name, RevisionNode from) =>
        new(name, from.Id) { Hint = RevisionException.FilesOf(from.Revision) };
}
