namespace Alembic.Operations;

/// <summary>Waits on a clock that a test can advance.</summary>
internal static class Pauses
{
    /// <returns>Whether it was cancelled before the time was over.</returns>
    public static bool Pause(this TimeProvider clock, TimeSpan time, CancellationToken cancelled)
    {
        if (clock == TimeProvider.System)
            return cancelled.WaitHandle.WaitOne(time);
        using var isOver = new ManualResetEvent(false);
        using var timer = clock.CreateTimer(_ => isOver.Set(), null, time, Timeout.InfiniteTimeSpan);
        return WaitHandle.WaitAny([isOver, cancelled.WaitHandle]) == 1;
    }
}
