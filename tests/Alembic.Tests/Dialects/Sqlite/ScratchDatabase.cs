using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Dialects.Sqlite;

/// <summary>A real SQLite in memory, and what its pragmas say about a table, one fact a line.</summary>
internal sealed class ScratchDatabase : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False;Foreign Keys=False");

    public ScratchDatabase(params ReadOnlySpan<string> statements)
    {
        _connection.Open();
        foreach (var statement in statements)
        {
            Execute(statement);
        }
    }

    public void Dispose() => _connection.Dispose();

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            throw new AssertFailedException($"{e.Message}\n{sql}", e);
        }
    }

    public List<string> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "∅" : reader.GetValue(i) is byte[] b ? Convert.ToHexString(b) : $"{reader.GetValue(i)}")));
        }
        return rows;
    }

    public string Sql(string name) => Rows($"SELECT sql FROM sqlite_schema WHERE name = {Literal(name)}").Single();

    public List<string> Columns(string table) => Rows($"SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo({Literal(table)}) ORDER BY cid");

    public List<string> ForeignKeys(string table) => [.. Rows($"""
        SELECT group_concat("from", ','), "table", group_concat(coalesce("to", ''), ','), on_update, on_delete
        FROM (SELECT * FROM pragma_foreign_key_list({Literal(table)}) ORDER BY id, seq) GROUP BY id
        """).Order(StringComparer.Ordinal)];

    public List<string> Keys(string table) => [.. Rows($"""
        SELECT i.origin, i."unique", (SELECT group_concat(x.name || ' ' || x.coll || ' ' || x."desc", ',') FROM pragma_index_xinfo(i.name) x WHERE x.key)
        FROM pragma_index_list({Literal(table)}) i
        """).Order(StringComparer.Ordinal)];

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
