namespace Alembic.Migrations;

/// <summary>Waits for what another run or program has, with a word about it at first and then every ten seconds.</summary>
/// <param name="limit">How long at most.</param>
/// <param name="inform">Takes that word.</param>
/// <param name="clock">The clock; null for the system's.</param>
/// <param name="cancelled">Ends the waiting.</param>
internal sealed class LockWait(TimeSpan limit, Action<string> inform, TimeProvider? clock = null, CancellationToken cancelled = default)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private static readonly TimeSpan InformEvery = TimeSpan.FromSeconds(10);

    /// <param name="what">What is waited for, as the subject of a sentence.</param>
    /// <param name="attempt">Tries to get it.</param>
    /// <param name="holder">Who has it, or null.</param>
    /// <param name="longestPause">The pause between attempts grows up to this.</param>
    /// <exception cref="LockTimeoutException">It was not to be had in time.</exception>
    public void Until(string what, Func<bool> attempt, Func<string?> holder, TimeSpan longestPause)
    {
        var begun = _clock.GetTimestamp();
        var informed = 0;
        for (var pause = longestPause / 10; !attempt(); pause = pause * 2 < longestPause ? pause * 2 : longestPause)
        {
            var waited = _clock.GetElapsedTime(begun);
            var left = limit - waited;
            if (left <= TimeSpan.Zero)
                throw new LockTimeoutException(what, holder(), limit);
            if (waited >= informed * InformEvery)
            {
                var who = holder() is { } text ? $" by {text}" : "";
                inform($"{what} is held{who}: waiting since {waited.TotalSeconds:F0} s, for {limit.TotalSeconds:F0} s at most");
                informed = (int)(waited / InformEvery) + 1;
            }

            // Two that wait are not to come at the same moment again and again.
            var jittered = pause * (0.75 + (Random.Shared.NextDouble() / 2));
            if (_clock.Pause(jittered < left ? jittered : left, cancelled))
            {
                throw new MigrationCancelledException(
                    $"while {what.ToLowerInvariant()} was held",
                    "nothing of what was under way is kept; the same command goes on from what is applied");
            }
        }
    }
}

/// <summary>The migration lock, or a lock on a table, was not free in time. Nothing is changed beyond what the log says was run.</summary>
public sealed class LockTimeoutException : MigrationException
{
    internal LockTimeoutException(string what, string? holder, TimeSpan limit)
        : base($"{what} was not free within {limit.TotalSeconds:F0} s{(holder is null ? "" : $": it is held by {holder}")}") =>
        Hint =
            "run the command again when the other is done, or let it wait longer with --lock-timeout; dotnet alembic lock status shows "
                + "who has it";
}
