using System.Globalization;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>How far a backfill is: which part of the range of its keys is done. Only numbers and times have such parts.</summary>
/// <param name="clock">The clock.</param>
/// <param name="lastKey">Asks the database for the last key. That is done only if the backfill takes a while.</param>
internal sealed class BackfillPace(TimeProvider clock, Func<object?> lastKey)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly long _begun = clock.GetTimestamp();
    private double? _first;
    private double? _last;
    private bool _isAsked;
    private double? _share;

    public Pace Pace => field ??= new() { Share = () => _share };

    /// <summary>Gets the end of a line about it; empty if nothing is known.</summary>
    public string Speed => Pace.Speed(clock.GetElapsedTime(_begun)) is { Length: > 0 } speed ? $", {speed}" : "";

    /// <summary>A batch is done.</summary>
    /// <param name="rows">How many rows it changed.</param>
    /// <param name="from">Its first key.</param>
    /// <param name="to">Its last key.</param>
    public void Add(long rows, object from, object to)
    {
        _first ??= Number(from);
        Pace.Add(rows);
        if (_first is not { } first || clock.GetElapsedTime(_begun) < Soon)
            return;
        if (!_isAsked)
            (_isAsked, _last) = (true, Number(lastKey()));
        if (_last > first)
            _share = (Number(to) - first) / (_last - first);
    }

    private static double? Number(object? key) => key switch
    {
        byte or sbyte or short or ushort or int or uint or long or ulong or decimal or double =>
            Convert.ToDouble(key, CultureInfo.InvariantCulture),
        DateTime time => time.Ticks,
        DateTimeOffset time => time.UtcTicks,
        DateOnly date => date.DayNumber,
        _ => null,
    };
}
