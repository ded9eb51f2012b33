using System.Data.Common;
using System.Diagnostics;

namespace Alembic.Runtime;

/// <summary>
/// The transactions of a run. Each unit of work is made whole or not at all; where a commit costs many times what a small migration does, units that
/// end shortly after one another are committed together, each behind a savepoint of its own, so that one that fails takes none of the others with it.
/// </summary>
internal sealed class Transactions(OnlineSession session, TimeSpan commitInterval)
{
    private const string Savepoint = "alembic_migration";

    private long _begun;

    /// <summary>Makes one unit; what begins a transaction is done with the first in it.</summary>
    public void Run(Action begin, Action work)
    {
        var shared = session.Transaction;
        if (shared is null)
        {
            session.Begin();
            _begun = Stopwatch.GetTimestamp();
        }
        else
        {
            shared.Save(Savepoint);
        }

        try
        {
            if (shared is null)
                begin();
            work();
            if (Stopwatch.GetElapsedTime(_begun) >= commitInterval)
                session.Commit();
            else if (shared is not null && session.Transaction == shared)
                shared.Release(Savepoint);
        }
        catch
        {
            TakeBack(shared);
            throw;
        }
    }

    /// <summary>Commits what is not yet.</summary>
    public void End()
    {
        if (session.Transaction is not null)
            session.Commit();
    }

    private void TakeBack(DbTransaction? shared)
    {
        // What a migration committed itself is another transaction's.
        if (shared is null || session.Transaction != shared)
        {
            session.Rollback();
            return;
        }

        try
        {
            shared.Rollback(Savepoint);
            session.Discard();
            session.Commit();
        }
        catch (DbException)
        {
            // The database took back all of it, as it does when its disk is full.
            session.Rollback();
        }
    }
}
