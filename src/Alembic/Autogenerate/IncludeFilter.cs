using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Leaves out what the options exclude, our own tables, and the tables of other migration tools.</summary>
/// <param name="options">The options.</param>
/// <param name="isDatabase">Whether the tables are the database's.</param>
/// <param name="others">The other side's tables.</param>
internal sealed class IncludeFilter(ComparisonOptions options, bool isDatabase, IEnumerable<Table> others)
{
    // Tables of other tools: ignored unless the model has them.
    private static readonly HashSet<string> OtherTools = new(StringComparer.OrdinalIgnoreCase)
    {
        "alembic_version", "alembic_history", "alembic_journal", "alembic_lock", "__EFMigrationsHistory", "__EFMigrationsLock",
        "flyway_schema_history",
        "DATABASECHANGELOG", "DATABASECHANGELOGLOCK",
    };

    private readonly Dictionary<TableKey, Table> _others = others.ToDictionary(TableKey.Of);

    public IEnumerable<Table> Apply(IEnumerable<Table> tables) => tables
        .Where(t => !IsOurs(t) && (t.Schema is null || Includes(t.Schema, SchemaObjectKind.Schema, null, null))
            && Includes(t.Name, SchemaObjectKind.Table, t, t))
        .Select(Apply);

    public static bool IsOfAnotherTool(Table table) => OtherTools.Contains(table.Name);

    private Table Apply(Table table)
    {
        var items = table.Items.Where(i => Includes(i, table)).ToList();
        var hidden = table.Columns.Select(c => c.Name).Except(items.OfType<Column>().Select(c => c.Name)).ToHashSet();
        return table with { Items = [.. items.Where(i => !IsAbout(i, hidden)).Select(i => i is Column c ? Beside(c, table) : i)] };
    }

    // An item that uses an excluded column is excluded too.
    private static bool IsAbout(SchemaItem item, HashSet<string> columns) => columns.Count > 0 && item switch
    {
        TableIndex i => i.Include.Any(columns.Contains)
            || i.Columns.Any(e => e.Column is { } c ? columns.Contains(c) : Mentions(e.Expression, columns)) || Mentions(i.Where, columns),
        UniqueConstraint u => u.Columns.Any(columns.Contains),
        ForeignKeyConstraint f => f.Columns.Any(columns.Contains),
        CheckConstraint c => Mentions(c.Sql, columns),
        _ => false,
    };

    private static bool Mentions(string? expression, HashSet<string> columns) =>
        expression is not null && columns.Any(c => ExpressionText.Mentions(expression, c));

    private bool IsOurs(Table table) =>
        (table.Name == options.VersionTable || table.Name == options.JournalTable || table.Name == options.LockTable
            || table.Name == options.HistoryTable)
        && table.Schema == options.VersionTableSchema;

    /// <summary>
    /// Tells whether a foreign key is compared. A key that is not compared may still be in the way of changes, so the database's are
    /// kept.
    /// </summary>
    public bool Includes(ForeignKeyConstraint key, Table table) => Includes(key.Name, SchemaObjectKind.ForeignKey, key, table);

    private bool Includes(SchemaItem item, Table table) => item switch
    {
        Column c => Includes(c.Name, SchemaObjectKind.Column, c, table),
        TableIndex i => Includes(i.Name, SchemaObjectKind.Index, i, table),
        UniqueConstraint u => Includes(u.Name, SchemaObjectKind.UniqueConstraint, u, table),
        ForeignKeyConstraint f => isDatabase || Includes(f, table),
        CheckConstraint c => Includes(c.Name, SchemaObjectKind.CheckConstraint, c, table),
        _ => true,
    };

    private Column Beside(Column column, Table table)
    {
        var index = new TableIndex(null, [column.Name], column.Unique);
        index = index with { Name = NamingConvention.Default.NameOf(index, table) };
        return column with
        {
            ForeignKey = column.ForeignKey is { } key && (isDatabase || Includes(key.OnColumn(column.Name), table)) ? key : null,
            Index = column.Index && Includes(index, table),
            Unique = column.Unique && (column.Index || Includes(new UniqueConstraint([column.Name]), table)),
        };
    }

    private bool Includes(string? name, SchemaObjectKind kind, object? item, Table? table)
    {
        var other = table is null ? null : _others.GetValueOrDefault(TableKey.Of(table));
        var o = new SchemaObject(name, kind)
        {
            Table = kind == SchemaObjectKind.Table ? null : table?.Name,
            Schema = table?.Schema,
            IsReflected = isDatabase,
            Item = item,
            Counterpart = other is null ? null : item is SchemaItem part ? Counterpart(part, other) : other,
        };
        return (!isDatabase || options.IncludeName(o)) && options.IncludeObject(o);
    }

    // By name; an item that may have no name, by its columns.
    private static SchemaItem? Counterpart(SchemaItem item, Table other) => item switch
    {
        Column c => other.Columns.FirstOrDefault(o => o.Name == c.Name),
        TableIndex i => other.Indexes.FirstOrDefault(o => o.Name == i.Name),
        CheckConstraint c => other.Checks.FirstOrDefault(o => o.Name is not null && o.Name == c.Name),
        UniqueConstraint u => Named(u, other.Uniques) ?? other.Uniques.FirstOrDefault(o => o.Columns.SequenceEqual(u.Columns)),
        ForeignKeyConstraint f => Named(f, other.ForeignKeys)
            ?? other.ForeignKeys.FirstOrDefault(o => o.Columns.SequenceEqual(f.Columns) && o.Targets.SequenceEqual(f.Targets)),
        _ => null,
    };

    private static Constraint? Named(Constraint constraint, IEnumerable<Constraint> others) =>
        constraint.Name is null ? null : others.FirstOrDefault(o => o.Name == constraint.Name);
}
