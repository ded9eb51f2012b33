using System.Diagnostics;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>A database of a test's own, and all that it holds as text: the tables of the tools apart.</summary>
internal sealed class EfDatabase : IDisposable
{
    private readonly string? _folder;

    /// <param name="dialect">"sqlite" or "postgresql".</param>
    public EfDatabase(string dialect)
    {
        _folder = dialect == "sqlite" ? Directory.CreateTempSubdirectory("alembic-ef-").FullName : null;
        Url = _folder is null ? PostgreSqlServer.NewDatabase() : $"sqlite:///{Path.Combine(_folder, "app.db")}";
        ConnectionString = _folder is null
            ? PostgreSqlServer.ConnectionString(Url) : $"Data Source={Path.Combine(_folder, "app.db")};Pooling=False";
    }

    public string Url { get; }

    /// <summary>The same for EF Core.</summary>
    public string ConnectionString { get; }

    public bool IsSqlite => _folder is not null;

    public void Execute(string sql)
    {
        using System.Data.Common.DbConnection connection =
            IsSqlite ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Its schema and its rows.</summary>
    /// <param name="inOrder">Whether the order of columns and rows counts.</param>
    public string Dump(bool inOrder = true)
    {
        if (IsSqlite)
            return SqliteDump(inOrder);
        using var process = Process.Start(new ProcessStartInfo(
            PostgreSqlServer.Program("pg_dump"),
            ["--inserts", "--column-inserts", "--no-owner", "-T", "alembic*", "-T", "\"__EFMigrationsHistory\"", Url])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal) && !line.StartsWith('\\'))
            // How far a sequence has counted is not taken back.
            .Where(line => !line.Contains("setval(", StringComparison.Ordinal));
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, error.Result);
        return string.Join('\n', inOrder ? lines : lines.Select(line => line.TrimEnd(',')).Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        if (_folder is null)
            PostgreSqlServer.Drop(Url);
        else
            Directory.Delete(_folder, recursive: true);
    }

    // The texts of CREATE TABLE differ in where a constraint is written; what they say does not.
    private string SqliteDump(bool inOrder)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        var lines = new List<string>();
        foreach (var table in Rows(connection, """
            SELECT name FROM sqlite_schema
            WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'alembic_%' AND name NOT LIKE '\_\_EF%' ESCAPE '\'
            ORDER BY name
            """))
        {
            lines.Add(table);
            var columns = Rows(connection, $"SELECT * FROM pragma_table_xinfo('{table}') ORDER BY cid");
            lines.AddRange(inOrder ? columns : columns.Select(column => column[(column.IndexOf('|') + 1)..]).Order(StringComparer.Ordinal));
            lines.AddRange(Rows(connection,
                $"SELECT \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list('{table}') ORDER BY 1, 2"));
            lines.AddRange(Rows(connection, $"""
                SELECT CASE l.origin WHEN 'c' THEN l.name ELSE l.origin END, l."unique", l.partial, i.seqno, i.name, i.desc
                FROM pragma_index_list('{table}') l, pragma_index_xinfo(l.name) i WHERE i.key ORDER BY 1, i.seqno, i.name
                """));
            lines.AddRange(Rows(connection,
                $"SELECT replace(sql, '\"', '') FROM sqlite_schema WHERE tbl_name = '{table}' AND type = 'index' ORDER BY name"));
            lines.AddRange(Rows(connection,
                $"SELECT 'autoincrement' FROM sqlite_schema WHERE name = '{table}' AND sql LIKE '%AUTOINCREMENT%'"));
            var names = string.Join(", ", Rows(connection,
                $"SELECT '\"' || name || '\"' FROM pragma_table_xinfo('{table}') ORDER BY {(inOrder ? "cid" : "name")}"));
            lines.AddRange(Rows(connection, $"SELECT {names} FROM \"{table}\" ORDER BY 1, 2"));
        }
        return string.Join('\n', lines);
    }

    private static List<string> Rows(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), null))));
        return rows;
    }
}
