namespace Alembic.Migrations;

/// <summary>A step, as a row of the history table.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Direction">One of <see cref="Upgrade"/>, <see cref="Downgrade"/>, <see cref="Stamp"/>, <see cref="Unstamp"/>,
/// <see cref="Accept"/>.</param>
/// <param name="Checksum">The checksum of what was run; null if unknown.</param>
/// <param name="AppliedAt">When, in UTC.</param>
/// <param name="AppliedBy">Who ran it.</param>
internal sealed record RunLogEntry(string Revision, string Direction, string? Checksum, string AppliedAt, string AppliedBy)
{
    public const string Upgrade = "upgrade";
    public const string Downgrade = "downgrade";

    /// <summary>Counts as applied without being run by us: a stamp, or what another program did.</summary>
    public const string Stamp = "stamp";

    /// <summary>No longer counts as applied.</summary>
    public const string Unstamp = "unstamp";

    /// <summary>A person accepted the revision as it is.</summary>
    public const string Accept = "accept";

    public bool IsApplied => Direction is Upgrade or Stamp or Accept;

    public string When =>
        $"{(Direction == Stamp ? "stamped" : Direction == Accept ? "accepted" : "applied")} on {AppliedAt} UTC by {AppliedBy}";
}
