using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>What operations create, drop, need and release, and so which must come before which.</summary>
internal sealed class Effects
{
    private readonly Dialect _dialect;
    private readonly ComparisonRules _rules;

    // The columns that are added, dropped or changed: only these are searched in expressions.
    private readonly ILookup<TableKey, string> _columns;

    // The targets of foreign keys in the plan; and the columns of unchanged keys and numbered columns, which need an index too.
    private readonly ILookup<TableKey, IReadOnlyList<string>> _targets;
    private readonly ILookup<TableKey, IReadOnlyList<string>> _kept;

    // The columns of foreign keys in the plan; the server indexes these itself if no index exists.
    private readonly ILookup<TableKey, IReadOnlyList<string>> _indexed;
    private readonly ILookup<string, TableKey> _enums;
    private readonly ILookup<TableKey, Column> _ofEnums;

    // A table is also a type, which a column of another table may have.
    private readonly ILookup<string, TableKey> _rowTypes;
    private readonly Dictionary<Thing, List<NumberedEffect>> _byThing = [];

    public Effects(Dialect dialect, IReadOnlyList<TablePair> pairs, IReadOnlyList<Operation> operations)
    {
        (_dialect, _rules) = (dialect, dialect.Comparison);
        _columns = operations.Select(Column).OfType<Thing>().Distinct().ToLookup(c => new TableKey(c.Schema, c.Parent), c => c.Name);
        _targets = operations.SelectMany(KeysOf).ToLookup(TableKey.Of, k => k.ReferentColumns);
        var dropped = operations.OfType<DropConstraint>().ToLookup(d => new TableKey(d.Schema ?? "", d.Table), d => d.Definition);
        _kept = (!_rules.IndexesForeignKeys
            ? []
            : pairs.SelectMany(p => p.Database.ForeignKeys.Where(k => !dropped[TableKey.Of(p.Model)].Contains(k)).SelectMany(k =>
                new Owned<IReadOnlyList<string>>[] { new(TableKey.Of(p.Model), k.Columns), new(TableKey.Of(k), k.ReferentColumns) })))
            .Concat(_rules.Autoincrement != AutoincrementKind.Mark ? [] : pairs.SelectMany(p => p.Database.Columns
                .Where(c => c.Autoincrement == true && !(p.Database.PrimaryKey?.Columns is [var first, ..] && first == c.Name))
                .Select(c => new Owned<IReadOnlyList<string>>(TableKey.Of(p.Model), [c.Name]))))
            .ToLookup(k => k.Table, k => k.Item);
        _indexed = (!_rules.IndexesForeignKeys
            ? []
            : operations.SelectMany(o => OperationOrder.TableOf(o) is not { } table
                ? []
                : KeysOf(o).Select(k => new Owned<IReadOnlyList<string>>(table, k.Columns)))).ToLookup(k => k.Table, k => k.Item);
        var altered = operations.OfType<AlterEnumType>().Select(a => _dialect.Quote(a.Schema, a.Name)).ToHashSet();
        var ofEnums = altered.Count == 0
            ? []
            : pairs.SelectMany(p => p.Model.Columns.Select(c => new Owned<Column>(TableKey.Of(p.Model), c)))
                .Where(c => EnumOf(c.Item) is { } name && altered.Contains(name)).ToList();
        _ofEnums = ofEnums.ToLookup(c => c.Table, c => c.Item);
        _enums = ofEnums.ToLookup(c => EnumOf(c.Item)!, c => c.Table);
        _rowTypes = operations.Select(o => o is CreateTable create ? create.Table : (o as DropTable)?.Definition).OfType<Table>()
            .ToLookup(t => _dialect.Quote(t.Schema, t.Name), TableKey.Of);
        foreach (var (index, operation) in operations.Index())
            foreach (var (thing, effect) in Of(operation).Concat(OnHeirs(operation)))
                (_byThing.TryGetValue(thing, out var list) ? list : _byThing[thing] = []).Add(new(index, effect));
    }

    private enum Effect
    {
        Makes, Takes, Needs, GivesUp,
    }

    /// <summary>Gives the numbers of each two operations of which the first must come first.</summary>
    public void Order(Action<int, int> comesFirst)
    {
        foreach (var (thing, effects) in _byThing)
        {
            void All(Effect first, Effect second)
            {
                foreach (var a in effects.Where(e => e.Effect == first))
                    foreach (var b in effects.Where(e => e.Effect == second))
                        comesFirst(a.Operation, b.Operation);
            }
            All(Effect.Makes, Effect.Needs);
            All(Effect.GivesUp, Effect.Takes);
            // If any will do, the new one is created before the old one is dropped; everything else exists only once.
            if (thing.Kind == "cover")
                All(Effect.Makes, Effect.Takes);
            // While both exist, a foreign key may depend on the one that is dropped.
            else if (thing.Kind == "key")
            {
                All(Effect.Takes, Effect.Needs);
                All(Effect.GivesUp, Effect.Makes);
            }
            else if (thing.Kind is not ("heirs" or "indexed"))
                All(Effect.Takes, Effect.Makes);
        }
    }

    private IEnumerable<ThingEffect> Of(Operation operation) => operation switch
    {
        CreateTable o => OfTable(o.Table, Effect.Makes, Effect.Needs),
        DropTable { Definition: { } table } => OfTable(table, Effect.Takes, Effect.GivesUp),
        AddColumn o => OfColumn(new(o.Schema ?? "", o.Table), o.Column, Effect.Makes, Effect.Needs),
        DropColumn { Definition: { } column } o => OfColumn(new(o.Schema ?? "", o.Table), column, Effect.Takes, Effect.GivesUp),
        AlterColumn o when o.Type is not null || o.Collation is not null =>
            [.. Change(Thing.Column(new(o.Schema ?? "", o.Table), o.Column)), .. OfType(o.Type, Effect.Needs),
                .. OfType(o.ExistingType, Effect.GivesUp)],
        AlterEnumType { IsAddition: false } o => _enums[_dialect.Quote(o.Schema, o.Name)].Distinct()
            .SelectMany(table => _ofEnums[table].Select(c => Thing.Column(table, c.Name)))
            .SelectMany(Change),
        CreateEnumType o => [new(Thing.Enum(o.Schema, o.Name), Effect.Makes), new(Thing.Named(o.Schema, o.Name), Effect.Makes)],
        DropEnumType o => [new(Thing.Enum(o.Schema, o.Name), Effect.Takes), new(Thing.Named(o.Schema, o.Name), Effect.Takes)],
        CreateIndex o => OfItem(new(o.Schema ?? "", o.Table), o.Index, Effect.Makes, Effect.Needs),
        DropIndex { Definition: { } index, Table: { } table } o => OfItem(new(o.Schema ?? "", table), index, Effect.Takes, Effect.GivesUp),
        CreateConstraint o => OfItem(new(o.Schema ?? "", o.Table), o.Constraint, Effect.Makes, Effect.Needs),
        DropConstraint { Definition: { } constraint } o => OfItem(new(o.Schema ?? "", o.Table), constraint, Effect.Takes, Effect.GivesUp),
        _ => [],
    };

    private static ThingEffect[] Change(Thing thing) => [new(thing, Effect.Takes), new(thing, Effect.Makes)];

    // A change of a table also changes the tables that inherit from it: a new one comes after it, a dropped one before it.
    private static ThingEffect[] OnHeirs(Operation operation) =>
        OperationOrder.TableOf(operation) is { } table ? Change(Thing.Heirs(table)) : [];

    private IEnumerable<ThingEffect> OfTable(Table table, Effect make, Effect need)
    {
        var key = TableKey.Of(table);
        return
        [
            new(Thing.Table(key), make),
            new(Thing.Named(key.Schema, table.Name), make),
            .. table.Columns.SelectMany(c => OfType(c.Type, need)),
            .. TableKey.Parents(table, _dialect)
                .SelectMany(parent => new ThingEffect[] { new(Thing.Table(parent), need), new(Thing.Heirs(parent), need) }),
            .. table.Items.Where(i => i is not Schema.Column).Concat(table.PrimaryKey is { } primary ? [primary] : [])
                .Concat(table.ForeignKeys).Concat(table.Uniques).Concat(table.Indexes)
                .SelectMany(item => OfItem(key, item, make, need)).Where(e => e.Thing != Thing.Table(key)),
        ];
    }

    private IEnumerable<ThingEffect> OfColumn(TableKey table, Column column, Effect make, Effect need) =>
    [
        new(Thing.Column(table, column.Name), make),
        new(Thing.Table(table), need),
        .. OfType(column.Type, need),
        .. Mentioned(table, column.Computed?.Sql).Where(name => name != column.Name)
            .Select(name => new ThingEffect(Thing.Column(table, name), need)),
        .. column.ForeignKey is { } key
            ? OfItem(table, key.OnColumn(column.Name), make, need).Where(e => e.Thing != Thing.Column(table, column.Name))
            : [],
    ];

    private IEnumerable<ThingEffect> OfItem(TableKey table, SchemaItem item, Effect make, Effect need)
    {
        yield return new(Thing.Table(table), need);
        if (((item as TableIndex)?.Name ?? (item as Constraint)?.Name)?.ToUpperInvariant() is { } name)
            yield return new(_rules.ScopeOf(item) switch
            {
                NameScope.Tables => Thing.Named(table.Schema, name),
                NameScope.Constraints => new Thing("constraints", table.Schema, "", name),
                _ => new Thing("names", table.Schema, table.Name, name),
            }, make);
        // A table has only one.
        if (item is PrimaryKeyConstraint)
            yield return new(new Thing("primary", table.Schema, table.Name, ""), make);
        foreach (var column in Uses(table, item))
            yield return new(Thing.Column(table, column), need);
        // A key that may point to nothing need not wait: tables in a cycle would hold up everything else.
        if (item is ForeignKeyConstraint key && !_rules.AllowsDanglingKeys)
        {
            var target = TableKey.Of(key);
            yield return new(Thing.Table(target), need);
            yield return new(Thing.Key(target, key.ReferentColumns), need);
            foreach (var column in key.ReferentColumns)
                yield return new(Thing.Column(target, column), need);
        }
        // A server drops its own index for a later one, and does not recreate it when that is dropped.
        if (item is ForeignKeyConstraint own)
            yield return new(Thing.Indexed(table, own.Columns), need);
        if (IndexedColumns.Of(item) is not { } index)
            yield break;
        foreach (var columns in _indexed[table].Where(c => _rules.Serves(index.Columns, index.IsUnique, c)))
            yield return new(Thing.Indexed(table, columns), make);
        foreach (var columns in _targets[table].Where(c => _rules.Serves(index.Columns, index.IsUnique, c)))
            yield return new(Thing.Key(table, columns), make);
        foreach (var columns in _kept[table].Where(c => _rules.Serves(index.Columns, index.IsUnique, c)))
            yield return new(Thing.Cover(table, columns), make);
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

    private IEnumerable<ThingEffect> OfType(SqlType? type, Effect effect) =>
        type?.EnumType is { Name: { } name } own ? [new(Thing.Enum(own.Schema, name), effect)]
        : type is { Kind: SqlTypeKind.Raw, Name: { } text }
            ? _rowTypes[text.TrimEnd('[', ']')].Select(table => new ThingEffect(Thing.Table(table), effect))
        : [];

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

    private static Thing? Column(Operation operation) => operation switch
    {
        AddColumn o => Thing.Column(new(o.Schema ?? "", o.Table), o.Column.Name),
        DropColumn o => Thing.Column(new(o.Schema ?? "", o.Table), o.Column),
        AlterColumn o when o.Type is not null || o.Collation is not null => Thing.Column(new(o.Schema ?? "", o.Table), o.Column),
        _ => null,
    };

    // Records, not tuples: .NET compiles generic types over structs at run time, which slows down short commands.
    private sealed record Thing(string Kind, string Schema, string Parent, string Name)
    {
        public static Thing Table(TableKey table) => new("table", table.Schema, "", table.Name);

        /// <summary>The name of a table, and of what shares its namespace.</summary>
        public static Thing Named(string? schema, string name) => new("tables", schema ?? "", "", name.ToUpperInvariant());

        public static Thing Enum(string? schema, string name) => new("enum", schema ?? "", "", name);

        public static Thing Heirs(TableKey table) => new("heirs", table.Schema, "", table.Name);

        public static Thing Column(TableKey table, string name) => new("column", table.Schema, table.Name, name);

        public static Thing Key(TableKey table, IReadOnlyList<string> columns) =>
            new("key", table.Schema, table.Name, string.Join('\n', columns.Order(StringComparer.Ordinal)));

        public static Thing Indexed(TableKey table, IReadOnlyList<string> columns) =>
            new("indexed", table.Schema, table.Name, string.Join('\n', columns));

        public static Thing Cover(TableKey table, IReadOnlyList<string> columns) =>
            new("cover", table.Schema, table.Name, string.Join('\n', columns));
    }

    private sealed record ThingEffect(Thing Thing, Effect Effect);

    private sealed record NumberedEffect(int Operation, Effect Effect);

    private sealed record Owned<T>(TableKey Table, T Item);
}
