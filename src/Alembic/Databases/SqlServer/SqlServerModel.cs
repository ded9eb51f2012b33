using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <summary>
/// A model as EF Core creates it on SQL Server: C#'s strings keep every letter, and any number of rows may be NULL in a unique key.
/// </summary>
internal static class SqlServerModel
{
    // A key has 900 bytes, and each letter two.
    private const int LongestKey = 450;

    /// <summary>The tables of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="database">The existing tables: what they have in the other form stays.</param>
    public static IReadOnlyList<Table> Of(IReadOnlyList<Table> model, IReadOnlyList<Table> database)
    {
        bool IsTarget(Table table, IEnumerable<string> columns) => model.Any(other => other.ForeignKeys.Any(key =>
            (key.ReferentSchema, key.ReferentTable) == (table.Schema, table.Name) && columns.ToHashSet().SetEquals(key.ReferentColumns)));
        return
        [
            .. model.Select(table => table with
            {
                Items = Items(table, database.FirstOrDefault(t => (t.Schema, t.Name) == (table.Schema, table.Name)),
                    columns => IsTarget(table, columns)),
            }),
        ];
    }

    private static IReadOnlyList<SchemaItem> Items(Table table, Table? database, Func<IReadOnlyList<string>, bool> isTarget)
    {
        var nullable = table.Columns.Where(c => c.Nullable).Select(c => c.Name).ToHashSet();
        var keyed = table.Uniques.SelectMany(u => u.Columns).Concat(table.Indexes.SelectMany(Columns))
            .Concat(table.ForeignKeys.SelectMany(k => k.Columns)).Concat(table.PrimaryKey?.Columns ?? []).ToHashSet();
        IReadOnlyList<IReadOnlyList<string>> there = database is null ? [] :
        [
            .. database.Uniques.Select(u => u.Columns),
            .. database.Indexes.Where(i => i is { Unique: true, Where: null }).Select(Columns),
        ];

        // Here, only one row may be NULL, unless the index leaves such rows out. A foreign key needs an index of all rows.
        bool IsFiltered(IReadOnlyList<string> columns) => columns.Any(nullable.Contains) && !isTarget(columns)
            && !there.Any(other => other.ToHashSet().SetEquals(columns));
        TableIndex Filtered(TableIndex index) => index with
        {
            Where = string.Join(" AND ", Columns(index).Where(nullable.Contains).Select(c => $"{SqlServerText.Name(c)} IS NOT NULL")),
        };

        List<SchemaItem> beside = [];
        SchemaItem Item(SchemaItem item)
        {
            switch (item)
            {
                case UniqueConstraint unique when IsFiltered(unique.Columns):
                    return Filtered(new TableIndex(unique.Name ?? NamingConvention.NameOfUnnamed(unique, table),
                        [.. unique.Columns.Select(c => (IndexElement)c)], unique: true));
                case TableIndex { Unique: true, Where: null } index
                    when index.Columns.All(c => c.Column is not null) && IsFiltered(Columns(index)):
                    return Filtered(index);
                case Column { Unique: true } column when IsFiltered([column.Name]):
                    beside.Add(
                        Item(column.Index ? new TableIndex(null, [column.Name], unique: true) : new UniqueConstraint([column.Name])));
                    return Item(column with { Unique = false, Index = false });
                case Column { Info.IsPlainText: true } column:
                    return column with { Type = Unicode(column.Type.Length ?? (keyed.Contains(column.Name) ? LongestKey : null)) };
                default:
                    return item;
            }
        }
        return [.. table.Items.Select(Item), .. beside];
    }

    private static SqlType Unicode(int? length) => length is { } letters ? SqlType.Unicode(letters) : SqlType.UnicodeText;

    private static IReadOnlyList<string> Columns(TableIndex index) => [.. index.Columns.Select(c => c.Column ?? "")];
}
