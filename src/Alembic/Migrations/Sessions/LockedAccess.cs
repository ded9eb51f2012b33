using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>
/// The migration lock as one connection has it, and the waiting for what others have. As it begins there is no lock and no patience.
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
    /// The same outside of a transaction, where there is nothing but the statement to take back, and one that got no lock did nothing.
    /// While it waits, a lease may go to somebody else.
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

    /// <returns>False where somebody else has a lock that is needed.</returns>
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
