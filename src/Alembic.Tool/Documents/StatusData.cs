using System.ComponentModel;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Tool.Documents;

/// <summary>The state of a database.</summary>
internal sealed record StatusData(
    [Description("The database's URL, without its password.")] string Database,
    [Description("The newest revisions that are applied.")] IReadOnlyList<string> Applied,
    [Description("The heads of the files.")] IReadOnlyList<string> Heads,
    [Description("What an upgrade to the heads would run, in that order.")] IReadOnlyList<PendingData> Pending,
    [Description("Applied revisions that have no file.")] IReadOnlyList<string> Unknown,
    [Description("The migration that was started and is not finished.")] UnfinishedData? Unfinished,
    [Description("Who holds the migration lock.")] HolderData? Lock,
    [Description("Applied revisions that were edited, deleted or skipped.")] IReadOnlyList<FindingData> Findings,
    [Description("Whether all migrations are applied.")] bool IsAtHeads)
{
    public static StatusData Of(MigrationStatus status) => new(
        status.Database, status.Applied, status.Heads, [.. status.Pending.Select(PendingData.Of)], status.Unknown,
        status.Unfinished is { } unfinished ? UnfinishedData.Of(unfinished) : null,
        status.LockHolder is { } holder ? HolderData.Of(holder) : null,
        [.. status.Findings.Select(FindingData.Of)], status.IsAtHead);
}

/// <summary>A revision that is not applied yet.</summary>
internal sealed record PendingData(
    [Description("The revision id.")] string Revision,
    [Description("What it does.")] string Message,
    [Description("The file, as an absolute path.")] string? File)
{
    public static PendingData Of(Revision revision) => new(revision.Id, revision.Message, revision.Path);
}

/// <summary>A migration that was interrupted.</summary>
internal sealed record UnfinishedData(
    [Description("The revision id.")] string Revision,
    [Description("'upgrade' or 'downgrade'.")] string Direction,
    [Description("How many of its operations are done.")] int StepsDone,
    [Description("The statement that was recorded last.")] string? Statement,
    [Description("Whether only a person can tell if that statement was executed: see the command repair.")] bool NeedsRepair,
    [Description("The run that is working on it; null if it was interrupted.")] HolderData? RunBy)
{
    public static UnfinishedData Of(UnfinishedMigration migration) => new(
        migration.Revision, Directions.Of(migration.IsUpgrade), migration.StepsDone, migration.Statement, migration.NeedsRepair,
        migration.RunBy is { } holder ? HolderData.Of(holder) : null);
}

/// <summary>A connection that holds the migration lock.</summary>
internal sealed record HolderData(
    [Description("The database's number for the connection, for lock release.")] string Id,
    [Description("Who it is: a program, a host, since when.")] string Text)
{
    public static HolderData Of(LockHolder holder) => new(holder.Id, holder.Text);
}

/// <summary>A difference between files and history.</summary>
internal sealed record FindingData(
    [Description("The revision id.")] string Revision,
    [Description("Which file, what changed, since when.")] string Text)
{
    public static FindingData Of(RunLogFinding finding) => new(finding.Revision, finding.Text);
}

/// <summary>The migration lock of a database.</summary>
internal sealed record LockData(
    [Description("The database's URL, without its password.")] string Database,
    [Description("Who holds the lock, or held it until it was released; null for nobody.")] HolderData? Holder,
    [Description("Whether the holder's connection was ended.")] bool IsReleased);

/// <summary>What <c>verify</c> found or accepted.</summary>
internal sealed record VerifyData(
    [Description("The database's URL, without its password.")] string Database,
    [Description("Whether there is a history yet to compare with.")] bool HasHistory,
    [Description("Applied revisions that were edited, deleted or skipped.")] IReadOnlyList<FindingData> Findings,
    [Description("What was accepted.")] IReadOnlyList<FindingData> Accepted);

/// <summary>The decision about a migration that was interrupted.</summary>
internal sealed record RepairData(
    [Description("The database's URL, without its password.")] string Database,
    [Description("'done', 'retry' or 'forget'.")] string Repair,
    [Description("The migration.")] UnfinishedData Migration);

/// <summary>The copies of a database, or the copy that it was restored from.</summary>
internal sealed record RestoreData(
    [Description("The database's URL, without its password.")] string Database,
    [Description("The copies, the newest first; empty if one was restored.")] IReadOnlyList<CopyData> Copies,
    [Description("The copy that the database was restored from.")] string? Restored,
    [Description("The copy of the database from before; null if there was nothing to copy.")] string? Saved);

/// <summary>A copy of a database.</summary>
internal sealed record CopyData(
    [Description("The file, as an absolute path.")] string File,
    [Description("The revisions in it; null if it cannot be read or has no version table.")] IReadOnlyList<string>? Revisions);

/// <summary>The words for directions.</summary>
internal static class Directions
{
    public static string Of(bool isUpgrade) => isUpgrade ? "upgrade" : "downgrade";
}
