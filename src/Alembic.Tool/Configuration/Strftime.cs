using System.Globalization;
using System.Text;

namespace Alembic.Tool.Configuration;

/// <summary>Dates in the notation of C's strftime, which datefmt uses. Names are English.</summary>
internal static class Strftime
{
    public static string Render(string format, DateTimeOffset time)
    {
        var text = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            var isField = format[at] == '%' && at + 1 < format.Length;
            text.Append(isField ? Field(format[++at], time) : $"{format[at]}");
        }

        return text.ToString();
    }

    private static string Field(char field, DateTimeOffset time) => field switch
    {
        '%' => "%",
        // Nearly every format has these, and loading the date formatter takes a while.
        'H' => time.Hour.ToString("D2", CultureInfo.InvariantCulture),
        'M' => time.Minute.ToString("D2", CultureInfo.InvariantCulture),
        'S' => time.Second.ToString("D2", CultureInfo.InvariantCulture),
        'I' => time.ToString("hh", CultureInfo.InvariantCulture),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'j' => time.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
        'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        's' => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'z' => time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
        'Z' => time.Offset == TimeSpan.Zero ? "UTC" : time.ToString("zzz", CultureInfo.InvariantCulture),
        _ when Pattern(field) is { } pattern => time.ToString(pattern, CultureInfo.InvariantCulture),
        _ => throw new FormatException($"has an unknown field '%{field}'"),
    };

    private static string? Pattern(char field) => field switch
    {
        'Y' => "yyyy",
        'y' => "yy",
        'm' => "MM",
        'd' => "dd",
        'f' => "ffffff",
        'a' => "ddd",
        'A' => "dddd",
        'b' => "MMM",
        'B' => "MMMM",
        'T' or 'X' => "HH':'mm':'ss",
        'F' => "yyyy'-'MM'-'dd",
        'D' or 'x' => "MM'/'dd'/'yy",
        'c' => "ddd MMM dd HH':'mm':'ss yyyy",
        _ => null,
    };
}
