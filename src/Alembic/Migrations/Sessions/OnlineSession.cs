using System.Data;
using System.Data.Common;
using Alembic.Operations;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>A connection with at most one transaction: the units of work of a run, and the statements between them.</summary>
internal sealed class OnlineSession(Database database, ILogger sqlLog, TimeProvider? clock = null, Action<DbConnection>? onConnected = null)
    : IMigrationSession, IStatementSink, IDisposable
{
    private const string Savepoint = "alembic_migration";

    private readonly DatabaseConnection _connection = new(database, sqlLog, onConnected, clock);
    private readonly LockedAccess _access = new(database);
    private readonly Dictionary<string, Action> _guards = [];
    private long _begun;
    private bool _isShared;
    private bool _isDue;

    public bool IsOffline => false;

    public Dialect Dialect => database.Dialect;

    public TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    public DbConnection Connection => _connection.Connection;

    public DbTransaction? Transaction { get; private set; }

    /// <summary>Tells whether the next statement runs in a transaction, which may not have begun yet.</summary>
    public bool IsInTransaction => Transaction is not null || _isDue;

    /// <summary>Cancels the running statement.</summary>
    public CancellationToken Cancelled
    {
        get => _connection.Cancelled;
        set => _connection.Cancelled = value;
    }

    public void Accept(Statement statement) => Execute(statement, isMigrations: true);

    /// <returns>The number of changed rows, or -1 if the database does not say.</returns>
    public int Execute(Statement statement, bool isMigrations = false) => Transaction is not null ? Send(statement, isMigrations)
        : _access.ForStatement(() => Send(statement, isMigrations));

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => _connection.Query(statement, Transaction);

    /// <summary>Runs a migration's statement outside of a transaction.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isRepeatable">Whether it does nothing if it gets no lock, so that it can be retried; one of several statements may
    /// already have run.</param>
    /// <param name="first">A statement that is sent with it and runs first; null for none.</param>
    public void ExecuteAlone(Statement statement, bool isRepeatable, Statement? first = null)
    {
        if (isRepeatable)
            _access.ForStatement(Attempt);
        else
            Attempt();

        int Attempt()
        {
            Dialect.BeforeAlone(this, statement.Text, isRepeatable);
            return first is null ? Send(statement, isMigrations: true) : _connection.ExecuteTogether(first, statement);
        }
    }

    /// <summary>Waits for a lock and takes it; transactions hold it from then on.</summary>
    public void Exclude(MigrationLock migrationLock, LockWait wait) => _access.Take(migrationLock, wait);

    /// <summary>Begins a transaction, unless the last unit of work left its own open for this one.</summary>
    /// <returns>Whether it is a new one, in which case the database may have changed.</returns>
    public bool Begin()
    {
        if (Transaction is not null)
            return false;
        _isDue = false;
        _access.ForMigrationLock(TryBegin);
        _begun = Clock.GetTimestamp();
        return true;
    }

    /// <summary>Lets the next statement that needs a transaction begin it. Begins it at once if the lock could be lost otherwise.</summary>
    public void BeginWhenNeeded()
    {
        _isDue = true;
        if (!_access.Lock.LastsAsConnection)
            Begin();
    }

    /// <summary>Begins the transaction that is due.</summary>
    public void BeginIfDue()
    {
        if (_isDue)
            Begin();
    }

    public void Check()
    {
        foreach (var check in _guards.Values)
            check();
        _guards.Clear();
    }

    /// <param name="isFollowed">Whether another unit of work follows at once. If a commit costs much more than a small migration, the two
    /// are committed together, each after its own savepoint: if one fails, the earlier ones are kept.</param>
    public void Commit(bool isFollowed = false)
    {
        Check();
        if (isFollowed && Transaction is not null && Clock.GetElapsedTime(_begun) < Dialect.CommitInterval)
        {
            if (_isShared)
                Transaction.Release(Savepoint);
            Transaction.Save(Savepoint);
            _isShared = true;
            return;
        }
        try
        {
            if (Transaction is not null)
                database.Commit(Transaction);
        }
        // The connection is closed, so there was no answer: an answer, even a refusal, leaves it open.
        catch (Exception exception) when (exception is DbException or IOException && Connection.State != ConnectionState.Open)
        {
            throw new CommitUnansweredException(exception);
        }
        End();
    }

    /// <summary>
    /// Replaces a lost connection and takes the lock again. The lost connection holds the lock until the server notices.
    /// </summary>
    public void Reopen()
    {
        Rollback();
        _connection.Reopen();
        _access.TakeAgain();
    }

    /// <summary>
    /// Rolls back the last unit of work, and commits earlier ones that wait for their commit. If the connection is lost, the server rolls
    /// back everything uncommitted by itself.
    /// </summary>
    public void Rollback()
    {
        _guards.Clear();
        try
        {
            if (Transaction?.Connection?.State == ConnectionState.Open)
                TakeBack(Transaction);
        }
        // A node that is cut off from its cluster refuses even a rollback; it rolls back when the connection ends. Reusing the connection
        // would commit.
        catch (DbException exception) when (!_isShared && database.IsBusy(exception))
        {
            _connection.GiveUp();
        }
        // After a lost connection or a refused commit, the driver may have disposed of the transaction by itself.
        catch (Exception exception) when (!_isShared && exception is DbException or InvalidOperationException)
        {
        }
        finally
        {
            End();
        }
    }

    /// <summary>
    /// Runs small work in its own transaction. If another session holds a lock, it rolls back, lets the queue behind it drain, and
    /// retries.
    /// </summary>
    public void InTransaction(Action work) => _access.ForTable(() =>
    {
        Begin();
        try
        {
            work();
            Commit();
        }
        catch
        {
            Rollback();
            throw;
        }
    });

    public void Autocommit(Action block) => Autocommit(block, static () => { });

    /// <param name="block">What to run without a transaction.</param>
    /// <param name="leaving">Called in the transaction that is about to be committed.</param>
    public void Autocommit(Action block, Action leaving)
    {
        if (database.OwnTransaction is not null)
        {
            throw new AlembicException("Nothing can run outside of the transaction here: it is the application's")
            {
                Hint = "pass only the connection, without a transaction",
            };
        }
        if (!_access.Lock.OutlivesTransaction)
        {
            throw new AlembicException("Outside of a transaction the migration lock cannot be held through a connection pooler")
            {
                Hint = "use a URL that connects to the database itself",
            };
        }
        leaving();
        var isMine = _access.Lock.Keep();
        Commit();
        block();
        Begin();
        if (isMine)
            _access.Lock.EndKeeping();
    }

    public void BeforeUserSql() => Dialect.BeforeUserSql(this);

    public void BeforeCommit(string name, Func<Action> guard)
    {
        if (Transaction is not null && !_guards.ContainsKey(name))
            _guards[name] = guard();
    }

    /// <summary>Tells why the database is read-only; null if it is not, or if that only shows later.</summary>
    public string? WhyReadOnly()
    {
        // Can only be checked in a transaction of our own.
        if (database.OwnTransaction is not null)
            return null;
        try
        {
            return Dialect.WhyReadOnly(this);
        }
        catch (DbException exception) when (Connection.State == ConnectionState.Open)
        {
            return database.IsBusy(exception) ? null : exception.Message;
        }
    }

    /// <summary>Runs an action that the database may refuse without harm to the rest of the transaction.</summary>
    /// <returns>The refusal, or null.</returns>
    public DbException? Attempt(Action action)
    {
        const string Savepoint = "alembic_attempt";
        var transaction = Dialect.HasTransactionalDdl ? Transaction : null;
        transaction?.Save(Savepoint);
        try
        {
            Dialect.Attempt(sql => _ = Connection.State == ConnectionState.Open ? Send(new(sql)) : 0, action);
            transaction?.Release(Savepoint);
            return null;
        }
        catch (DbException exception) when (Connection.State == ConnectionState.Open && !database.IsBusy(exception))
        {
            transaction?.Rollback(Savepoint);
            return exception;
        }
    }

    public void Dispose()
    {
        Rollback();
        _access.Lock.Abandon();
        _connection.Dispose();
    }

    private int Send(Statement statement, bool isMigrations = false) => _connection.Execute(statement, Transaction, isMigrations);

    private bool TryBegin()
    {
        if (_access.Try(() =>
            {
                Transaction = database.Begin(Connection);
                return _access.Lock.TryHold();
            }))
            return true;
        Rollback();
        return false;
    }

    private void TakeBack(DbTransaction transaction)
    {
        if (!_isShared)
        {
            database.Rollback(transaction);
            return;
        }
        transaction.Rollback(Savepoint);
        database.Commit(transaction);
    }

    private void End()
    {
        if (Transaction is not null)
            database.End(Transaction);
        Transaction = null;
        (_isShared, _isDue) = (false, false);
    }
}
