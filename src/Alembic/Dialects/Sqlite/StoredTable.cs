using Alembic.Operations;

namespace Alembic.Dialects.Sqlite;

/// <summary>A table as the database stores it: its text, and the texts of its indexes and triggers.</summary>
internal sealed record StoredTable(CreateTableStatement Statement, IReadOnlyList<CreateIndexStatement> Indexes, IReadOnlyList<string> Triggers, IReadOnlyList<string> Views)
{
    /// <summary>Triggers of other tables and of views that name this table.</summary>
    public IReadOnlyList<string> TriggersElsewhere { get; private init; } = [];

    public static StoredTable Read(Dialect dialect, IMigrationSession session, string? schema, string table)
    {
        var objects = session.Query(new Statement($"SELECT type, name, tbl_name, sql FROM {dialect.Quote(schema, "sqlite_schema")} WHERE sql IS NOT NULL ORDER BY rowid"));
        IEnumerable<string> Of(string type, bool own) => objects
            .Where(o => (string)o["type"]! == type && (!own || DdlName.Comparer.Equals((string)o["tbl_name"]!, table))).Select(o => (string)o["sql"]!);
        var text = Of("table", own: true).FirstOrDefault() ?? throw new AlembicException($"No such table: {table}");
        return new StoredTable(
            CreateTableStatement.Parse(text),
            [.. Of("index", own: true).Select(CreateIndexStatement.Parse)],
            // A view's INSTEAD OF trigger stays with its view.
            [.. Of("trigger", own: true)],
            [.. objects.Where(o => (string)o["type"]! == "view").Select(o => (string)o["name"]!)])
        {
            TriggersElsewhere = [.. Of("trigger", own: false).Except(Of("trigger", own: true)).Where(t => DdlIdentifiers.In(t).Contains(table))],
        };
    }

    /// <summary>Those that have the column's name in them; it may be another table's column that they mean.</summary>
    public IReadOnlyList<string> TriggersUsing(string column) => [.. Triggers.Concat(TriggersElsewhere).Where(t => DdlIdentifiers.In(t).Contains(column))];
}
