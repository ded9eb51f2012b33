using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <content>Waiting for what others have.</content>
internal sealed partial class OnlineSession
{
    private DbException? _busy;

    /// <summary>Runs a migration's statement outside of a transaction.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isRepeatable">Whether it did nothing when it got no lock, and can be tried again; one of several may have done a part.</param>
    public void ExecuteAlone(Statement statement, bool isRepeatable)
    {
        if (isRepeatable)
            WithRetry(Attempt);
        else
            Attempt();

        int Attempt()
        {
            Dialect.BeforeAlone(this, statement.Text, isRepeatable);
            return Send(statement);
        }
    }

    /// <summary>
    /// Does what is small in a transaction of its own. If a lock is in the way, it steps back, lets those pass who wait behind it, and does it again.
    /// </summary>
    public void InTransaction(Action work) => _wait.Until("A lock on a table", () => Try(() =>
    {
        Begin();
        try
        {
            work();
            Commit();
            return true;
        }
        catch
        {
            Rollback();
            throw;
        }
    }), () => NotReady(_busy), TimeSpan.FromSeconds(5));

    private void Exclude() => _wait.Until("The migration lock", () => Try(_lock.TryTake), Holder, TimeSpan.FromSeconds(1));

    private string? Holder() => NotReady(_busy) ?? _lock.Holder()?.Text;

    private bool TryBegin()
    {
        if (Try(() =>
            {
                Transaction = database.Begin(Connection);
                return _lock.TryHold();
            }))
            return true;
        Rollback();
        return false;
    }

    private bool Try(Func<bool> attempt)
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

    // Outside of a transaction there is nothing but the statement to take back, and one that got no lock did nothing. While it waits, a lease may go to somebody else.
    private int WithRetry(Func<int> attempt)
    {
        var count = 0;
        var isAgain = false;
        _wait.Until("A lock on a table", () => Try(() =>
        {
            if (isAgain && !_lock.TryHold())
                return false;
            isAgain = true;
            count = attempt();
            return true;
        }), () => NotReady(_busy), TimeSpan.FromSeconds(5));
        return count;
    }

    private static string? NotReady(DbException? exception) => exception?.SqlState?.StartsWith("08", StringComparison.Ordinal) == true ? "the cluster, of which this node is no part for now" : null;
}
