using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Tables after a rename, as the database would report them: keys, indexes and other tables' foreign keys have the new name.
/// </summary>
internal static class RenamedTables
{
    public static IReadOnlyList<Table> RenameTable(this IReadOnlyList<Table> tables, string? schema, string old, string @new) =>
    [
        .. tables.Select(t => t.WithTargets(key => key.ReferentTable == old && key.ReferentSchema == schema
                ? key with { Targets = [.. key.ReferentColumns.Select(c => ForeignKeyConstraint.TargetOf(schema, @new, c))] }
                : key))
            .Select(t => t.Name == old && t.Schema == schema ? t with { Name = @new } : t),
    ];

    public static IReadOnlyList<Table> RenameColumn(this IReadOnlyList<Table> tables, Table table, string old, string @new) =>
    [
        .. tables.Select(t => t.WithTargets(key => key.ReferentTable == table.Name && key.ReferentSchema == table.Schema
                ? key with
                {
                    Targets = [
                        .. key.ReferentColumns.Select(c => ForeignKeyConstraint.TargetOf(table.Schema, table.Name, c == old ? @new : c))]
                }
                : key))
            .Select(t => t.Name == table.Name && t.Schema == table.Schema
                ? t with { Items = [.. t.Items.Select(i => Renamed(i, old, @new))] }
                : t),
    ];

    private static SchemaItem Renamed(SchemaItem item, string old, string @new)
    {
        string Name(string column) => column == old ? @new : column;
        string Text(string sql) => ColumnNames.Renamed(sql, old, @new);
        return item switch
        {
            Column c =>
                c with { Name = Name(c.Name), Computed = c.Computed is { } computed ? computed with { Sql = Text(computed.Sql) } : null },
            PrimaryKeyConstraint key => key with { Columns = [.. key.Columns.Select(Name)] },
            UniqueConstraint unique => unique with { Columns = [.. unique.Columns.Select(Name)] },
            ForeignKeyConstraint key => key with { Columns = [.. key.Columns.Select(Name)] },
            CheckConstraint check => check with { Sql = Text(check.Sql) },
            TableIndex index => index with
            {
                Columns = [
                    .. index.Columns.Select(e => e.Column is { } column ? e.WithColumn(Name(column)) : Sql.Text(Text(e.Expression!)))],
                Where = index.Where is { } where ? Text(where) : null,
                Include = [.. index.Include.Select(Name)],
            },
            _ => item,
        };
    }

    /// <summary>The table with its foreign keys changed, including those on columns.</summary>
    public static Table WithTargets(this Table table, Func<ForeignKeyConstraint, ForeignKeyConstraint> change) => table with
    {
        Items =
        [
            .. table.Items.Select(item => item switch
            {
                ForeignKeyConstraint key => change(key),
                Column { ForeignKey: { } key } column => column with { ForeignKey = ForeignKey.Of(change(key.OnColumn(column.Name))) },
                _ => item,
            }),
        ],
    };
}
