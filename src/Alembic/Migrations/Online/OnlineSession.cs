using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Alembic.Operations;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>A connection, opened at the first use, with at most one transaction; statements run as they come.</summary>
internal sealed partial class OnlineSession(Database database, ILogger sqlLog) : IMigrationSession, IStatementSink, IDisposable
{
    private const string Savepoint = "alembic_migration";

    private readonly Dictionary<string, Action> _guards = [];
    private long _begun;
    private bool _isShared;
    private DbConnection? _connection;
    private MigrationLock _lock = new();
    private LockWait _wait = new(TimeSpan.Zero, _ => { });

    public bool IsOffline => false;

    public DbConnection Connection => _connection ??= Connect();

    public DbTransaction? Transaction { get; private set; }

    public Dialect Dialect => database.Dialect;

    /// <summary>Breaks off the statement at work.</summary>
    public CancellationToken Cancelled { get; set; }

    public void Accept(Statement statement) => Execute(statement);

    /// <returns>The number of rows that were changed, or -1 where the database does not say.</returns>
    public int Execute(Statement statement) => Transaction is null ? WithRetry(() => Send(statement)) : Send(statement);

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement)
    {
        using var command = Command(statement);
        using var breaking = Breaking(command);
        using var reader = command.ExecuteReader();
        List<IReadOnlyDictionary<string, object?>> rows = [];
        while (reader.Read())
        {
            var row = new Dictionary<string, object?>(reader.FieldCount, StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < reader.FieldCount; i++)
                row[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>Waits for a lock and takes it; from here on transactions hold it.</summary>
    public void Exclude(MigrationLock migrationLock, LockWait wait)
    {
        (_lock, _wait) = (migrationLock, wait);
        Exclude();
    }

    /// <summary>Begins a transaction, unless the last unit of work left its own open for this one.</summary>
    /// <returns>Whether it is a new one, in which everything may be different.</returns>
    public bool Begin()
    {
        if (Transaction is not null)
            return false;
        _wait.Until("The migration lock", TryBegin, Holder, TimeSpan.FromSeconds(1));
        _begun = Stopwatch.GetTimestamp();
        return true;
    }

    public void Check()
    {
        foreach (var check in _guards.Values)
            check();
        _guards.Clear();
    }

    /// <param name="isFollowed">
    /// Whether another unit of work begins at once. Where a commit costs many times what a small migration does, the two are then committed together, each
    /// behind a savepoint of its own: one that fails takes no other with it.
    /// </param>
    public void Commit(bool isFollowed = false)
    {
        Check();
        if (isFollowed && Transaction is not null && Stopwatch.GetElapsedTime(_begun) < Dialect.CommitInterval)
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
        // An answer, even a refusal, leaves the connection open.
        catch (Exception exception) when (exception is DbException or IOException && Connection.State != ConnectionState.Open)
        {
            throw new CommitUnansweredException(exception);
        }
        End();
    }

    /// <summary>Opens another connection in place of one that was lost, and takes the lock again: the lost one has it until the server notices.</summary>
    public void Reopen()
    {
        Rollback();
        _connection?.Dispose();
        _connection = null;
        _connection = Connect();
        Exclude();
    }

    /// <summary>
    /// Takes back the last unit of work; those before it that wait for their commit get it now. A connection that is gone has taken back by itself all
    /// that was not committed.
    /// </summary>
    public void Rollback()
    {
        _guards.Clear();
        try
        {
            if (Transaction?.Connection?.State == ConnectionState.Open)
                TakeBack(Transaction);
        }
        // A node that is cut off from its cluster refuses that, too, and takes back when the connection ends. To go on with it would commit.
        catch (DbException exception) when (!_isShared && database.IsBusy(exception))
        {
            GiveUp();
        }
        // A driver that lost its connection may have put the transaction away by itself.
        catch (Exception exception) when (!_isShared && exception is DbException or ObjectDisposedException)
        {
        }
        finally
        {
            End();
        }
    }

    public void Autocommit(Action block) => Autocommit(block, () => { });

    /// <param name="block">What to run without a transaction.</param>
    /// <param name="leaving">Called in the transaction that is about to be committed.</param>
    public void Autocommit(Action block, Action leaving)
    {
        if (!_lock.OutlivesTransaction)
            throw new AlembicException("Outside of a transaction the migration lock cannot be held through a connection pooler") { Hint = "give this run a URL that leads to the database itself" };
        leaving();
        var isMine = _lock.Keep();
        Commit();
        block();
        Begin();
        if (isMine)
            _lock.EndKeeping();
    }

    public void BeforeCommit(string name, Func<Action> guard)
    {
        if (Transaction is not null && !_guards.ContainsKey(name))
            _guards[name] = guard();
    }

    public void Dispose()
    {
        Rollback();
        _lock.Abandon();
        _connection?.Dispose();
    }

    private int Send(Statement statement)
    {
        using var command = Command(statement);
        using var breaking = Breaking(command);
        var count = command.ExecuteNonQuery();
        if (Dialect.MakesTypes(statement))
            database.LearnTypes(Connection);
        return count;
    }

    // What is run after that puts things in order.
    private CancellationTokenRegistration Breaking(DbCommand command) => Cancelled.IsCancellationRequested ? default : Cancelled.Register(() => database.Cancel(command));

    private void TakeBack(DbTransaction transaction)
    {
        if (!_isShared)
        {
            transaction.Rollback();
            return;
        }
        transaction.Rollback(Savepoint);
        transaction.Commit();
    }

    private void GiveUp()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (DbException)
        {
            // The driver asked for it once more.
        }
        _connection = null;
    }

    private void End()
    {
        Transaction?.Dispose();
        Transaction = null;
        _isShared = false;
    }

    private DbConnection Connect()
    {
        var connection = database.Open();
        foreach (var text in Dialect.OnConnect)
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
        return connection;
    }

    private DbCommand Command(Statement statement)
    {
        sqlLog.Log(LogLevel.Information, 0, statement.Text, null, static (text, _) => text);
        var command = Connection.CreateCommand();
        command.CommandText = statement.Text;
        command.Transaction = Transaction;
        foreach (var (name, value) in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            Dialect.Bind(parameter, value);
            database.Adapt(parameter);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
