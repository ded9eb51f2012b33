using Alembic.Operations;

namespace Alembic.Migrations;

/// <content>Work in many small transactions, between those of migrations.</content>
internal sealed partial class OnlineSession
{
    /// <summary>Makes a backfill as the run at work makes it.</summary>
    public Func<Backfill, long> Backfilling { get; set; } = _ => throw new InvalidOperationException("There is no run to make it in.");

    public long Backfill(Backfill backfill) => Backfilling(backfill);

    /// <summary>Does what is small in a transaction of its own. If a lock is in the way, it steps back, lets those pass who wait behind it, and does it again.</summary>
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
}
