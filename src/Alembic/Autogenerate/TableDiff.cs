using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Tables that only one side has: new ones in the order of their foreign keys, old ones in the opposite order.</summary>
internal static class TableDiff
{
    public static TableChanges Added(IEnumerable<Table> added, SharedTables common)
    {
        var log = new List<LogEvent>();
        var (create, keys) = (new List<Operation>(), new List<Operation>());
        foreach (var (table, early) in DependencyOrder.Of(added, common.Dialect))
        {
            var later = common.Dialect.Comparison.AllowsDanglingKeys
                ? []
                : early.Concat(table.ForeignKeys.Where(k => !common.Keeps(k, table))).Distinct().ToList();
            create.Add(new CreateTable(Without(table, later)));
            keys.AddRange(later.Select(k => Constraints.Create(k, table)));
            log.Add(Event("tables", $"Detected added table '{TablePair.LogNameOf(table)}'"));
            log.AddRange(table.Indexes.Select(i => Event("constraints", IndexDiff.AddedMessage(i))));
        }
        return new(create, keys, log);
    }

    public static TableChanges Removed(IEnumerable<Table> removed, SharedTables common)
    {
        var log = new List<LogEvent>();
        var (drop, keys) = (new List<Operation>(), new List<Operation>());
        foreach (var (table, early) in DependencyOrder.Of(removed, common.Dialect).Reverse())
        {
            var first = common.Dialect.Comparison.AllowsDanglingKeys
                ? []
                : early.Concat(table.ForeignKeys.Where(k => !common.Keeps(k, table))).Distinct().ToList();
            drop.Add(new DropTable(table.Name, table.Schema) { Definition = Without(table, first) });
            keys.AddRange(first.Select(k => Constraints.Drop(k, table)));
            log.AddRange(
                table.Indexes.Select(i => Event("constraints", $"Detected removed index '{i.Name}' on '{TablePair.LogNameOf(table)}'")));
            log.Add(Event("tables", $"Detected removed table '{TablePair.LogNameOf(table)}'"));
        }
        return new(drop, keys, log);
    }

    /// <summary>
    /// A table without some of its foreign keys, and without its inherited columns, which are added and dropped with the parent's.
    /// </summary>
    public static Table Without(Table table, List<ForeignKeyConstraint> keys)
    {
        var rest = table.Without(keys);
        return rest with { Items = [.. rest.Items.Where(i => i is not Column { IsInherited: true })] };
    }

    private static LogEvent Event(string area, string message) => new Difference(Phase.AddColumn, area, message, null).Event!;
}

/// <summary>Tables to create or drop, and the foreign keys of cycles, which are created after or dropped before all of them.</summary>
internal sealed record TableChanges(IReadOnlyList<Operation> Tables, IReadOnlyList<Operation> ForeignKeys, IReadOnlyList<LogEvent> Log);
