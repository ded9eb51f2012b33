using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Tables so that each comes after those that its foreign keys point to; in a circle, the one with the fewest keys still open comes first.</summary>
internal static class DependencyOrder
{
    /// <summary>The tables in order, each with the foreign keys to tables that come later.</summary>
    public static IReadOnlyList<(Table Table, IReadOnlyList<ForeignKeyConstraint> Early)> Of(IEnumerable<Table> tables)
    {
        var waiting = new SortedDictionary<(string Schema, string Name), Table>(tables.ToDictionary(Key), Comparer<(string Schema, string Name)>.Create(Compare));
        var open = waiting.ToDictionary(t => t.Key, t => Targets(t.Value).Where(k => k != t.Key && waiting.ContainsKey(k)).ToHashSet());
        var pointing = open.SelectMany(t => t.Value.Select(target => (target, t.Key))).ToLookup(p => p.target, p => p.Key);
        var ready = new SortedSet<(string, string)>(open.Where(t => t.Value.Count == 0).Select(t => t.Key), Comparer<(string Schema, string Name)>.Create(Compare));
        var result = new List<(Table, IReadOnlyList<ForeignKeyConstraint>)>();
        while (waiting.Count > 0)
        {
            var next = ready.Count > 0 ? ready.Min : waiting.Keys.MinBy(k => open[k].Count);
            ready.Remove(next);
            var table = waiting[next];
            waiting.Remove(next);
            result.Add((table, [.. table.ForeignKeys.Where(k => Target(k) != next && waiting.ContainsKey(Target(k)))]));
            foreach (var dependent in pointing[next])
                if (open[dependent].Remove(next) && open[dependent].Count == 0 && waiting.ContainsKey(dependent))
                    ready.Add(dependent);
        }
        return result;
    }

    public static (string Schema, string Name) Key(Table table) => (table.Schema ?? "", table.Name);

    public static (string Schema, string Name) Target(ForeignKeyConstraint key) => (key.ReferentSchema ?? "", key.ReferentTable);

    private static IEnumerable<(string, string)> Targets(Table table) => table.ForeignKeys.Select(Target).Concat(table.Inherited().Select(p => (p.Schema ?? "", p.Name)));

    public static int Compare((string Schema, string Name) a, (string Schema, string Name) b) =>
        string.CompareOrdinal(a.Schema, b.Schema) is not 0 and var order ? order : string.CompareOrdinal(a.Name, b.Name);
}
