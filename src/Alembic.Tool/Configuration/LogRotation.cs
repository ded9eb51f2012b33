using System.Globalization;

namespace Alembic.Tool.Configuration;

/// <summary>When a log file is replaced by a new one, and what happens to the old one.</summary>
internal abstract class LogRotation
{
    public abstract bool IsDue(string path, int bytes, DateTimeOffset now);

    public abstract void Rotate(string path);
}

/// <summary>RotatingFileHandler: before a file exceeds a size, NAME becomes NAME.1, and NAME.1 becomes NAME.2.</summary>
internal sealed class SizeRotation(long most, int kept) : LogRotation
{
    public override bool IsDue(string path, int bytes, DateTimeOffset now) =>
        most > 0 && kept > 0 && new FileInfo(path) is { Exists: true, Length: > 0 } file && file.Length + bytes >= most;

    public override void Rotate(string path)
    {
        for (var number = kept - 1; number >= 0; number--)
        {
            var from = number == 0 ? path : $"{path}.{number}";
            if (File.Exists(from))
                Paths.Move(from, $"{path}.{number + 1}", overwrite: true);
        }
    }
}

/// <summary>TimedRotatingFileHandler: at the end of its interval a file becomes NAME.2026-11-28. The oldest files are deleted.</summary>
internal sealed class TimeRotation : LogRotation
{
    private readonly string _when;
    private readonly TimeSpan _interval;
    private readonly int _kept;
    private DateTimeOffset? _end;

    /// <param name="when">S, M, H, D, MIDNIGHT or W0 (Monday) to W6.</param>
    /// <param name="interval">How many of them.</param>
    /// <param name="kept">How many old files are kept; 0 = all.</param>
    /// <exception cref="FormatException">There is no such unit of time.</exception>
    public TimeRotation(string when, int interval, int kept)
    {
        _when = when.ToUpperInvariant();
        _kept = kept;
        _interval = Math.Max(interval, 1) * _when switch
        {
            "S" => TimeSpan.FromSeconds(1),
            "M" => TimeSpan.FromMinutes(1),
            "H" => TimeSpan.FromHours(1),
            "D" or "MIDNIGHT" => TimeSpan.FromDays(1),
            ['W', >= '0' and <= '6'] => TimeSpan.FromDays(7),
            _ => throw new FormatException($"'{when}' is not one of S, M, H, D, MIDNIGHT, W0 to W6"),
        };
    }

    private string Suffix => _when switch
    {
        "S" => "yyyy-MM-dd_HH-mm-ss",
        "M" => "yyyy-MM-dd_HH-mm",
        "H" => "yyyy-MM-dd_HH",
        _ => "yyyy-MM-dd",
    };

    // The interval of an existing file starts at its last line.
    public override bool IsDue(string path, int bytes, DateTimeOffset now)
    {
        _end ??= End(File.Exists(path) ? new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToOffset(now.Offset) : now);
        return now >= _end && File.Exists(path);
    }

    public override void Rotate(string path)
    {
        Paths.Move(path, $"{path}.{(_end!.Value - _interval).ToString(Suffix, CultureInfo.InvariantCulture)}", overwrite: true);
        _end = null;
        if (_kept == 0)
            return;
        var name = Path.GetFileName(path) + ".";
        var old = Directory.EnumerateFiles(Path.GetDirectoryName(path)!, name + "*")
            .Where(file => DateTime.TryParseExact(Path.GetFileName(file)[name.Length..], Suffix, CultureInfo.InvariantCulture,
                DateTimeStyles.None, out _));
        foreach (var file in old.OrderDescending(StringComparer.Ordinal).Skip(_kept))
            File.Delete(file);
    }

    private DateTimeOffset End(DateTimeOffset from)
    {
        if (_when is not ("MIDNIGHT" or ['W', _]))
            return from + _interval;
        var midnight = new DateTimeOffset(from.Date, from.Offset).AddDays(1);
        if (_when == "MIDNIGHT")
            return midnight + _interval - TimeSpan.FromDays(1);
        // At the end of that day; Python's week begins on Monday.
        var day = (DayOfWeek)((_when[1] - '0' + 1) % 7);
        while (midnight.AddDays(-1).DayOfWeek != day)
            midnight = midnight.AddDays(1);
        return midnight;
    }
}
