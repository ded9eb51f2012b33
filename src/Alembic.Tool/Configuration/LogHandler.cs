namespace Alembic.Tool.Configuration;

internal enum LogStream
{
    None,
    Output,
    Error,
}

/// <summary>Where log lines go: a handler section of the ini file.</summary>
/// <param name="File">In place of the stream.</param>
internal sealed record LogHandler(LogStream Stream, int Level, LogFormat Format, LogFile? File = null);
