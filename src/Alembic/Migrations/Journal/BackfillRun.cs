using System.Globalization;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>Runs the batches of a backfill. Only the database orders and compares keys, so that any type and collation works.</summary>
internal sealed class BackfillRun(Backfill backfill, OnlineSession session, Action<string> inform)
{
    private static readonly TimeSpan InformEvery = TimeSpan.FromSeconds(10);

    /// <param name="progress">The progress of an earlier run, or null.</param>
    /// <param name="note">Records, in a batch's transaction, that it is done.</param>
    /// <returns>How many rows were changed, including earlier runs.</returns>
    public long From(BackfillProgress? progress, Action<BackfillProgress> note)
    {
        Refuse();
        Enforce(true);
        try
        {
            progress = Batches(progress, note);
        }
        finally
        {
            Enforce(false);
        }
        var rows = progress?.Rows ?? 0;
        inform(string.Create(CultureInfo.InvariantCulture, $"Backfill of {backfill.Table}: {rows:N0} rows, done"));
        return rows;
    }

    private BackfillProgress? Batches(BackfillProgress? progress, Action<BackfillProgress> note)
    {
        var informed = session.Clock.GetTimestamp();
        var pace = new BackfillPace(session.Clock, () => Key("IS NOT NULL", fromEnd: true));
        using var span = Spans.Begin(Spans.Backfill, Spans.TableTag, backfill.Table, pace.Pace);
        while (First(progress?.Last) is { } from)
        {
            // A batch is found and run at different times: rows inserted in between are part of it if their key is in its range.
            var to = Key(">=", from, backfill.Batch - 1) ?? Key(">=", from, fromEnd: true) ?? from;
            var before = progress?.Rows ?? 0;
            session.InTransaction(() =>
            {
                progress = new(to, before + Math.Max(0, session.Execute(backfill.Of(from, to))));
                note(progress);
            });
            pace.Add(progress!.Rows - before, from, to);
            if (session.Clock.GetElapsedTime(informed) > InformEvery)
            {
                inform(progress.Text(backfill) + pace.Speed);
                informed = session.Clock.GetTimestamp();
            }
            session.Clock.Pause(backfill.Pause, session.Cancelled);
            session.Cancelled.ThrowIfCancellationRequested();
        }
        span?.Tell(Spans.RowsTag, pace.Pace.Rows);
        return progress;
    }

    private void Refuse()
    {
        backfill.Check(session.Dialect);
        if (session.IsInTransaction)
        {
            throw new AlembicException(
                $"The backfill of '{backfill.Table}' commits every batch, and cannot do that inside of the migration's transaction")
            {
                Hint = "op.AutocommitBlock(() => op.Backfill(…)) leaves the transaction for it",
            };
        }
        if (session.Query(backfill.KeyWhere(session.Dialect, "IS NULL")).Count > 0)
            throw new AlembicException($"The backfill of '{backfill.Table}' would never reach rows whose {backfill.Key} is NULL")
            {
                Hint = "give them a value first, or use another key column, such as the primary key"
            };
    }

    private object? First(object? last)
    {
        var key = last is null ? Key("IS NOT NULL") : Key(">", last);
        if (key is not null && (!BackfillProgress.CanKeep(key) || ValueComparer.Instance.Equals(key, last)))
        {
            throw new AlembicException(
                $"The backfill of '{backfill.Table}' cannot use the key {backfill.Key}: a value read from it ({key}, "
                    + $"{key.GetType().Name}) does not match it when it is sent back")
            {
                Hint = "use a column of whole numbers, text or timestamps, such as the primary key",
            };
        }
        return key;
    }

    // A Guid as text: all drivers send that form back to the column unchanged.
    private object? Key(string condition, object? bound = null, int offset = 0, bool fromEnd = false) =>
        session.Query(backfill.KeyWhere(session.Dialect, condition, bound, offset, fromEnd)) is [var row]
        ? row.Values.Single() is var key && key is Guid guid ? guid.ToString() : key
        : null;

    private void Enforce(bool isOn)
    {
        if (session.Dialect.EnforceKeys(isOn) is { } text)
            session.Execute(new Statement(text));
    }
}
