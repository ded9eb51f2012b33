using System.Data.Common;
using System.Text.RegularExpressions;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Microsoft.Data.Sqlite;

namespace Alembic.Sqlite;

/// <summary>A SQLite database, through the driver Microsoft.Data.Sqlite.</summary>
public sealed partial class SqliteDatabase : Database
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const string DataDirectory = "|DataDirectory|";

    private readonly string _given;

    /// <summary>Describes a database file, or one in memory that lives as long as a run.</summary>
    /// <param name="connectionString">For example <c>Data Source=app.db</c>.</param>
    /// <param name="folder">The folder that a relative path starts from; null for the working directory.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public SqliteDatabase(string connectionString, string? folder = null)
        : this(Parse(connectionString), folder)
    {
    }

    /// <summary>Describes a database file, or one in memory that lives as long as a run.</summary>
    /// <param name="settings">The driver's settings.</param>
    /// <param name="folder">The folder that a relative path starts from; null for the working directory.</param>
    public SqliteDatabase(SqliteConnectionStringBuilder settings, string? folder = null)
        : this(settings.DataSource, WithFullPath(settings, folder ?? Environment.CurrentDirectory))
    {
    }

    /// <summary>Describes the database that the application is connected to. Only this can migrate one in memory.</summary>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    /// <param name="transaction">The application's transaction on it, which it commits itself; or null.</param>
    public SqliteDatabase(SqliteConnection connection, SqliteTransaction? transaction = null)
        : base(new SqliteDialect(), Url(connection.DataSource), connection, transaction)
    {
        _given = connection.DataSource;
        Settings = new(connection.ConnectionString);
    }

    private SqliteDatabase(string given, SqliteConnectionStringBuilder settings)
        : base(new SqliteDialect(), Url(settings.DataSource)) => (_given, Settings) = (given, settings);

    /// <inheritdoc/>
    public override string? File => !HasOwnConnection && IsFile(Settings) ? Settings.DataSource : null;

    internal SqliteConnectionStringBuilder Settings { get; }

    /// <inheritdoc/>
    /// <exception cref="ConnectionException">The folder of the file does not exist.</exception>
    public override bool Exists()
    {
        if (File is not { } path)
            return true;
        if (Path.GetDirectoryName(path) is { } directory && !Directory.Exists(directory))
        {
            throw new ConnectionException($"unable to open database file '{_given}': the directory '{directory}' does not exist")
            {
                Hint = _given is ['/' or '\\', var drive, ':', ..] && char.IsAsciiLetter(drive)
                    ? $"a path with a drive follows three slashes: sqlite:///{_given[1..]}"
                    : Path.IsPathFullyQualified(_given)
                    ? $"mkdir {(directory.Contains(' ', StringComparison.Ordinal) ? $"\"{directory}\"" : directory)}"
                    : "the path is relative to the working directory: create the folder, or write a full path; in alembic.ini, "
                        + $"sqlite:///%(here)s/{_given}",
            };
        }
        // A link to nothing is not a database.
        return Path.Exists(path) && System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true) is null or { Exists: true };
    }

    /// <inheritdoc/>
    public override Database? Replica(bool withTables)
    {
        if (!withTables)
            return new SqliteReplica(null);
        if (!Exists() || (File is { } path && !System.IO.File.Exists(path)))
            throw new ConnectionException($"there is no database file '{_given}' to read");
        var connection = Open();
        try
        {
            return SqliteReplica.Of((SqliteConnection)connection);
        }
        finally
        {
            Close(connection);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The copy is in a folder that only this user can read, and is deleted at the end.</remarks>
    public override T? OnCopy<T>(Func<Database, T> work)
        where T : class
    {
        var folder = Directory.CreateTempSubdirectory("alembic-copy-");
        try
        {
            var settings = new SqliteConnectionStringBuilder(Settings.ConnectionString)
            {
                DataSource = Path.Combine(folder.FullName, "copy.db"), Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false,
            };
            if (HasOwnConnection || (Exists() && System.IO.File.Exists(File)))
                CopyTo(settings);
            return work(new SqliteDatabase(_given, settings) { DisplayUrl = DisplayUrl });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <inheritdoc/>
    public override void OnScratch(Action<Database> work, Action<string> warn)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(Settings.ConnectionString)
        {
            DataSource = ":memory:", Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Private, Pooling = false,
        }.ToString());
        connection.Open();
        work(new SqliteDatabase(connection));
    }

    /// <inheritdoc/>
    public override bool BackUp(string file, Func<string, bool> isOwn) => SqliteBackup.Save(Settings.DataSource, file, isOwn);

    /// <inheritdoc/>
    public override bool Restore(string file, string replaced, Func<string, bool> isOwn) =>
        SqliteBackup.Restore(file, Settings.DataSource, replaced, isOwn);

    /// <inheritdoc/>
    public override bool IsBusy(DbException exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <inheritdoc/>
    /// <remarks>A broken view or trigger prevents renaming of any table.</remarks>
    public override string? WayOut(DbException exception, string statement) =>
        Broken().Match(exception.Message) is { Success: true } found
        ? $"DROP {found.Groups["kind"].Value.ToUpperInvariant()} "
            + $"\"{found.Groups["name"].Value.Replace("\"", "\"\"", StringComparison.Ordinal)}\" first, or fix it, with op.Execute"
        : null;

    /// <inheritdoc/>
    /// <remarks>The driver's own Cancel does nothing.</remarks>
    public override void Cancel(DbCommand command) => SQLitePCL.raw.sqlite3_interrupt(((SqliteConnection)command.Connection!).Handle);

    /// <inheritdoc/>
    public override IDisposable? ReadStoredTexts(DbConnection connection) => new StoredStrings((SqliteConnection)connection);

    /// <inheritdoc/>
    protected override DbConnection Connect() => new SqliteConnection(Settings.ConnectionString);

    // SQLite tells nobody that it waits, nor for how long: the caller does.

    /// <inheritdoc/>
    protected override DbTransaction BeginTransaction(DbConnection connection) =>
        Within(1, (SqliteConnection)connection, c => c.BeginTransaction());

    // While it waits for readers, nobody else can begin to read.

    /// <inheritdoc/>
    protected override void CommitTransaction(DbTransaction transaction) => Within(2, (SqliteConnection)transaction.Connection!, _ =>
    {
        transaction.Commit();
        return true;
    });

    /// <inheritdoc/>
    protected override string Refusal(Exception exception) => $"unable to open database file '{_given}': {exception.Message}";

    [GeneratedRegex("'error in (?<kind>view|trigger) (?<name>.+?)( after [a-z ]+)?: ", RegexOptions.ExplicitCapture)]
    private static partial Regex Broken();

    private void CopyTo(SqliteConnectionStringBuilder settings)
    {
        using var target = new SqliteConnection(settings.ConnectionString);
        target.Open();
        var source = (SqliteConnection)Open();
        try
        {
            source.BackupDatabase(target);
        }
        finally
        {
            Close(source);
        }
    }

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

    private static string Url(string path) => UrlOf("sqlite", null, hasPassword: false, null, null, path);

    private static bool IsFile(SqliteConnectionStringBuilder settings) =>
        settings.DataSource != ":memory:" && settings.Mode != SqliteOpenMode.Memory
        && !settings.DataSource.StartsWith("file:", StringComparison.Ordinal);

    private static SqliteConnectionStringBuilder WithFullPath(SqliteConnectionStringBuilder settings, string folder)
    {
        // The connection lives as long as the run, and the file is free when it ends.
        var result = new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        if (IsFile(result))
            result.DataSource = Path.GetFullPath(result.DataSource, folder);
        return result;
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder();
        Apply(connectionString, settings, "SQLite");
        if (settings.Password.Length > 0)
            throw new ConnectionException(
                "unsupported connection string for SQLite: this program's SQLite has no encryption, but Password is set");
        if (settings.DataSource.Length == 0)
            throw new ConnectionException("unsupported connection string for SQLite: Data Source is not set")
            {
                Hint = "Data Source=app.db"
            };
        // The placeholder that applications use for the folder of their data.
        if (settings.DataSource.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase))
            settings.DataSource = settings.DataSource[DataDirectory.Length..].TrimStart('/', '\\');
        return settings;
    }
}
