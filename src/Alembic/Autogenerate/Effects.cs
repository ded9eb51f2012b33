using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>What operations make and take away, need and give up, and which therefore has to come before which.</summary>
internal sealed class Effects
{
    private readonly Dialect _dialect;
    private readonly ComparisonRules _rules;

    // The columns that come, go or change: only these are looked for in expressions.
    private readonly ILookup<TableKey, string> _columns;

    // What foreign keys point to, in the plan; and what those lean on that stay as they are.
    private readonly ILookup<TableKey, IReadOnlyList<string>> _targets;
    private readonly ILookup<TableKey, IReadOnlyList<string>> _kept;
    private readonly ILookup<string, TableKey> _enums;
    private readonly ILookup<TableKey, Column> _ofEnums;
    private readonly Dictionary<Thing, List<(int Operation, Effect Effect)>> _byThing = [];

    public Effects(Dialect dialect, IReadOnlyList<TablePair> pairs, IReadOnlyList<Operation> operations)
    {
        (_dialect, _rules) = (dialect, dialect.Comparison);
        _columns = operations.Select(Column).OfType<(TableKey Table, string Name)>().Distinct().ToLookup(c => c.Table, c => c.Name);
        _targets = operations.SelectMany(KeysOf).ToLookup(TableKey.Of, k => k.ReferentColumns);
        var dropped = operations.OfType<DropConstraint>().Where(d => d.Definition is ForeignKeyConstraint)
            .Select(d => (new TableKey(d.Schema ?? "", d.Table), d.Definition)).ToHashSet();
        _kept = (!_rules.IndexesForeignKeys
            ? []
            : pairs.SelectMany(p => p.Database.ForeignKeys.Where(k => !dropped.Contains((TableKey.Of(p.Model), k)))
            .SelectMany(k => new[] { (Table: TableKey.Of(p.Model), k.Columns), (Table: TableKey.Of(k), Columns: k.ReferentColumns) })))
            .ToLookup(k => k.Table, k => k.Columns);
        var altered = operations.OfType<AlterEnumType>().Select(a => _dialect.Quote(a.Schema, a.Name)).ToHashSet();
        var ofEnums = altered.Count == 0 ? [] : pairs.SelectMany(p => p.Model.Columns.Select(c => (Table: TableKey.Of(p.Model), Column: c)))
            .Where(c => EnumOf(c.Column) is { } name && altered.Contains(name)).ToList();
        _ofEnums = ofEnums.ToLookup(c => c.Table, c => c.Column);
        _enums = ofEnums.ToLookup(c => EnumOf(c.Column)!, c => c.Table);
        foreach (var (index, operation) in operations.Index())
            foreach (var (thing, effect) in Of(operation))
                (_byThing.TryGetValue(thing, out var list) ? list : _byThing[thing] = []).Add((index, effect));
    }

    private enum Effect
    {
        Makes, Takes, Needs, GivesUp,
    }

    /// <summary>Pairs of operations, by their numbers, of which the first one has to come first.</summary>
    public IEnumerable<(int First, int Second)> Order()
    {
        foreach (var (thing, list) in _byThing)
        {
            IEnumerable<(int, int)> All(Effect first, Effect second) =>
                from a in list where a.Effect == first from b in list where b.Effect == second select (a.Operation, b.Operation);
            // Of what anything will do for, the new comes before the old goes; all else there is once.
            foreach (var pair in All(Effect.Makes, Effect.Needs).Concat(All(Effect.GivesUp, Effect.Takes))
                .Concat(thing.Kind == "cover" ? All(Effect.Makes, Effect.Takes) : thing.Kind == "key" ? []
                    : All(Effect.Takes, Effect.Makes)))
                yield return pair;
        }
    }

    private IEnumerable<(Thing, Effect)> Of(Operation operation) => operation switch
    {
        CreateTable o => OfTable(o.Table, Effect.Makes, Effect.Needs),
        DropTable { Definition: { } table } => OfTable(table, Effect.Takes, Effect.GivesUp),
        AddColumn o => OfColumn(new(o.Schema ?? "", o.Table), o.Column, Effect.Makes, Effect.Needs),
        DropColumn { Definition: { } column } o => OfColumn(new(o.Schema ?? "", o.Table), column, Effect.Takes, Effect.GivesUp),
        AlterColumn o when o.Type is not null || o.Collation is not null =>
            new[] { Effect.Takes, Effect.Makes }.Select(effect => (Thing.Column(new(o.Schema ?? "", o.Table), o.Column), effect)),
        AlterEnumType { IsAddition: false } o => _enums[_dialect.Quote(o.Schema, o.Name)].Distinct()
            .SelectMany(table => _ofEnums[table].Select(c => Thing.Column(table, c.Name)))
            .SelectMany(thing => new[] { (thing, Effect.Takes), (thing, Effect.Makes) }),
        CreateIndex o => OfItem(new(o.Schema ?? "", o.Table), o.Index, Effect.Makes, Effect.Needs),
        DropIndex { Definition: { } index, Table: { } table } o => OfItem(new(o.Schema ?? "", table), index, Effect.Takes, Effect.GivesUp),
        CreateConstraint o => OfItem(new(o.Schema ?? "", o.Table), o.Constraint, Effect.Makes, Effect.Needs),
        DropConstraint { Definition: { } constraint } o => OfItem(new(o.Schema ?? "", o.Table), constraint, Effect.Takes, Effect.GivesUp),
        _ => [],
    };

    private IEnumerable<(Thing, Effect)> OfTable(Table table, Effect make, Effect need)
    {
        var key = TableKey.Of(table);
        return
        [
            (Thing.Table(key), make),
            (new Thing("tables", key.Schema, "", table.Name.ToUpperInvariant()), make),
            .. table.Inherited().Select(p => (Thing.Table(new(p.Schema ?? "", p.Name)), need)),
            .. table.Items.Where(i => i is not Schema.Column).Concat(table.PrimaryKey is { } primary ? [primary] : [])
                .Concat(table.ForeignKeys).Concat(table.Uniques).Concat(table.Indexes)
                .SelectMany(item => OfItem(key, item, make, need)).Where(e => e.Item1 != Thing.Table(key)),
        ];
    }

    private IEnumerable<(Thing, Effect)> OfColumn(TableKey table, Column column, Effect make, Effect need) =>
    [
        (Thing.Column(table, column.Name), make),
        (Thing.Table(table), need),
        .. Mentioned(table, column.Computed?.Sql).Where(name => name != column.Name).Select(name => (Thing.Column(table, name), need)),
        .. column.ForeignKey is { } key
            ? OfItem(table, key.OnColumn(column.Name), make, need).Where(e => e.Item1 != Thing.Column(table, column.Name))
            : [],
    ];

    private IEnumerable<(Thing, Effect)> OfItem(TableKey table, SchemaItem item, Effect make, Effect need)
    {
        yield return (Thing.Table(table), need);
        if (((item as TableIndex)?.Name ?? (item as Constraint)?.Name)?.ToUpperInvariant() is { } name)
            yield return (_rules.ScopeOf(item) switch
            {
                NameScope.Tables => new Thing("tables", table.Schema, "", name),
                NameScope.Constraints => new Thing("constraints", table.Schema, "", name),
                _ => new Thing("names", table.Schema, table.Name, name),
            }, make);
        // Of these a table has one.
        if (item is PrimaryKeyConstraint)
            yield return (new Thing("primary", table.Schema, table.Name, ""), make);
        foreach (var column in Uses(table, item))
            yield return (Thing.Column(table, column), need);
        // Where it may point to nothing, it waits for nothing: tables in a circle would hold up all else.
        if (item is ForeignKeyConstraint key && !_rules.AllowsDanglingKeys)
        {
            var target = TableKey.Of(key);
            yield return (Thing.Table(target), need);
            yield return (Thing.Key(target, key.ReferentColumns), need);
            foreach (var column in key.ReferentColumns)
                yield return (Thing.Column(target, column), need);
        }
        if (IndexedColumns.Of(item) is not { } index)
            yield break;
        foreach (var columns in _targets[table].Where(c => _rules.Serves(index.Columns, index.IsUnique, c)))
            yield return (Thing.Key(table, columns), make);
        foreach (var columns in _kept[table].Where(c => _rules.Serves(index.Columns, index.IsUnique, c)))
            yield return (Thing.Cover(table, columns), make);
    }

    private IEnumerable<string> Uses(TableKey table, SchemaItem item) => item switch
    {
        TableIndex i => i.Columns.SelectMany(e => e.Column is { } column ? [column] : Mentioned(table, e.Expression)).Concat(i.Include)
            .Concat(Mentioned(table, i.Where)),
        PrimaryKeyConstraint k => k.Columns,
        UniqueConstraint u => u.Columns,
        ForeignKeyConstraint f => f.Columns,
        CheckConstraint c => Mentioned(table, c.Sql),
        ExcludeConstraint x =>
            x.Elements.SelectMany(e => e.Element.Column is { } column ? [column] : Mentioned(table, e.Element.Expression)),
        _ => [],
    };

    private IEnumerable<string> Mentioned(TableKey table, string? expression) => expression is null ? []
        : _columns[table].Concat(_ofEnums[table].Select(c => c.Name)).Distinct().Where(name => ExpressionText.Mentions(expression, name));

    private string? EnumOf(Column column) => column.Type.EnumType is { } type ? _dialect.Quote(type.Schema, type.Name!) : null;

    private static IEnumerable<ForeignKeyConstraint> KeysOf(Operation operation) => operation switch
    {
        CreateTable o => o.Table.ForeignKeys,
        DropTable { Definition: { } table } => table.ForeignKeys,
        AddColumn { Column: { ForeignKey: { } key } column } => [key.OnColumn(column.Name)],
        CreateConstraint { Constraint: ForeignKeyConstraint key } => [key],
        DropConstraint { Definition: ForeignKeyConstraint key } => [key],
        _ => [],
    };

    private static (TableKey Table, string Name)? Column(Operation operation) => operation switch
    {
        AddColumn o => (new(o.Schema ?? "", o.Table), o.Column.Name),
        DropColumn o => (new(o.Schema ?? "", o.Table), o.Column),
        AlterColumn o when o.Type is not null || o.Collation is not null => (new(o.Schema ?? "", o.Table), o.Column),
        _ => null,
    };

    // A class: generic types over a structure of one's own are compiled only when the program runs.
    private sealed record Thing(string Kind, string Schema, string Parent, string Name)
    {
        public static Thing Table(TableKey table) => new("table", table.Schema, "", table.Name);

        public static Thing Column(TableKey table, string name) => new("column", table.Schema, table.Name, name);

        public static Thing Key(TableKey table, IReadOnlyList<string> columns) =>
            new("key", table.Schema, table.Name, string.Join('\n', columns.Order(StringComparer.Ordinal)));

        public static Thing Cover(TableKey table, IReadOnlyList<string> columns) =>
            new("cover", table.Schema, table.Name, string.Join('\n', columns));
    }
}
