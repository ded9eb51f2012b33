using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>The result of a run.</summary>
/// <param name="Applied">The steps that were run and committed, in their order.</param>
/// <param name="Revisions">The revisions that the database is at.</param>
public sealed record MigrationReport(IReadOnlyList<AppliedStep> Applied, IReadOnlyList<string> Revisions);

/// <summary>A step that was run.</summary>
/// <param name="Step">The step.</param>
/// <param name="Duration">How long it took.</param>
public sealed record AppliedStep(Step Step, TimeSpan Duration);

/// <summary>A run ended before all planned steps were done.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="innerException">What caused it, or null.</param>
public class MigrationException(string message, Exception? innerException = null) : AlembicException(message, innerException)
{
    /// <summary>A run that had done some steps was ended by something other than a migration's failure.</summary>
    internal MigrationException(Exception cause, MigrationReport report)
        : this(cause.Message, cause) =>
        (Report, Hint, IsOfCause) = (report, (cause as AlembicException)?.Hint, true);

    /// <summary>The steps that the run had done, and the revisions the database is at; null if no run failed.</summary>
    public MigrationReport? Report { get; internal set; }

    /// <summary>Tells whether it only adds the report to its cause.</summary>
    internal bool IsOfCause { get; }
}
