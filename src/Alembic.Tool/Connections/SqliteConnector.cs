using System.Data.Common;
using Alembic.Dialects.Sqlite;
using Alembic.Runtime;
using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Connections;

internal static class SqliteConnector
{
    public static Database Connect(DatabaseUrl url, string workingDirectory)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = url.Database is "" ? ":memory:" : url.Database, Pooling = false };
        foreach (var (key, value) in url.Query)
        {
            switch (key)
            {
                case "timeout" when int.TryParse(value, out var seconds):
                    settings.DefaultTimeout = seconds;
                    break;
                case "mode" when value is "ro" or "rw" or "rwc" or "memory":
                    settings.Mode = value switch
                    {
                        "ro" => SqliteOpenMode.ReadOnly, "rw" => SqliteOpenMode.ReadWrite, "rwc" => SqliteOpenMode.ReadWriteCreate, _ => SqliteOpenMode.Memory,
                    };
                    break;
                case "cache" when value is "shared" or "private":
                    settings.Cache = value == "shared" ? SqliteCacheMode.Shared : SqliteCacheMode.Private;
                    break;
                // What only Python's driver needs.
                case "check_same_thread" or "uri" or "nolock" or "detect_types" or "isolation_level":
                    break;
                default:
                    throw DatabaseUrl.Unsupported(url.Display, $"SQLite has no parameter '{key}' with such a value; it knows timeout (seconds), mode (ro, rw, rwc, memory) and cache (shared, private)");
            }
        }
        var isFile = settings.DataSource != ":memory:" && settings.Mode != SqliteOpenMode.Memory && !settings.DataSource.StartsWith("file:", StringComparison.Ordinal);
        var path = isFile ? Path.GetFullPath(settings.DataSource, workingDirectory) : settings.DataSource;
        settings.DataSource = path;
        return new Database(new SqliteDialect(), () => Open(settings.ConnectionString, url), url.Display)
        {
            Exists = () => !isFile || Exists(path, url),
        };
    }

    /// <summary>Asks a database in memory what is asked of every database first.</summary>
    public static void Prepare()
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE name = @name";
        command.Parameters.Add(new SqliteParameter("@name", ""));
        using var reader = command.ExecuteReader();
        reader.Read();
    }

    private static bool Exists(string path, DatabaseUrl url)
    {
        if (Path.GetDirectoryName(path) is { } directory && !Directory.Exists(directory))
        {
            throw new ConnectionException($"unable to open database file '{url.Database}': the directory '{directory}' does not exist")
            {
                Hint = !Path.IsPathFullyQualified(url.Database)
                    ? $"the path is relative to the working directory: make the folder, or write sqlite:///%(here)s/{url.Database} for one beside the ini file"
                    : $"mkdir {(directory.Contains(' ', StringComparison.Ordinal) ? $"\"{directory}\"" : directory)}",
            };
        }
        return Path.Exists(path);
    }

    private static SqliteConnection Open(string connectionString, DatabaseUrl url)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (DbException exception)
        {
            connection.Dispose();
            throw new AlembicException($"unable to open database file '{url.Database}': {exception.Message}", exception);
        }
    }
}
