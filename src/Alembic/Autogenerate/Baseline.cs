using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>
/// The operations that turn an empty database into the current one: the first revision of a project for an existing database.
/// </summary>
public static class Baseline
{
    private const string Verbatim = "In the database's own words: op.CreateTable cannot express all of this.";

    /// <summary>Plans the revision.</summary>
    /// <param name="database">The database, as an inspector read it.</param>
    /// <param name="unmapped">The objects of the database that a model does not have.</param>
    /// <param name="dialect">Its dialect.</param>
    /// <param name="options">What is compared.</param>
    public static Comparison Of(MetaData database, IReadOnlyList<UnmappedObject> unmapped, Dialect dialect, ComparisonOptions options)
    {
        var tables = new IncludeFilter(options, isDatabase: true, []).Apply(NormalForm.Of(database))
            .Where(t => !IncludeFilter.IsOfAnotherTool(t)).Select(t => Leave(t, dialect)).ToList();
        var objects =
            unmapped.Where(u => !u.IsTable && !u.IsLeftOut
                && options.IncludeName(new SchemaObject(u.Name, SchemaObjectKind.Table) { Schema = u.Schema, IsReflected = true })
            // The version table exists first, and stays when everything else is dropped.
            && !u.Instead.Any(o => o is CreateSchema schema && schema.Name == options.VersionTableSchema)).ToList();
        // A trigger may belong to a view or a partition.
        var holders = tables.Select(t => (t.Schema, t.Name)).ToHashSet();
        holders.UnionWith([.. objects.Where(u => u.Of is not { } of || (IsPartition(u) && holders.Contains(of)))
            .Select(u => (u.Schema, u.Name)).Except(database.Tables.Select(t => (t.Schema, t.Name)))]);
        objects.RemoveAll(u => u.Of is { } of && !holders.Contains(of));
        // MySQL keeps a key whose table was dropped without checks, but does not create one. A key may point to a partition.
        var there = database.Tables.Select(t => (t.Schema, t.Name)).Concat(objects.Where(IsPartition).Select(u => (u.Schema, u.Name)))
            .Where(t => t.Schema is null).Select(t => t.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        bool Dangles(ForeignKeyConstraint key) =>
            !dialect.Comparison.AllowsDanglingKeys && key.ReferentSchema is null && !there.Contains(key.ReferentTable);
        objects.AddRange(tables.SelectMany(
            t => t.ForeignKeys.Where(Dangles).Select(key => new UnmappedObject("foreign key", $"{key.Name} on {t.Name}", t.Schema)
        {
            Reason = $"there is no table '{key.ReferentTable}'",
        })));
        tables = [.. tables.Select(t => TableDiff.Without(t, [.. t.ForeignKeys.Where(Dangles)]))];
        var ofTables = unmapped.Where(u => u.IsTable && !u.IsLeftOut).ToLookup(u => (u.Schema, u.Name));
        List<BaselineItem> items =
        [
            .. tables.Select((table, index) => Of(table, index, [.. ofTables[(table.Schema, table.Name)]])),
            .. objects.Select((u, index) => (u, index)).Where(o => o.u.Instead.Count > 0)
                .Select(o => Of(o.u, tables.Count + o.index)),
        ];
        var plan = Plan(BaselineItem.InOrder(items, dialect), dialect);
        var gaps = new BaselineGaps(unmapped, objects, items);
        return new Comparison(plan, [.. TableDiff.Added(tables, new SharedTables([], dialect)).Log, .. gaps.Log])
        {
            Heading = gaps.Heading,
            Preparation = dialect.Comparison.Preparation(tables),
        };
    }

    private static bool IsPartition(UnmappedObject thing) => thing is { Kind: "partition", Of: not null };

    private static BaselineItem Of(UnmappedObject thing, int index)
    {
        var isPartition = IsPartition(thing);
        return new BaselineItem((thing.IsBeforeTables ? 0 : isPartition ? 1 : 2, index),
            [.. thing.Instead.Select(x => new PlannedOperation(x))])
        {
            Id = thing.Id,
            Needs = thing.Needs,
            Key = isPartition ? new TableKey(thing.Schema ?? "", thing.Name) : null,
        };
    }

    private static BaselineItem Of(Table table, int index, IReadOnlyList<UnmappedObject> parts)
    {
        var verbatim = parts.FirstOrDefault(p => p.Instead.Count > 0)?.Instead;
        var after = parts.SelectMany(p => p.After).Select(o => new PlannedOperation(o));
        return new BaselineItem((1, index), verbatim is null
            ? [.. after]
            : [.. verbatim.Select((o, i) => new PlannedOperation(o, i > 0 || o is not Execute ? null : Verbatim))])
        {
            Id = parts.FirstOrDefault(p => p.Id.Length > 0)?.Id,
            Needs = [.. parts.SelectMany(p => p.Needs)],
            Key = TableKey.Of(table),
            Table = UnmappedObject.Without(table, [.. parts.SelectMany(p => p.Replaced)]),
            IsVerbatim = verbatim is not null,
        };
    }

    // Adds keys to later objects once all tables exist, and so all keys of tables that are written verbatim.
    private static List<PlannedOperation> Plan(IReadOnlyList<BaselineItem> items, Dialect dialect)
    {
        var plan = new List<PlannedOperation>();
        var keys = new List<PlannedOperation>();
        var there = new HashSet<TableKey>();
        var names = items.Select(i => i.Key).OfType<TableKey>().ToHashSet();
        var itself = new SharedTables([], dialect);
        foreach (var item in items)
        {
            if (item.Table is { } table)
            {
                var isLate = dialect.Comparison.AllowsDanglingKeys ? _ => false : new Func<ForeignKeyConstraint, bool>(key =>
                    item.IsVerbatim || !itself.Keeps(key, table)
                    || (names.Contains(TableKey.Of(key)) && !there.Contains(TableKey.Of(key)) && TableKey.Of(key) != TableKey.Of(table)));
                var later = table.ForeignKeys.Where(isLate).ToList();
                if (!item.IsVerbatim)
                    plan.Add(new PlannedOperation(new CreateTable(TableDiff.Without(table, later))));
                keys.AddRange(later.Select(key => new PlannedOperation(Constraints.Create(key, table))));
            }
            plan.AddRange(item.Plan);
            if (item.Key is { } name)
                there.Add(name);
            if (there.Count == names.Count)
            {
                plan.AddRange(keys);
                keys.Clear();
            }
        }
        return plan;
    }

    // Operations of their own create enum types.
    private static Table Leave(Table table, Dialect dialect) => !dialect.HasEnumTypes ? table : table with
    {
        Items = [
            .. table.Items.Select(i => i is Column { Type.EnumType: not null } column
                ? column with { Type = column.Type.WithoutCreate() }
                : i)],
    };
}
