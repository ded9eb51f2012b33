using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>
/// The migration lock of one connection, and the waits for the locks of others. Initially there is no lock, and no wait.
/// </summary>
internal sealed class LockedAccess(Database database)
{
    private const string MigrationLockName = "The migration lock";
    private const string TableLockName = "A lock on a table";

    private LockWait _wait = new(TimeSpan.Zero, _ => { });
    private DbException? _busy;

    public MigrationLock Lock { get; private set; } = new();

    private string? NotReady => _busy?.SqlState?.StartsWith("08", StringComparison.Ordinal) == true
        ? "the cluster, which this node is not part of at the moment"
        : null;

    /// <summary>Waits for a lock and takes it.</summary>
    public void Take(MigrationLock migrationLock, LockWait wait)
    {
        (Lock, _wait) = (migrationLock, wait);
        TakeAgain();
    }

    /// <summary>Takes the same lock on another connection.</summary>
    public void TakeAgain() => ForMigrationLock(Lock.TryTake);

    /// <summary>Waits for the migration lock.</summary>
    public void ForMigrationLock(Func<bool> attempt) =>
        _wait.Until(MigrationLockName, () => Try(attempt), () => NotReady ?? Lock.Holder()?.Text, TimeSpan.FromSeconds(1));

    /// <summary>Waits for a lock on a table that a transaction needs.</summary>
    public void ForTable(Action attempt) => _wait.Until(TableLockName, () => Try(() =>
    {
        attempt();
        return true;
    }), () => NotReady, TimeSpan.FromSeconds(5));

    /// <summary>
    /// Waits for a table lock that a statement outside of a transaction needs. A statement that got no lock did nothing, so there is
    /// nothing to roll back. During the wait, another run may get the lease of the migration lock.
    /// </summary>
    public int ForStatement(Func<int> attempt)
    {
        var count = 0;
        var isAgain = false;
        _wait.Until(TableLockName, () => Try(() =>
        {
            if (isAgain && !Lock.TryHold())
                return false;
            isAgain = true;
            count = attempt();
            return true;
        }), () => NotReady, TimeSpan.FromSeconds(5));
        return count;
    }

    /// <returns>False if another session holds a lock that is needed.</returns>
    public bool Try(Func<bool> attempt)
    {
        try
        {
            _busy = null;
            return attempt();
        }
        catch (DbException exception) when (database.IsBusy(exception))
        {
            _busy = exception;
            return false;
        }
    }
}
