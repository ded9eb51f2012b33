using System.Diagnostics;

namespace Alembic.Migrations;

/// <summary>Waits for what another run or program has, with a word about it at first and then every ten seconds.</summary>
/// <param name="limit">How long at most.</param>
/// <param name="say">Takes that word.</param>
/// <param name="cancelled">Ends the waiting.</param>
internal sealed class LockWait(TimeSpan limit, Action<string> say, CancellationToken cancelled = default)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    /// <param name="what">What is waited for, as the subject of a sentence.</param>
    /// <param name="attempt">Tries to get it.</param>
    /// <param name="holder">Who has it, or null.</param>
    /// <param name="longestPause">The pause between attempts grows up to this.</param>
    /// <exception cref="LockTimeoutException">It was not to be had in time.</exception>
    public void Until(string what, Func<bool> attempt, Func<string?> holder, TimeSpan longestPause)
    {
        var waited = Stopwatch.StartNew();
        var told = 0;
        for (var pause = longestPause / 10; !attempt(); pause = pause * 2 < longestPause ? pause * 2 : longestPause)
        {
            var left = limit - waited.Elapsed;
            if (left <= TimeSpan.Zero)
                throw new LockTimeoutException(what, holder(), limit);
            if (waited.Elapsed >= told * TellEvery)
            {
                say($"{what} is held{(holder() is { } who ? $" by {who}" : "")}: waiting since {waited.Elapsed.TotalSeconds:F0} s, for {limit.TotalSeconds:F0} s at most");
                told = (int)(waited.Elapsed / TellEvery) + 1;
            }

            // Two that wait are not to come at the same moment again and again.
            var jittered = pause * (0.75 + (Random.Shared.NextDouble() / 2));
            if (cancelled.WaitHandle.WaitOne(jittered < left ? jittered : left))
                throw new MigrationCancelledException($"while {what.ToLowerInvariant()} was held", "nothing of what was under way is kept; the same command goes on from what is applied");
        }
    }
}

/// <summary>The migration lock, or a lock on a table, was not free in time. Nothing is changed beyond what the log says was run.</summary>
public sealed class LockTimeoutException : AlembicException
{
    internal LockTimeoutException(string what, string? holder, TimeSpan limit)
        : base($"{what} was not free within {limit.TotalSeconds:F0} s{(holder is null ? "" : $": it is held by {holder}")}") =>
        Hint = "run the command again when the other is done, or let it wait longer with --lock-timeout; dotnet alembic lock status shows who has it";
}
