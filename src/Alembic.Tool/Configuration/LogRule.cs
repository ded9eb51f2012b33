namespace Alembic.Tool.Configuration;

/// <summary>
/// What happens to the lines of a logger and of those below it: a logger section of the ini file. The root's name is empty.
/// </summary>
internal sealed record LogRule(string Name, int Level, IReadOnlyList<LogHandler> Handlers, bool Propagate = true);
