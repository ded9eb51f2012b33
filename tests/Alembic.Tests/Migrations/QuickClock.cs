using Microsoft.Extensions.Time.Testing;

namespace Alembic.Tests.Migrations;

/// <summary>A clock on which a pause is over at once, and the time has gone by.</summary>
internal sealed class QuickClock : FakeTimeProvider
{
    public List<TimeSpan> Pauses { get; } = [];

    public Action OnPause { get; init; } = () => { };

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (period == Timeout.InfiniteTimeSpan)
        {
            Pauses.Add(dueTime);
            OnPause();
            Advance(dueTime);
        }
        return timer;
    }
}
