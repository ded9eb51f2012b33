using System.Data.Common;
using Alembic.Dialects.Sqlite;
using Alembic.Runtime;
using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Connections;

internal static class SqliteConnector
{
    private const int Busy = 5;
    private const int Locked = 6;

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
            Begin = Begin,
            IsBusy = exception => exception is SqliteException { SqliteErrorCode: Busy or Locked },
        };
    }

    // SQLite tells nobody that it waits, nor for how long: that is for the caller to do.
    private static SqliteTransaction Begin(DbConnection connection)
    {
        var sqlite = (SqliteConnection)connection;
        var timeout = sqlite.DefaultTimeout;
        try
        {
            sqlite.DefaultTimeout = 1;
            return sqlite.BeginTransaction();
        }
        finally
        {
            sqlite.DefaultTimeout = timeout;
        }
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
