namespace Alembic.Tool.Configuration;

/// <summary>The rule for a logger and the loggers below it: a logger section of the ini file. The root's name is empty.</summary>
internal sealed record LogRule(string Name, int Level, IReadOnlyList<LogHandler> Handlers, bool Propagate = true);
