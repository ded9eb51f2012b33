using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>A real SQLite in memory, for what it accepts and what it makes of it.</summary>
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

    public List<string> Rows(string sql) => [.. Values(sql).Select(r => string.Join(" | ", r.Select(v => v ?? "∅")))];

    public List<string?[]> Values(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        }
        return rows;
    }

    public string Sql(string name) => Rows($"SELECT sql FROM sqlite_schema WHERE name = {Literal(name)}").Single();

    public List<string> Columns(string table) =>
        Rows($"SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo({Literal(table)}) ORDER BY cid");

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
