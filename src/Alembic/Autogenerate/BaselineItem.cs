using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>An object that a baseline creates.</summary>
/// <param name="Place">Its position if no dependency moves it.</param>
/// <param name="Plan">The operations, without foreign keys.</param>
internal sealed record BaselineItem((int Kind, int Index) Place, IReadOnlyList<PlannedOperation> Plan)
{
    private static readonly IEqualityComparer<BaselineItem> ByReference = ReferenceEqualityComparer.Instance;

    /// <summary>The name that <see cref="Needs"/> of others use for it.</summary>
    public string? Id { get; init; }

    /// <summary>What must exist before it.</summary>
    public IReadOnlyCollection<string> Needs { get; init; } = [];

    /// <summary>The name that foreign keys use for it: that of a table or a partition; null for anything else.</summary>
    public TableKey? Key { get; init; }

    /// <summary>The table; null for anything else.</summary>
    public Table? Table { get; init; }

    /// <summary>Tells whether the database's own SQL creates the table, without its foreign keys.</summary>
    public bool IsVerbatim { get; init; }

    /// <summary>
    /// Sorts items: each comes after what it needs and, if cycles allow, after the tables that its foreign keys point to.
    /// </summary>
    public static IReadOnlyList<BaselineItem> InOrder(IReadOnlyList<BaselineItem> items, Dialect dialect)
    {
        var byId = items.Where(i => i.Id is not null).GroupBy(i => i.Id!).ToDictionary(g => g.Key, g => g.First());
        var byTable = items.Where(i => i.Key is not null).ToDictionary(i => i.Key!);
        var needed = items.ToDictionary(i => i, i => Others(i, i.Needs.Select(byId.GetValueOrDefault)), ByReference);
        var wanted = items.ToDictionary(i => i, i => Others(i, Targets(i, dialect).Select(byTable.GetValueOrDefault)),
            ByReference);
        var dependents = items.SelectMany(i => needed[i].Union(wanted[i]).Select(other => (other, i)))
            .ToLookup(p => p.other, p => p.i, ByReference);
        var waiting = items.ToHashSet(ByReference);
        var result = new List<BaselineItem>();
        while (waiting.Count > 0)
        {
            // In a cycle, the item with the fewest open needs comes first.
            var next = waiting.MinBy(i => (needed[i].Count, i.Place.Kind, wanted[i].Count, i.Place.Index))!;
            waiting.Remove(next);
            result.Add(next);
            foreach (var dependent in dependents[next])
            {
                needed[dependent].Remove(next);
                wanted[dependent].Remove(next);
            }
        }
        return result;
    }

    private static HashSet<BaselineItem> Others(BaselineItem item, IEnumerable<BaselineItem?> others) =>
        others.OfType<BaselineItem>().Where(other => !ReferenceEquals(other, item)).ToHashSet(ByReference);

    private static IEnumerable<TableKey> Targets(BaselineItem item, Dialect dialect) =>
        item.Table is { } table ? TableKey.Needed(table, dialect) : [];
}
