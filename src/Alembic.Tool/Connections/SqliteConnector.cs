using System.Data.Common;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Microsoft.Data.Sqlite;
using Parameter = Alembic.Tool.Connections.UrlParameter<Microsoft.Data.Sqlite.SqliteConnectionStringBuilder>;

namespace Alembic.Tool.Connections;

/// <summary>From a URL or a connection string to a database file.</summary>
internal static class SqliteConnector
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const string DataDirectory = "|DataDirectory|";

    // Made where a URL has any: few have.
    private static Parameter[] Parameters =>
    [
        Parameter.Seconds("timeout", (s, n) => s.DefaultTimeout = n),
        Parameter.Word<SqliteOpenMode>("mode", (s, v) => s.Mode = v,
            ("ro", SqliteOpenMode.ReadOnly), ("rw", SqliteOpenMode.ReadWrite), ("rwc", SqliteOpenMode.ReadWriteCreate), ("memory", SqliteOpenMode.Memory)),
        Parameter.Word<SqliteCacheMode>("cache", (s, v) => s.Cache = v, ("shared", SqliteCacheMode.Shared), ("private", SqliteCacheMode.Private)),
        Parameter.Text("vfs", (s, v) => s.Vfs = v),
        Parameter.Ignored("check_same_thread uri nolock detect_types isolation_level cached_statements autocommit"),
    ];

    public static Database Connect(DatabaseUrl url, string folder) => Connect(Settings(url, folder), url);

    public static Database Connect(string connectionString, string folder)
    {
        var settings = Settings(connectionString, folder);
        return Connect(settings, new DatabaseUrl("sqlite") { Database = settings.DataSource });
    }

    internal static SqliteConnectionStringBuilder Settings(DatabaseUrl url, string folder)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = url.Database is "" ? ":memory:" : url.Database };
        if (url.Query.Count > 0)
            Parameter.ApplyAll(Parameters, "SQLite", url, settings);
        return Fixed(settings, folder);
    }

    internal static SqliteConnectionStringBuilder Settings(string connectionString, string folder)
    {
        var settings = new SqliteConnectionStringBuilder();
        Keywords.Apply(connectionString, settings, "SQLite");
        if (settings.Password.Length > 0)
            throw new ConnectionException("unsupported connection string for SQLite: this program's SQLite knows no encryption, and Password is set");
        if (settings.DataSource.Length == 0)
            throw new ConnectionException("unsupported connection string for SQLite: Data Source is not set") { Hint = "Data Source=app.db" };
        // What applications are told to write for the folder of their data.
        if (settings.DataSource.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase))
            settings.DataSource = settings.DataSource[DataDirectory.Length..].TrimStart('/', '\\');
        return Fixed(settings, folder);
    }

    private static SqliteConnectionStringBuilder Fixed(SqliteConnectionStringBuilder settings, string folder)
    {
        // The connection lives as long as the run, and the file is free when it ends.
        settings.Pooling = false;
        if (IsFile(settings))
            settings.DataSource = Path.GetFullPath(settings.DataSource, folder);
        return settings;
    }

    private static bool IsFile(SqliteConnectionStringBuilder settings) =>
        settings.DataSource != ":memory:" && settings.Mode != SqliteOpenMode.Memory && !settings.DataSource.StartsWith("file:", StringComparison.Ordinal);

    private static Database Connect(SqliteConnectionStringBuilder settings, DatabaseUrl url) =>
        new(new SqliteDialect(), () => Open(settings.ConnectionString, url), url.Display)
        {
            File = IsFile(settings) ? settings.DataSource : null,
            BackUp = (file, isOwn) => SqliteBackup.Save(settings.DataSource, file, isOwn),
            Restore = IsFile(settings) ? (file, replaced, isOwn) => SqliteBackup.Restore(file, settings.DataSource, replaced, isOwn) : null,
            Exists = () => !IsFile(settings) || Exists(settings.DataSource, url),
            Begin = Begin,
            Commit = Commit,
            // The driver's own Cancel does nothing.
            Cancel = command => SQLitePCL.raw.sqlite3_interrupt(((SqliteConnection)command.Connection!).Handle),
            IsBusy = exception => exception is SqliteException { SqliteErrorCode: Busy or Locked },
        };

    // SQLite tells nobody that it waits, nor for how long: that is for the caller to do.
    private static SqliteTransaction Begin(DbConnection connection) => Within(1, (SqliteConnection)connection, c => c.BeginTransaction());

    // While it waits for those who read, nobody else can begin to.
    private static void Commit(DbTransaction transaction) => Within(2, (SqliteConnection)transaction.Connection!, _ =>
    {
        transaction.Commit();
        return true;
    });

    private static T Within<T>(int seconds, SqliteConnection connection, Func<SqliteConnection, T> work)
    {
        var timeout = connection.DefaultTimeout;
        try
        {
            connection.DefaultTimeout = seconds;
            return work(connection);
        }
        finally
        {
            connection.DefaultTimeout = timeout;
        }
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
                Hint = url.Database is ['/' or '\\', var drive, ':', ..] && char.IsAsciiLetter(drive)
                    ? $"the path of a drive stands behind three slashes: sqlite:///{url.Database[1..]}"
                    : !Path.IsPathFullyQualified(url.Database)
                    ? $"the path is relative to the working directory: make the folder, or write sqlite:///%(here)s/{url.Database} for one beside the ini file"
                    : $"mkdir {(directory.Contains(' ', StringComparison.Ordinal) ? $"\"{directory}\"" : directory)}",
            };
        }
        // A link to nothing is no database.
        return Path.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is null or { Exists: true };
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
