using System.Data;
using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>A database that is being worked with: one connection, and the tables of Alembic's own that are kept in it.</summary>
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

    /// <summary>Tells whether it is there: one that is not is not made just to be looked at.</summary>
    public bool Exists => _exists = _exists || database.Exists();

    public VersionTable Versions => field ??= new(database.Dialect, Located());

    public JournalTable Journal => field ??= new(database.Dialect, Located(), Session);

    /// <summary>The history for reading; null where none is kept.</summary>
    public RunLog? RunLog => field ??= NewRunLog(purges: false);

    public RunLog? NewRunLog(bool purges) => _environment.KeepsHistory
        ? new(new RunLogTable(database.Dialect, Located(), Session, options.ToolVersion, options.User), Session, map, log.Warn, purges)
        : null;

    /// <summary>A lock of its own for each run: one that was given back may be of no use any more.</summary>
    public MigrationLock NewLock() => database.Dialect.Lock(LockScope);

    /// <summary>The runs that the lock keeps apart.</summary>
    public LockScope LockScope => new(Session, _environment.VersionTableSchema, _environment.VersionTable)
    {
        Process = () => database.Process(Session.Connection),
        Connect = database.HasOwnConnection ? null : Connect,
        Clock = options.Clock,
    };

    // What keeps a lock while the connection is busy is connected like it.
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

    /// <summary>Who holds the migration lock; null for nobody, and where there is no database yet.</summary>
    public LockHolder? LockHolder() => Exists ? (_lock ??= NewLock()).Holder() : null;

    public void BreakLock(LockHolder holder) => (_lock ??= NewLock()).Break(holder);

    /// <summary>The version rows; null without a table for them.</summary>
    public IReadOnlyList<string>? Rows() => Exists ? Versions.Read(Session) : null;

    /// <summary>
    /// The migration that was begun and is not finished; null for none. Without the lock, so a run may begin or end between two looks.
    /// </summary>
    public UnfinishedMigration? Unfinished()
    {
        if (!Exists || Journal.Read() is not { } left || left.IsSettled(map, Rows() ?? []))
            return null;
        return LockHolder() is { } holder ? left.ToUnfinished(holder) : Journal.Read()?.ToUnfinished(null);
    }

    /// <summary>Logs, once, what is unfinished.</summary>
    public void Report()
    {
        if (_isReported)
            return;
        _isReported = true;
        _unfinished = Unfinished();
        _unfinished?.Log(log, map);
    }

    /// <summary>Logs that a migration is being run, of which nothing is noted yet: for whoever only looks.</summary>
    public void ReportRun()
    {
        if (_unfinished is null && Exists && (_lock ??= NewLock()).ShowsHolder && LockHolder() is { } holder)
            log.Inform($"A migration is being run by {holder.Text}: this shows what was committed before");
    }

    /// <summary>How many rows a table has; null where there is no such table.</summary>
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

    /// <summary>Does something to Alembic's own tables, with the lock held.</summary>
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
        // At once: the end of the connection, which may take a while, would look like a run at work to the next command.
        finally
        {
            Session.Rollback();
            if (Session.Connection.State == ConnectionState.Open)
                migrationLock.Release();
        }
    }

    /// <summary>Settles a broken-off migration. One that was still being run at first is left: nobody knew what it would leave.</summary>
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

    // Found before any migration runs: one may change what a name without a schema means.
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
