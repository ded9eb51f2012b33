namespace Alembic.Migrations;

/// <summary>A step as the history table has it.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="Direction">One of <see cref="Upgrade"/>, <see cref="Downgrade"/>, <see cref="Stamp"/>, <see cref="Unstamp"/>,
/// <see cref="Accept"/>.</param>
/// <param name="Checksum">What was run; null where that is not known.</param>
/// <param name="AppliedAt">When, in UTC.</param>
/// <param name="AppliedBy">Who ran it.</param>
internal sealed record RunLogEntry(string Revision, string Direction, string? Checksum, string AppliedAt, string AppliedBy)
{
    public const string Upgrade = "upgrade";
    public const string Downgrade = "downgrade";

    /// <summary>It counts as applied, without being run: a stamp, or what another program did.</summary>
    public const string Stamp = "stamp";

    /// <summary>It counts as applied no more.</summary>
    public const string Unstamp = "unstamp";

    /// <summary>Somebody accepted that it is what it is.</summary>
    public const string Accept = "accept";

    public bool IsApplied => Direction is Upgrade or Stamp or Accept;

    public string When =>
        $"{(Direction == Stamp ? "stamped" : Direction == Accept ? "accepted" : "applied")} on {AppliedAt} UTC by {AppliedBy}";
}
