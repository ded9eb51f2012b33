using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Tables that only one side has: new ones in the order of their foreign keys, old ones in the opposite order.</summary>
internal static class TableDiff
{
    public static TableChanges Added(IEnumerable<Table> added, IReadOnlyDictionary<(string, string), Table> database, Dialect dialect)
    {
        var log = new List<LogEvent>();
        var (create, keys) = (new List<Operation>(), new List<Operation>());
        foreach (var (table, early) in DependencyOrder.Of(added))
        {
            // SQLite lets a foreign key point to what is not there yet, and could not add it later without building the table anew.
            var later = dialect.Name == "sqlite" ? [] : early.Concat(table.ForeignKeys.Where(k => !IsThere(k, table, database, dialect))).Distinct().ToList();
            create.Add(new CreateTable(Without(table, later)));
            keys.AddRange(later.Select(k => Constraints.Create(k, table)));
            log.Add(Event("tables", $"Detected added table '{TablePair.LogNameOf(table)}'"));
            log.AddRange(table.Indexes.Select(i => Event("constraints", IndexDiff.AddedMessage(i))));
        }
        return new(create, keys, log);
    }

    public static TableChanges Removed(IEnumerable<Table> removed, IReadOnlyDictionary<(string, string), Table> model, Dialect dialect)
    {
        var log = new List<LogEvent>();
        var (drop, keys) = (new List<Operation>(), new List<Operation>());
        foreach (var (table, early) in DependencyOrder.Of(removed).Reverse())
        {
            var first = dialect.Name == "sqlite" ? [] : early.Concat(table.ForeignKeys.Where(k => !IsThere(k, table, model, dialect))).Distinct().ToList();
            drop.Add(new DropTable(table.Name, table.Schema) { Definition = Without(table, first) });
            keys.AddRange(first.Select(k => Constraints.Drop(k, table)));
            log.AddRange(table.Indexes.Select(i => Event("constraints", $"Detected removed index '{i.Name}' on '{TablePair.LogNameOf(table)}'")));
            log.Add(Event("tables", $"Detected removed table '{TablePair.LogNameOf(table)}'"));
        }
        return new(drop, keys, log);
    }

    // On the other side the table that it points to may lack the columns, may have them in another type, or may not have a key over them.
    private static bool IsThere(ForeignKeyConstraint key, Table table, IReadOnlyDictionary<(string, string), Table> others, Dialect dialect)
    {
        if (!others.TryGetValue(DependencyOrder.Target(key), out var target))
            return true;
        TypeSpelling? TypeIn(Table t, string column) => t.Columns.FirstOrDefault(c => c.Name == column) is { } found ? TypeSpelling.Of(found.Type, dialect) : null;
        var keys = target.Uniques.Select(u => u.Columns).Concat(target.Indexes.Where(i => i.Unique && i.Where is null).Select(i => (IReadOnlyList<string>)[.. i.Columns.Select(c => c.Column ?? "")]))
            .Append(target.PrimaryKey?.Columns ?? []);
        return keys.Any(columns => columns.ToHashSet().SetEquals(key.ReferentColumns))
            && key.Columns.Zip(key.ReferentColumns).All(c => TypeIn(table, c.First) is { } type && TypeIn(target, c.Second)?.IsSameAs(type) == true);
    }

    private static Table Without(Table table, List<ForeignKeyConstraint> keys) => keys.Count == 0 ? table : table with
    {
        Items =
        [
            .. table.Items.Where(i => i is not ForeignKeyConstraint key || !keys.Contains(key))
                .Select(i => i is Column { ForeignKey: { } key } column && keys.Contains(key.OnColumn(column.Name)) ? column with { ForeignKey = null } : i),
        ],
    };

    private static LogEvent Event(string area, string message) => new Finding(Phase.AddColumn, area, message, null).Event!;
}

/// <summary>Tables to make or drop, and the foreign keys of circles, which are made after all of them or dropped before.</summary>
internal sealed record TableChanges(IReadOnlyList<Operation> Tables, IReadOnlyList<Operation> ForeignKeys, IReadOnlyList<LogEvent> Log);
