using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>Waits for a lock that another run or program holds, with a message at first and then every ten seconds.</summary>
/// <param name="limit">The longest wait.</param>
/// <param name="inform">Takes the message.</param>
/// <param name="clock">The clock; null for the system's.</param>
/// <param name="cancelled">Ends the waiting.</param>
internal sealed class LockWait(TimeSpan limit, Action<string> inform, TimeProvider? clock = null, CancellationToken cancelled = default)
{
    private static readonly TimeSpan InformEvery = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _limit = limit;
    private readonly Action<string> _inform = inform;
    private readonly CancellationToken _cancelled = cancelled;
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Repeats an attempt to get a lock until it succeeds.</summary>
    /// <param name="what">The lock, as the subject of a sentence.</param>
    /// <param name="attempt">Tries to get it.</param>
    /// <param name="holder">Who holds it, or null.</param>
    /// <param name="longestPause">The pause between attempts grows up to this.</param>
    /// <exception cref="LockTimeoutException">It was not released in time.</exception>
    public void Until(string what, Func<bool> attempt, Func<string?> holder, TimeSpan longestPause)
    {
        var waiting = Begin(what, holder, longestPause);
        while (!attempt())
            waiting.Pause();
    }

    /// <summary>Begins to wait: the time counts from here.</summary>
    /// <param name="what">The lock, as the subject of a sentence.</param>
    /// <param name="holder">Who holds it, or null.</param>
    /// <param name="longestPause">The pause between attempts grows up to this.</param>
    public Waiting Begin(string what, Func<string?> holder, TimeSpan longestPause) => new(this, what, holder, longestPause);

    /// <summary>Waits between attempts to get a lock.</summary>
    internal sealed class Waiting(LockWait wait, string what, Func<string?> holder, TimeSpan longestPause)
    {
        private readonly long _begun = wait._clock.GetTimestamp();
        private TimeSpan _pause = longestPause / 10;
        private int _informed;

        /// <summary>Waits for a while after a failed attempt.</summary>
        /// <exception cref="LockTimeoutException">It was not released in time.</exception>
        public void Pause()
        {
            var waited = wait._clock.GetElapsedTime(_begun);
            var left = wait._limit - waited;
            if (left <= TimeSpan.Zero)
                throw new LockTimeoutException(what, holder(), wait._limit);
            if (waited >= _informed * InformEvery)
            {
                var who = holder() is { } text ? $" by {text}" : "";
                wait._inform($"{what} is held{who}: waiting for {waited.TotalSeconds:F0} s, at most {wait._limit.TotalSeconds:F0} s");
                _informed = (int)(waited / InformEvery) + 1;
            }

            using var span = Spans.Begin(Spans.Wait)?.Tell(Spans.WaitedTag, waited.TotalSeconds);
            // Two waiting runs must not keep retrying at the same moment.
            var jittered = _pause * (0.75 + (Random.Shared.NextDouble() / 2));
            _pause = _pause * 2 < longestPause ? _pause * 2 : longestPause;
            if (wait._clock.Pause(jittered < left ? jittered : left, wait._cancelled))
            {
                throw new MigrationCancelledException(
                    $"while {what.ToLowerInvariant()} was held",
                    "the step that was running is rolled back; the same command continues from what is applied");
            }
        }
    }
}

/// <summary>The migration lock or a table lock was not released in time. Nothing is changed beyond the steps in the log.</summary>
public sealed class LockTimeoutException : MigrationException
{
    internal LockTimeoutException(string what, string? holder, TimeSpan limit)
        : base($"{what} was not released within {limit.TotalSeconds:F0} s{(holder is null ? "" : $": it is held by {holder}")}") =>
        Hint =
            "run the command again when the other run is done, or wait longer with --lock-timeout; dotnet alembic lock status shows "
                + "who holds it";
}
