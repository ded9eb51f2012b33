using Alembic.Operations;
using Alembic.Revisions;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>The state of a database: its revisions, and what is pending or unfinished.</summary>
public sealed record MigrationStatus
{
    /// <summary>The database's URL, the password hidden.</summary>
    public required string Database { get; init; }

    /// <summary>The rows of the version table: the newest revisions that are applied.</summary>
    public required IReadOnlyList<string> Applied { get; init; }

    /// <summary>The heads of the migrations.</summary>
    public required IReadOnlyList<string> Heads { get; init; }

    /// <summary>
    /// The revisions that an upgrade to the heads would run, in order; empty if an applied revision is unknown.
    /// </summary>
    public required IReadOnlyList<Revision> Pending { get; init; }

    /// <summary>The applied revisions that are not among the migrations.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }

    /// <summary>The migration that was started and not finished; null for none.</summary>
    public UnfinishedMigration? Unfinished { get; init; }

    /// <summary>The holder of the migration lock, or null.</summary>
    public LockHolder? LockHolder { get; init; }

    /// <summary>Applied migrations that were edited, deleted or skipped; empty if no history is kept.</summary>
    public required IReadOnlyList<RunLogFinding> Findings { get; init; }

    /// <summary>Tells whether all migrations are applied.</summary>
    public bool IsAtHead => Pending.Count == 0 && Unknown.Count == 0 && Unfinished is null;
}

/// <summary>A migration that is partly done and committed.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="IsUpgrade">Its direction.</param>
/// <param name="StepsDone">How many of its operations are done.</param>
/// <param name="Statement">The statement that was recorded last; null for none.</param>
/// <param name="NeedsRepair">Whether only a person can tell if that statement was executed.</param>
/// <param name="RunBy">The run that is working on it; null if it was interrupted.</param>
public sealed record UnfinishedMigration(
    string Revision, bool IsUpgrade, int StepsDone, string? Statement, bool NeedsRepair, LockHolder? RunBy)
{
    private string Steps => $"{StepsDone} {(StepsDone == 1 ? "step is" : "steps are")} done";

    internal string Direction => IsUpgrade ? "upgrade" : "downgrade";

    /// <summary>The advice: what to do before anything else can run.</summary>
    internal string WayOut(RevisionMap map) => map.Find(Revision) is null
        ? "its file is missing: restore it and finish it, or undo by hand what it did and run dotnet alembic repair --forget"
        : $"finish it first: dotnet alembic {(IsUpgrade ? $"upgrade {Revision}" : "downgrade -1")}";

    /// <summary>Logs it, with what to do.</summary>
    internal void Log(ILogger log, RevisionMap map)
    {
        if (RunBy is not null)
            log.Inform($"{this}");
        else
            log.Warn(map.Find(Revision) is null ? $"{this}; {WayOut(map)}" : $"{this}; dotnet alembic {Direction} continues from there");
    }

    /// <inheritdoc/>
    public override string ToString() => RunBy is not null
        ? $"{Revision}: its {Direction} is being run by {RunBy.Text}; {Steps}{(Statement is null ? "" : $", last recorded: {Statement}")}"
        : $"{Revision}: its {Direction} was started and not finished; "
            + $"{Steps}{(Statement is null ? "" : $", and it stopped at: {Statement}")}";
}
