using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>The progress of a migration that cannot run in one transaction.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="IsUpgrade">Its direction.</param>
/// <param name="Done">How many of its operations are done and committed.</param>
/// <param name="Digest">The digest of those operations.</param>
internal sealed record JournalEntry(string Revision, bool IsUpgrade, int Done, string Digest)
{
    /// <summary>The value of <see cref="Before"/> if the last statement may be sent again as if it had never been sent.</summary>
    public const string MayBeSent = "may be sent";

    /// <summary>The digest including the operation that was running, or null for none.</summary>
    public string? Pending { get; init; }

    /// <summary>The statements of that operation. <see cref="At"/> is the index of the one that was sent last.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    public int At { get; init; }

    /// <summary>The schema's fingerprint before that statement; null if it cannot tell whether the statement was executed.</summary>
    public string? Before { get; init; }

    /// <summary>Tells whether only a person can tell if the last statement was executed.</summary>
    public bool NeedsRepair => Pending is not null && Before is null;

    /// <param name="runBy">The run that is working on it, or null.</param>
    public UnfinishedMigration ToUnfinished(LockHolder? runBy) =>
        new(Revision, IsUpgrade, Done, Pending is null ? null : Statements[At].ReplaceLineEndings(" "), NeedsRepair, runBy);

    public override string ToString() => ToUnfinished(null).ToString();

    /// <summary>
    /// Tells whether the version table shows the migration as finished: another program ran it, from its beginning.
    /// </summary>
    public bool IsSettled(RevisionMap map, IReadOnlyList<string> rows) =>
        IsUpgrade == (rows.Contains(Revision) || (map.Find(Revision) is { } node && map.Applied(rows).Contains(node)));
}
