using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>The result of a run.</summary>
/// <param name="Applied">The steps that are made and committed, in their order.</param>
/// <param name="Revisions">The revisions that the database is at.</param>
public sealed record MigrationReport(IReadOnlyList<AppliedStep> Applied, IReadOnlyList<string> Revisions);

/// <summary>A step that was made.</summary>
/// <param name="Step">The step.</param>
/// <param name="Duration">How long it took.</param>
public sealed record AppliedStep(Step Step, TimeSpan Duration);

/// <summary>A run ended before it had done all that was planned.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="innerException">What caused it, or null.</param>
public class MigrationException(string message, Exception? innerException = null) : AlembicException(message, innerException)
{
    /// <summary>A run that had done a part was ended by what is no failure of a migration.</summary>
    internal MigrationException(Exception cause, MigrationReport report)
        : this(cause.Message, cause) =>
        (Report, Hint, IsOfCause) = (report, (cause as AlembicException)?.Hint, true);

    /// <summary>The steps that the run had done, and where the database stands; null where it is the failure of no run.</summary>
    public MigrationReport? Report { get; internal set; }

    /// <summary>Tells whether it has nothing to say but the report and its cause.</summary>
    internal bool IsOfCause { get; }
}
