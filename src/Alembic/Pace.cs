using System.Globalization;

namespace Alembic;

/// <summary>How far a long piece of work is. One thread works, and others may ask.</summary>
internal sealed class Pace
{
    private long _rows;

    /// <summary>The rows that are done.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Gets which part of the work is done, from 0 to 1; null if that is not known.</summary>
    public Func<double?> Share { get; init; } = () => null;

    public void Add(long rows) => Interlocked.Add(ref _rows, rows);

    /// <summary>Tells how fast it goes and how long the rest takes: "1,200 rows/s, about 80 s left"; empty if nothing is known.</summary>
    /// <param name="elapsed">The time since the work began.</param>
    public string Speed(TimeSpan elapsed)
    {
        List<string> parts = [];
        if (Rows > 0 && elapsed > TimeSpan.Zero)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{Rows / elapsed.TotalSeconds:N0} rows/s"));
        if (Share() is > 0 and < 1 and var share)
            parts.Add($"about {Lasting(elapsed * ((1 - share) / share))} left");
        return string.Join(", ", parts);
    }

    /// <summary>Writes a time as people say it: "80 s", "12 min", "5 h".</summary>
    public static string Lasting(TimeSpan time) =>
        time < TimeSpan.FromSeconds(99.5) ? $"{time.TotalSeconds:F0} s"
        : time < TimeSpan.FromMinutes(99.5) ? $"{time.TotalMinutes:F0} min"
        : $"{time.TotalHours:F0} h";
}
