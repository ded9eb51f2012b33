using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>A table as the database stores it: its text, and the texts of its indexes and triggers.</summary>
internal sealed record StoredTable(CreateTableStatement Statement, IReadOnlyList<CreateIndexStatement> Indexes,
    IReadOnlyList<string> Triggers, IReadOnlyList<string> Views)
{
    /// <summary>Tells whether other tables have triggers: SQLite drops no column in place while one names a missing object.</summary>
    public bool HasTriggersElsewhere { get; private init; }

    public const string TemporaryPrefix = "_alembic_tmp_";

    /// <summary>Triggers of other tables and of views that name this table.</summary>
    public IReadOnlyList<string> TriggersElsewhere { get; private init; } = [];

    /// <summary>The name of a copy while it is created, here and in Alembic.</summary>
    public static string Leftover(string table) => TemporaryPrefix + table;

    public static StoredTable Read(Dialect dialect, IMigrationSession session, string? schema, string table)
    {
        var objects = session.Query(
            new Statement(
                $"SELECT type, name, tbl_name, sql FROM {dialect.Quote(schema, "sqlite_schema")} WHERE sql IS NOT NULL ORDER BY rowid"));
        IEnumerable<string> Of(string type, bool own) => objects
            .Where(o => (string)o["type"]! == type && (!own || DdlName.Comparer.Equals((string)o["tbl_name"]!, table)))
            .Select(o => (string)o["sql"]!);
        var text = Of("table", own: true).FirstOrDefault() ?? throw Missing(table, Of("table", own: false));
        return new StoredTable(
            CreateTableStatement.Parse(text),
            [.. Of("index", own: true).Select(CreateIndexStatement.Parse)],
            // A view's INSTEAD OF trigger stays with its view.
            [.. Of("trigger", own: true)],
            [.. objects.Where(o => (string)o["type"]! == "view").Select(o => (string)o["name"]!)])
        {
            HasTriggersElsewhere = Of("trigger", own: false).Except(Of("trigger", own: true)).Any(),
            TriggersElsewhere = [.. Of("trigger", own: false).Except(Of("trigger", own: true))
                .Where(t => DdlIdentifiers.In(t).Contains(table))],
        };
    }

    /// <summary>A stored text with its schema, which the text does not name.</summary>
    public static string Qualified(string text, string kind, string? schema, Dialect dialect)
    {
        if (schema is null)
            return text;
        var words = DdlTokenizer.Tokenize(text).Where(t => !t.IsTrivia).SkipWhile(t => !t.Is(kind)).Skip(1).ToList();
        return words[1].Is(".") ? text : text.Insert(words[0].Start, dialect.Quote(schema) + ".");
    }

    private static AlembicException Missing(string table, IEnumerable<string> texts)
    {
        var copy = texts.Select(CreateTableStatement.Parse).FirstOrDefault(t => DdlName.Comparer.Equals(t.Name, Leftover(table)));
        return new AlembicException($"No such table: {table}")
        {
            Hint = copy is null
                ? null
                : $"a migration by another tool seems to have stopped between its last steps: if '{copy.Name}' holds the rows, ALTER "
                    + $"TABLE {DdlName.Quote(copy.Name)} RENAME TO {DdlName.Quote(table)}",
        };
    }

    /// <summary>The triggers that contain the column's name; they may mean another table's column.</summary>
    public IReadOnlyList<string> TriggersUsing(string column) =>
        [.. Triggers.Concat(TriggersElsewhere).Where(t => DdlIdentifiers.In(t).Contains(column))];
}
