using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Logs lines of text as they are.</summary>
internal static class LogText
{
    public const string Category = "alembic.runtime.migration";

    public static void Inform(this ILogger log, string text) => Write(log, LogLevel.Information, text);

    public static void Warn(this ILogger log, string text) => Write(log, LogLevel.Warning, text);

    public static void Debug(this ILogger log, string text) => Write(log, LogLevel.Debug, text);

    public static void Write(this ILogger log, LogLevel level, string text) => log.Log(level, 0, text, null, static (line, _) => line);
}
