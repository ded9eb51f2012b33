using System.Data;
using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>A database in use: one connection, and Alembic's own tables in it.</summary>
internal sealed class OpenDatabase(Database database, RevisionMap map, MigratorOptions options, ILogger log) : IDisposable
{
    private readonly EnvironmentOptions _environment = options.Environment;
    private MigrationLock? _lock;
    private bool _exists;
    private bool _isLocated;
    private bool _isReported;
    private UnfinishedMigration? _unfinished;

    public Database Database => database;

    public RevisionMap Map => map;

    public OnlineSession Session { get; } = new(
        database, options.Logging.CreateLogger("sqlalchemy.engine.Engine"), options.Clock, options.Environment.OnConnected)
    {
        Cancelled = options.Cancelled,
    };

    /// <summary>Tells whether the database exists: reading must not create a missing one.</summary>
    public bool Exists => _exists = _exists || database.Exists();

    public VersionTable Versions => field ??= new(database.Dialect, Located());

    public JournalTable Journal => field ??= new(database.Dialect, Located(), Session);

    /// <summary>The history, for reading; null if none is kept.</summary>
    public RunLog? RunLog => field ??= NewRunLog(purges: false);

    public RunLog? NewRunLog(bool purges) => _environment.KeepsHistory
        ? new(new RunLogTable(database.Dialect, Located(), Session, options.ToolVersion, options.User), Session, map, log.Warn, purges)
        : null;

    /// <summary>Creates a lock for one run: a released lock may not be usable again.</summary>
    public MigrationLock NewLock() => database.Dialect.Lock(LockScope);

    /// <summary>The scope of the migration lock: the runs that exclude each other.</summary>
    public LockScope LockScope => new(Session, _environment.VersionTableSchema, _environment.VersionTable)
    {
        Process = () => database.Process(Session.Connection),
        Connect = database.HasOwnConnection ? null : Connect,
        Clock = options.Clock,
    };

    // A second connection keeps the lock while the first one is busy. It is set up in the same way.
    private DbConnection Connect()
    {
        var connection = database.Open();
        try
        {
            _environment.OnConnected(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Tells who holds the migration lock; null for nobody, or if the database does not exist yet.</summary>
    public LockHolder? LockHolder() => Exists ? (_lock ??= NewLock()).Holder() : null;

    public void BreakLock(LockHolder holder) => (_lock ??= NewLock()).Break(holder);

    /// <summary>Reads the version rows; null if the version table does not exist.</summary>
    public IReadOnlyList<string>? Rows() => Exists ? Versions.Read(Session) : null;

    /// <summary>
    /// Gets the migration that was started and not finished; null for none. Takes no lock, so a run may begin or end between two reads.
    /// </summary>
    public UnfinishedMigration? Unfinished()
    {
        if (!Exists || Journal.Read() is not { } left || left.IsSettled(map, Rows() ?? []))
            return null;
        return LockHolder() is { } holder ? left.ToUnfinished(holder) : Journal.Read()?.ToUnfinished(null);
    }

    /// <summary>Logs, once, the unfinished migration.</summary>
    public void Report()
    {
        if (_isReported)
            return;
        _isReported = true;
        _unfinished = Unfinished();
        _unfinished?.Log(log, map);
    }

    /// <summary>Logs that a migration is running of which nothing is recorded yet; for commands that only read.</summary>
    public void ReportRun()
    {
        if (_unfinished is null && Exists && (_lock ??= NewLock()).ShowsHolder && LockHolder() is { } holder)
            log.Inform($"A migration is being run by {holder.Text}: this shows what was committed before");
    }

    /// <summary>Counts the rows of a table; null if it does not exist.</summary>
    public long? Count(string? schema, string table)
    {
        try
        {
            return Exists
                ? (long)Session.Query(new Statement($"SELECT COUNT(*) AS n FROM {database.Dialect.Quote(schema, table)}"))[0]["n"]!
                : null;
        }
        catch (DbException)
        {
            return null;
        }
    }

    /// <summary>Changes Alembic's own tables, with the lock held.</summary>
    public T WithLock<T>(LockWait wait, Func<T> work)
    {
        var migrationLock = NewLock();
        Session.Exclude(migrationLock, wait);
        Journal.LookAgain();
        Session.Begin();
        try
        {
            var result = work();
            Session.Commit();
            return result;
        }
        // Release at once: closing the connection may take a while, and until then the next command would see a running migration.
        finally
        {
            Session.Rollback();
            if (Session.Connection.State == ConnectionState.Open)
                migrationLock.Release();
        }
    }

    /// <summary>Settles an interrupted migration. Refuses one that was still running when called: its outcome was not known then.</summary>
    public UnfinishedMigration Settle(Repair repair, LockWait wait)
    {
        var running = Unfinished() is { RunBy: not null };
        return WithLock(wait, () => running && Journal.Read() is { } left
            ? throw new AlembicException($"{left.Revision} was running when repair was called, and did not finish: nothing was changed")
            {
                Hint = "check what it left with dotnet alembic current, then run repair again",
            }
            : Journal.Settle(repair)).ToUnfinished(null);
    }

    public void Dispose() => Session.Dispose();

    // Resolved before any migration runs: a migration may change what a name without a schema means.
    private EnvironmentOptions Located()
    {
        if (!_isLocated && Exists)
        {
            _environment.TableSchema = _environment.VersionTableSchema ?? database.Dialect.CurrentSchema(Session);
            _isLocated = true;
        }
        return _environment;
    }
}
