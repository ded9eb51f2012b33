using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Configuration;

/// <summary>Python's log levels, each with a number and the name that lines begin with.</summary>
internal static class LogThreshold
{
    public const int NotSet = 0;
    public const int Debug = 10;
    public const int Warning = 30;

    public static int? Parse(string name) => name.Trim() switch
    {
        "NOTSET" => NotSet,
        "DEBUG" => Debug,
        "INFO" => 20,
        "WARN" or "WARNING" => Warning,
        "ERROR" => 40,
        "CRITICAL" or "FATAL" => 50,
        _ => null,
    };

    public static int Of(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => Debug,
        LogLevel.Information => 20,
        LogLevel.Warning => Warning,
        LogLevel.Error => 40,
        _ => 50,
    };

    public static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => "CRITICAL",
    };
}
