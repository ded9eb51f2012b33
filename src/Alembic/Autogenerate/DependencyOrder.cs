using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Sorts tables: each comes after those that its foreign keys point to. In a cycle, the table with the fewest open keys comes first.
/// </summary>
internal static class DependencyOrder
{
    /// <summary>The sorted tables, each with its foreign keys to later tables.</summary>
    public static IReadOnlyList<(Table Table, IReadOnlyList<ForeignKeyConstraint> Early)> Of(IEnumerable<Table> tables, Dialect dialect)
    {
        var waiting = tables.ToDictionary(TableKey.Of);
        var inOrder = waiting.Keys.Order().ToList();
        var open = inOrder.ToDictionary(key => key,
            key => TableKey.Needed(waiting[key], dialect).Where(k => k != key && waiting.ContainsKey(k)).ToHashSet());
        var pointing = inOrder.ToDictionary(key => key, _ => new List<TableKey>());
        foreach (var key in inOrder)
            foreach (var target in open[key])
                pointing[target].Add(key);
        var ready = new SortedSet<TableKey>(inOrder.Where(key => open[key].Count == 0));
        var result = new List<(Table, IReadOnlyList<ForeignKeyConstraint>)>();
        while (waiting.Count > 0)
        {
            var next = ready.Min ?? inOrder.Where(waiting.ContainsKey).MinBy(k => open[k].Count)!;
            ready.Remove(next);
            var table = waiting[next];
            waiting.Remove(next);
            result.Add((table, [.. table.ForeignKeys.Where(k => TableKey.Of(k) != next && waiting.ContainsKey(TableKey.Of(k)))]));
            foreach (var dependent in pointing[next])
                if (open[dependent].Remove(next) && open[dependent].Count == 0 && waiting.ContainsKey(dependent))
                    ready.Add(dependent);
        }
        return result;
    }
}
