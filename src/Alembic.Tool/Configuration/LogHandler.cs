namespace Alembic.Tool.Configuration;

internal enum LogStream
{
    None,
    Output,
    Error,
}

/// <summary>The target of log lines: a handler section of the ini file.</summary>
/// <param name="File">Replaces the stream.</param>
internal sealed record LogHandler(LogStream Stream, int Level, LogFormat Format, LogFile? File = null);
