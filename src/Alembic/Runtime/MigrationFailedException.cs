using System.Diagnostics;
using Alembic.Revisions;

namespace Alembic.Runtime;

/// <summary>A migration threw: the database refused a statement, or the migration's own code failed. What the step had done is taken back.</summary>
public sealed class MigrationFailedException : AlembicException
{
    internal MigrationFailedException(Step step, Exception cause)
        : base(Text(step, cause), cause)
    {
        Revision = step.Revision?.Id;
        Hint = (cause as AlembicException)?.Hint;
    }

    /// <summary>The revision whose migration failed, or null for a stamp.</summary>
    public string? Revision { get; }

    private static string Text(Step step, Exception cause)
    {
        var line = LineIn(step.Revision?.Path, cause);
        return $"{step.Revision?.Id}: {Reason(cause)}{(line is null ? "" : $" (at {step.Revision!.Path}:line {line})")}";
    }

    private static string Reason(Exception cause) =>
        cause is AlembicException or System.Data.Common.DbException ? cause.Message.ReplaceLineEndings(" ") : $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}";

    private static int? LineIn(string? path, Exception cause) => path is null ? null : new StackTrace(cause, fNeedFileInfo: true).GetFrames()
        .FirstOrDefault(frame => string.Equals(frame.GetFileName(), path, StringComparison.OrdinalIgnoreCase))?.GetFileLineNumber();
}
