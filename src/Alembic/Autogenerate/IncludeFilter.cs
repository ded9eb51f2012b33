using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Leaves out what the options leave out, our own tables, and what other migration tools keep in the database.</summary>
internal sealed class IncludeFilter(ComparisonOptions options, bool isDatabase)
{
    // Somebody else's books: where the model does not have them, they are not there.
    private static readonly HashSet<string> OtherTools = new(StringComparer.OrdinalIgnoreCase)
    {
        "alembic_version", "alembic_history", "alembic_journal", "alembic_lock", "__EFMigrationsHistory", "__EFMigrationsLock", "flyway_schema_history",
        "DATABASECHANGELOG", "DATABASECHANGELOGLOCK",
    };

    public IEnumerable<Table> Apply(IEnumerable<Table> tables) =>
        tables.Where(t => !IsOurs(t) && (t.Schema is null || Includes(t.Schema, SchemaObjectKind.Schema, null)) && Includes(t.Name, SchemaObjectKind.Table, t)).Select(Apply);

    public static bool IsOfAnotherTool(Table table) => OtherTools.Contains(table.Name);

    private Table Apply(Table table)
    {
        var items = table.Items.Where(i => Includes(i, table)).ToList();
        var hidden = table.Columns.Select(c => c.Name).Except(items.OfType<Column>().Select(c => c.Name)).ToHashSet();
        return table with { Items = [.. items.Where(i => !IsAbout(i, hidden)).Select(i => i is Column c ? Beside(c, table) : i)] };
    }

    // What is about a column that is left out is left out with it.
    private static bool IsAbout(SchemaItem item, HashSet<string> columns) => columns.Count > 0 && item switch
    {
        TableIndex i => i.Include.Any(columns.Contains) || i.Columns.Any(e => e.Column is { } c ? columns.Contains(c) : Mentions(e.Expression, columns)) || Mentions(i.Where, columns),
        UniqueConstraint u => u.Columns.Any(columns.Contains),
        ForeignKeyConstraint f => f.Columns.Any(columns.Contains),
        CheckConstraint c => Mentions(c.Sql, columns),
        _ => false,
    };

    private static bool Mentions(string? expression, HashSet<string> columns) => expression is not null && columns.Any(c => ExpressionText.Mentions(expression, c));

    private bool IsOurs(Table table) => (table.Name == options.VersionTable || table.Name == options.JournalTable || table.Name == options.LockTable || table.Name == options.HistoryTable)
        && table.Schema == options.VersionTableSchema;

    /// <summary>Whether a foreign key is compared. One that is not may still be in the way of what is: the database's are kept.</summary>
    public bool Includes(ForeignKeyConstraint key, Table table) => Includes(key.Name, SchemaObjectKind.ForeignKey, table);

    private bool Includes(SchemaItem item, Table table) => item switch
    {
        Column c => Includes(c.Name, SchemaObjectKind.Column, table),
        TableIndex i => Includes(i.Name, SchemaObjectKind.Index, table),
        UniqueConstraint u => Includes(u.Name, SchemaObjectKind.UniqueConstraint, table),
        ForeignKeyConstraint f => isDatabase || Includes(f, table),
        CheckConstraint c => Includes(c.Name, SchemaObjectKind.CheckConstraint, table),
        _ => true,
    };

    private Column Beside(Column column, Table table) => column with
    {
        ForeignKey = column.ForeignKey is { } key && (isDatabase || Includes(key.Name, SchemaObjectKind.ForeignKey, table)) ? key : null,
        Index = column.Index && Includes(NamingConvention.Default.NameOf(new TableIndex(null, [column.Name]), table), SchemaObjectKind.Index, table),
        Unique = column.Unique && (column.Index || Includes(null, SchemaObjectKind.UniqueConstraint, table)),
    };

    private bool Includes(string? name, SchemaObjectKind kind, Table? table)
    {
        var o = new SchemaObject(name, kind) { Table = kind == SchemaObjectKind.Table ? null : table?.Name, Schema = table?.Schema, IsReflected = isDatabase };
        return (!isDatabase || options.IncludeName(o)) && options.IncludeObject(o);
    }
}
