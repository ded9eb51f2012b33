using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Leaves out what the options leave out, our own tables, and what other migration tools keep in the database.</summary>
internal sealed class IncludeFilter(ComparisonOptions options, bool isDatabase)
{
    // Somebody else's books: where the model does not have them, they are not there.
    private static readonly HashSet<string> OtherTools = new(StringComparer.OrdinalIgnoreCase)
    {
        "alembic_version", "alembic_history", "alembic_journal", "__EFMigrationsHistory", "flyway_schema_history", "DATABASECHANGELOG", "DATABASECHANGELOGLOCK",
    };

    public IEnumerable<Table> Apply(IEnumerable<Table> tables) =>
        tables.Where(t => !IsOurs(t) && (t.Schema is null || Includes(t.Schema, SchemaObjectKind.Schema, null)) && Includes(t.Name, SchemaObjectKind.Table, t)).Select(Apply);

    public static bool IsOfAnotherTool(Table table) => OtherTools.Contains(table.Name);

    private Table Apply(Table table) => table with { Items = [.. table.Items.Where(i => Includes(i, table)).Select(i => i is Column c ? Beside(c, table) : i)] };

    private bool IsOurs(Table table) => (table.Name == options.VersionTable || table.Name == options.JournalTable) && table.Schema == options.VersionTableSchema;

    private bool Includes(SchemaItem item, Table table) => item switch
    {
        Column c => Includes(c.Name, SchemaObjectKind.Column, table),
        TableIndex i => Includes(i.Name, SchemaObjectKind.Index, table),
        UniqueConstraint u => Includes(u.Name, SchemaObjectKind.UniqueConstraint, table),
        ForeignKeyConstraint f => Includes(f.Name, SchemaObjectKind.ForeignKey, table),
        CheckConstraint c => Includes(c.Name, SchemaObjectKind.CheckConstraint, table),
        _ => true,
    };

    private Column Beside(Column column, Table table) => column with
    {
        ForeignKey = column.ForeignKey is { } key && Includes(key.Name, SchemaObjectKind.ForeignKey, table) ? key : null,
        Index = column.Index && Includes(NamingConvention.Default.NameOf(new TableIndex(null, [column.Name]), table), SchemaObjectKind.Index, table),
        Unique = column.Unique && (column.Index || Includes(null, SchemaObjectKind.UniqueConstraint, table)),
    };

    private bool Includes(string? name, SchemaObjectKind kind, Table? table)
    {
        var o = new SchemaObject(name, kind) { Table = kind == SchemaObjectKind.Table ? null : table?.Name, Schema = table?.Schema, IsReflected = isDatabase };
        return (!isDatabase || options.IncludeName(o)) && options.IncludeObject(o);
    }
}
