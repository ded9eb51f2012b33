namespace Alembic.Revisions;

/// <summary>
/// The changes that a step makes to the version rows. The rows are the heads of what is applied: a row is deleted if another
/// implies it.
/// </summary>
/// <param name="Changes">The changes in the order to make them.</param>
/// <param name="Rows">The rows afterwards.</param>
/// <param name="LogText">The debug log line.</param>
public sealed record HeadChange(IReadOnlyList<RowChange> Changes, IReadOnlyList<string> Rows, string LogText)
{
    /// <summary>Computes the change; writes nothing.</summary>
    /// <param name="map">The graph the step was planned with.</param>
    /// <param name="step">The step.</param>
    /// <param name="rows">The rows before it.</param>
    /// <exception cref="VersionRowException">A row to change is missing, or a row to insert already exists.</exception>
    public static HeadChange Of(RevisionMap map, Step step, IReadOnlyCollection<string> rows)
    {
        var before = rows.Distinct().ToList();
        return step.Node is not { } node ? OfStamp(step, before) : step.IsUpgrade ? OfUpgrade(node, before)
            : OfDowngrade(map, node, before);
    }

    private static HeadChange OfUpgrade(RevisionNode node, List<string> rows)
    {
        var replaced = node.NormalizedDown.Select(d => d.Id).Where(rows.Contains).ToList();
        return replaced.Count == 0 ? Insert(node.Id, rows) : Replace(replaced, node.Id, rows);
    }

    private static HeadChange OfDowngrade(RevisionMap map, RevisionNode node, List<string> rows)
    {
        // Another row can imply a parent only if another revision follows or depends on it. Otherwise skip the walk: a long downgrade
        // would repeat it at each step.
        var others = new Lazy<NodeSet>(() => RevisionWalk.Ancestors(map.Resolve(rows.Where(r => r != node.Id))));
        var uncovered = node.NormalizedDown
            .Where(d => (d.AllNext.Count == 1 && !rows.Contains(d.Id)) || !others.Value.Contains(d)).ToList();

        // A dependency may be an ancestor of the parent: then the parent's row implies it.
        if (uncovered.Count > 1)
        {
            var implied = RevisionWalk.Ancestors(uncovered.SelectMany(d => d.NormalizedDown));
            uncovered.RemoveAll(implied.Contains);
        }

        return uncovered.Count == 0 ? Delete(node.Id, rows) : Split(node.Id, [.. uncovered.Select(d => d.Id)], rows);
    }

    private static HeadChange OfStamp(Step step, List<string> rows)
    {
        if (step.To is not [var to]) return Delete(step.From[0], rows);

        // An earlier step of the same command may have replaced a row that several targets share: a branch point below them, or a
        // merge above.
        var replaced = step.From.Where(rows.Contains).ToList();
        return replaced.Count == 0 ? Insert(to, rows) : Replace(replaced, to, rows);
    }

    private static HeadChange Insert(string id, List<string> rows) => Create($"new branch insert {id}", rows, [new RowChange.Insert(id)]);

    private static HeadChange Delete(string id, List<string> rows) => Create($"branch delete {id}", rows, [new RowChange.Delete(id)]);

    private static HeadChange Replace(IReadOnlyList<string> from, string to, List<string> rows)
    {
        var (gone, last) = (from.SkipLast(1).ToList(), from[^1]);
        var text = gone.Count == 0 ? $"update {last} to {to}" : $"merge, delete [{Quoted(gone)}], update {last} to {to}";
        return Create(text, rows, [.. gone.Select(id => new RowChange.Delete(id)), new RowChange.Update(last, to)]);
    }

    private static HeadChange Split(string from, IReadOnlyList<string> to, List<string> rows)
    {
        var (added, last) = (to.SkipLast(1).ToList(), to[^1]);
        var text = added.Count == 0
            ? $"update {from} to {last}"
            : $"unmerge, insert ({Quoted(added)}{(added.Count == 1 ? "," : "")}), update {from} to {last}";
        return Create(text, rows, [.. added.Select(id => new RowChange.Insert(id)), new RowChange.Update(from, last)]);
    }

    private static string Quoted(IEnumerable<string> ids) => string.Join(", ", ids.Select(id => $"'{id}'"));

    private static HeadChange Create(string text, List<string> rows, IReadOnlyList<RowChange> changes)
    {
        var after = rows.ToList();
        foreach (var change in changes)
        {
            var (gone, added) = change switch
            {
                RowChange.Insert(var id) => ((string?)null, id),
                RowChange.Delete(var id) => (id, null),
                RowChange.Update(var from, var to) => (from, to),
                _ => throw new InvalidOperationException(),
            };
            var at = gone is null ? after.Count : after.IndexOf(gone);
            if (at < 0)
                throw new VersionRowException(gone!,
                    $"Version row '{gone}' is not present; the rows are {(rows.Count == 0 ? "none" : Quoted(rows))}");
            if (added is not null && after.Contains(added))
                throw new VersionRowException(added, $"Version row '{added}' is present already");
            if (gone is not null) after.RemoveAt(at);
            if (added is not null) after.Insert(at, added);
        }

        return new(changes, after, text);
    }
}
