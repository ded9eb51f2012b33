using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Configuration;

/// <summary>The format of a log line: a formatter section of the ini file.</summary>
internal sealed class LogFormat
{
    private readonly PrintfFormat _format;
    private readonly string? _dateFormat;

    /// <exception cref="FormatException">The message is the end of a sentence about the format.</exception>
    public LogFormat(string format, string? dateFormat)
    {
        _format = PrintfFormat.Parse(format);
        _dateFormat = dateFormat;

        // An unknown field is an error of the file. It has to be told before the first line, not in the middle of a migration.
        Render(LogLevel.None, "", "", () => DateTimeOffset.UnixEpoch);
        Date(DateTimeOffset.UnixEpoch);
    }

    /// <summary>The format of a project without one: the lines look like those that the tool prints without a log.</summary>
    public static LogFormat Simple { get; } = new("%(level)s: %(message)s", null);

    /// <summary>The format of Alembic's lines.</summary>
    public static LogFormat Standard { get; } = new("%(levelname)-5.5s [%(name)s] %(message)s", "%H:%M:%S");

    /// <param name="now">Called only if the line shows a time: local time needs the time zone's file.</param>
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
