namespace Alembic;

/// <summary>A revision file that is about to be written, for <see cref="EnvironmentOptions.ProcessRevisionDirectives"/> to change, leave out or divide.</summary>
/// <param name="Message">Its message, or null.</param>
/// <param name="Upgrade">The operations of its upgrade.</param>
public sealed record RevisionDirective(string? Message, IReadOnlyList<Operation> Upgrade)
{
    /// <summary>The operations of its downgrade; null for the upgrade's, each reversed, the last one first.</summary>
    public IReadOnlyList<Operation>? Downgrade { get; init; }

    /// <summary>Its identifier; null for the command line's or a random one.</summary>
    public string? RevisionId { get; init; }

    /// <summary>The revision that it follows; null for the command line's, and for the directive before it where there is one.</summary>
    public string? Head { get; init; }

    /// <summary>A name for the branch, or null.</summary>
    public string? BranchLabel { get; init; }

    /// <summary>Which of the version locations it is written to, or null.</summary>
    public string? VersionPath { get; init; }
}
