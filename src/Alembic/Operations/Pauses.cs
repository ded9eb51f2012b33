namespace Alembic.Operations;

/// <summary>Waiting by a clock that a test may turn.</summary>
internal static class Pauses
{
    /// <returns>Whether it was cancelled before its time.</returns>
    public static bool Pause(this TimeProvider clock, TimeSpan time, CancellationToken cancelled)
    {
        if (clock == TimeProvider.System)
            return cancelled.WaitHandle.WaitOne(time);
        using var isOver = new ManualResetEvent(false);
        using var timer = clock.CreateTimer(_ => isOver.Set(), null, time, Timeout.InfiniteTimeSpan);
        return WaitHandle.WaitAny([isOver, cancelled.WaitHandle]) == 1;
    }
}
