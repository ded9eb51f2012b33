using System.Data.Common;
using System.Diagnostics;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>
/// A migration threw: the database refused a statement, or the migration's own code failed. What the step had done is rolled back.
/// </summary>
public sealed class MigrationFailedException : MigrationException
{
    internal const string StatementKey = "Alembic.Statement";
    internal const string WayOutKey = "Alembic.WayOut";

    /// <param name="step">The step.</param>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="cause">The same without values of rows.</param>
    /// <param name="state">The state of the database now, or null.</param>
    internal MigrationFailedException(Step step, Exception thrown, Exception cause, string? state)
        : this(step, LineIn(step.Revision?.Path, thrown), cause, state)
    {
    }

    private MigrationFailedException(Step step, int? line, Exception cause, string? state)
        : base(Text(step, line, cause), cause)
    {
        Revision = step.Revision?.Id;
        File = step.Revision?.Path;
        Line = line;
        Statement = Chain(cause).Select(e => e.Data[StatementKey]).OfType<string>().FirstOrDefault();
        string?[] hints = [Chain(cause).OfType<AlembicException>().FirstOrDefault()?.Hint, Advice(cause), state];
        Hint = hints.Any(h => h is not null) ? string.Join("; ", hints.OfType<string>()) : null;
    }

    /// <summary>The revision whose migration failed, or null for a stamp.</summary>
    public string? Revision { get; }

    /// <summary>The file of that revision, or null.</summary>
    public string? File { get; }

    /// <summary>The line of that file that failed, counted from 1; null if unknown.</summary>
    public int? Line { get; }

    /// <summary>
    /// The statement that the database refused, as sent, without the values of its parameters; null if no statement failed.
    /// </summary>
    public string? Statement { get; }

    private static string Text(Step step, int? line, Exception cause) =>
        $"{step.Revision?.Id}: {Reason(cause)}{(line is null ? "" : $" (at {step.Revision!.Path}:line {line})")}";

    // The runtime's wrapper exceptions (type initialisers, assembly loading) tell a user nothing.
    private static string Reason(Exception cause) =>
        (Chain(cause).FirstOrDefault(e => e is AlembicException or DbException)?.Message ?? $"{cause.GetType().Name}: {cause.Message}")
        .ReplaceLineEndings(" ");

    // Npgsql keeps the server's own advice under "Hint".
    internal static string? Advice(Exception cause) =>
        Chain(cause).OfType<DbException>().Select(e => e.Data[WayOutKey] ?? e.Data["Hint"] switch
        {
            string hint => $"the server says: {hint.ReplaceLineEndings(" ").TrimEnd('.')}",
            _ => null,
        }).OfType<string>().FirstOrDefault();

    private static int? LineIn(string? path, Exception cause) => path is null ? null : Chain(cause).Reverse()
        .SelectMany(e => new StackTrace(e, fNeedFileInfo: true).GetFrames())
        .FirstOrDefault(frame => string.Equals(frame.GetFileName(), path, StringComparison.OrdinalIgnoreCase))?.GetFileLineNumber();

    internal static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }
}
