using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>How far a migration has come that could not be made in one transaction.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="IsUpgrade">Its direction.</param>
/// <param name="Done">How many of its operations are done and committed.</param>
/// <param name="Digest">What those were.</param>
internal sealed record JournalEntry(string Revision, bool IsUpgrade, int Done, string Digest)
{
    /// <summary>In place of what the schema was like: the last statement may be sent as if it never was.</summary>
    public const string MayBeSent = "may be sent";

    /// <summary>The digest with the operation that was under way, or null for none.</summary>
    public string? Pending { get; init; }

    /// <summary>The statements of that operation, and which of them was sent last.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    public int At { get; init; }

    /// <summary>What the schema was like before that statement; null where it cannot tell whether it was carried out.</summary>
    public string? Before { get; init; }

    /// <summary>Tells whether only a person can tell if the last statement was carried out.</summary>
    public bool NeedsRepair => Pending is not null && Before is null;

    /// <param name="runBy">The run that is at work on it, or null.</param>
    public UnfinishedMigration ToUnfinished(LockHolder? runBy) =>
        new(Revision, IsUpgrade, Done, Pending is null ? null : Statements[At].ReplaceLineEndings(" "), NeedsRepair, runBy);

    public override string ToString() => ToUnfinished(null).ToString();

    /// <summary>
    /// Tells whether the version table says that the migration is finished: another program made it, as it would from its beginning.
    /// </summary>
    public bool IsSettled(RevisionMap map, IReadOnlyList<string> rows) =>
        IsUpgrade == (rows.Contains(Revision) || (map.Find(Revision) is { } node && map.Applied(rows).Contains(node)));
}
