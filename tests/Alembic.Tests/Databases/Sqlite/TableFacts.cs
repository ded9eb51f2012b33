using Alembic.Databases.Sqlite;

namespace Alembic.Tests.Databases.Sqlite;

internal sealed record ColumnFact(string Name, string Type, bool NotNull, string? Default, int Key, int Hidden);

internal sealed record ForeignKeyFact(string Columns, string Table, string ReferencedColumns, string OnUpdate, string OnDelete);

internal sealed record KeyFact(string Origin, string Columns, string Collations);

/// <summary>What a table is, by PRAGMA table_xinfo, foreign_key_list and index_list, or by our own reading of its text.</summary>
internal sealed record TableFacts(IReadOnlyList<ColumnFact> Columns, IReadOnlyList<ForeignKeyFact> ForeignKeys, IReadOnlyList<KeyFact> Keys)
{
    // SQLite shows "integer" in capitals, but "varchar" as it is written: types are compared in capitals.
    private const char Separator = '\u001F';

    public static TableFacts Of(ScratchDatabase database, string table)
    {
        var name = ScratchDatabase.Literal(table);
        return new TableFacts(
            [.. database.Values($"SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo({name}) ORDER BY cid")
                .Select(r => new ColumnFact(r[0]!, r[1]!.ToUpperInvariant(), r[2] == "1", r[3], int.Parse(r[4]!), int.Parse(r[5]!)))],
            [.. database.Values($"""
                SELECT group_concat("from", char(31)), "table", coalesce(group_concat("to", char(31)), ''), on_update, on_delete
                FROM (SELECT * FROM pragma_foreign_key_list({name}) ORDER BY id, seq) GROUP BY id
                """).Select(r => new ForeignKeyFact(r[0]!, r[1]!, r[2]!, r[3]!, r[4]!))],
            [.. database.Values($"""
                SELECT i.origin, (SELECT group_concat(x.name, char(31)) FROM pragma_index_xinfo(i.name) x WHERE x.key),
                    (SELECT group_concat(upper(x.coll) || x."desc") FROM pragma_index_xinfo(i.name) x WHERE x.key)
                FROM pragma_index_list({name}) i
                """).Select(r => new KeyFact(r[0]!, r[1]!, r[2]!))]);
    }

    public static TableFacts Of(CreateTableStatement table)
    {
        // A key that would be the rowid's alias loses its own collation even where there is no rowid.
        var isInteger = (table with { WithoutRowid = false }).RowidAlias is not null;
        var primaryKey = table.PrimaryKey?.Columns ?? [];
        return new TableFacts(
            [.. table.Columns.Select(c => new ColumnFact(
                c.Name, (c.Type ?? "").ToUpperInvariant(), table.RefusesNull(c),
                c.Default is ['(', .. var inner, ')'] ? inner.Trim() : c.Default,
                primaryKey.ToList().FindIndex(k => DdlName.Comparer.Equals(k, c.Name)) + 1,
                c.Generated is not { } g ? 0 : g.Stored ? 3 : 2))],
            [.. table.Constraints.OfType<DdlForeignKey>().Select(k => new ForeignKeyFact(
                Join(k.Columns.Select(c => table.Column(c).Name)), k.ReferencedTable, Join(k.ReferencedColumns), k.OnUpdate ?? "NO ACTION",
                k.OnDelete ?? "NO ACTION"))],
            [.. table.Constraints.OfType<DdlKey>().Where(k => k is DdlUnique || table.RowidAlias is null).Select(k => new KeyFact(
                k is DdlUnique ? "u" : "pk", Join(k.Columns.Select(c => table.Column(c).Name)),
                string.Join(',',
                    k.Elements
                        .Select(
                            e => ((k is DdlPrimaryKey && isInteger ? null : e.Collation) ?? table.Column(e.Column!).Collation ?? "BINARY")
                                .ToUpperInvariant()
                                + (e.Descending == true ? 1 : 0)))))]);
    }

    public static string Join(IEnumerable<string> names) => string.Join(Separator, names);

    public TableFacts WithColumn(string name, Func<ColumnFact, ColumnFact> change) =>
        this with { Columns = [.. Columns.Select(c => c.Name == name ? change(c) : c)] };

    /// <summary>As text; SQLite lists keys in an order of its own.</summary>
    public override string ToString() => string.Join('\n',
    [
        .. Columns.Select(c => c.ToString()),
        .. ForeignKeys.Select(k => k.ToString()).Order(StringComparer.Ordinal),
        .. Keys.Select(k => k.ToString()).Order(StringComparer.Ordinal),
    ]);
}
