using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Configuration;

/// <summary>How a log line looks: a formatter section of the ini file.</summary>
internal sealed class LogFormat
{
    private readonly PrintfFormat _format;
    private readonly string? _dateFormat;

    /// <exception cref="FormatException">The message is the end of a sentence about the format.</exception>
    public LogFormat(string format, string? dateFormat)
    {
        _format = PrintfFormat.Parse(format);
        _dateFormat = dateFormat;

        // An unknown field is an error of the file, to be told before the first line and not in the middle of a migration.
        Render(LogLevel.None, "", "", () => DateTimeOffset.UnixEpoch);
        Date(DateTimeOffset.UnixEpoch);
    }

    /// <summary>The lines of a project that says nothing else: like those that the tool prints without a log.</summary>
    public static LogFormat Simple { get; } = new("%(level)s: %(message)s", null);

    /// <summary>Alembic's lines.</summary>
    public static LogFormat Standard { get; } = new("%(levelname)-5.5s [%(name)s] %(message)s", "%H:%M:%S");

    /// <param name="now">Asked only if the line shows a time: the local one costs the reading of the time zone's file.</param>
    public string Render(LogLevel level, string name, string message, Func<DateTimeOffset> now) => _format.Render(field => field switch
    {
        "level" => LogThreshold.Name(level).ToLowerInvariant(),
        "levelname" => LogThreshold.Name(level),
        "levelno" => (long)LogThreshold.Of(level),
        "name" => name,
        "message" => message,
        "asctime" => Date(now()),
        "created" => now().ToUnixTimeMilliseconds() / 1000.0,
        "msecs" => (long)now().Millisecond,
        "process" => (long)Environment.ProcessId,
        "thread" => (long)Environment.CurrentManagedThreadId,
        "relativeCreated" => (now() - System.Diagnostics.Process.GetCurrentProcess().StartTime).TotalMilliseconds,
        "taskName" => "None",
        "processName" => "MainProcess",
        "threadName" => "MainThread",
        "module" => name[(name.LastIndexOf('.') + 1)..],
        "pathname" or "filename" or "funcName" => "",
        "lineno" => 0L,
        _ => null,
    });

    private string Date(DateTimeOffset time) => _dateFormat is { Length: > 0 }
        ? Strftime.Render(_dateFormat, time)
        : time.ToString("yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture);
}
