namespace Alembic.Compiler;

/// <summary>The facts that a revision file declares about itself, read from its syntax alone.</summary>
/// <param name="Id">The argument of [Revision].</param>
/// <param name="Revises">The down revisions in the order written; none for a base.</param>
/// <param name="BranchLabels">The arguments of [BranchLabels].</param>
/// <param name="DependsOn">The arguments of [DependsOn]: ids or labels.</param>
/// <param name="ClassName">Namespace, enclosing types and name as in metadata: "App.Outer+AddUsers". Metadata mangles a file-local
/// class, so find the type by its [Revision], not by this.</param>
/// <param name="Text">The comment that opens the file, without its slashes; lines end in '\n'. Empty if there is none.</param>
/// <param name="UpgradeChecksum">SHA-256, in hexadecimal, over what an upgrade runs, without comments, layout and the spelling of
/// literals.</param>
/// <param name="DowngradeChecksum">The same for a downgrade.</param>
public sealed record RevisionHeader(
    string Id,
    IReadOnlyList<string> Revises,
    IReadOnlyList<string> BranchLabels,
    IReadOnlyList<string> DependsOn,
    string ClassName,
    string Text,
    string UpgradeChecksum,
    string DowngradeChecksum)
{
    /// <summary>The member that [Phase] names: "Expand" or "Contract"; null without [Phase].</summary>
    public string? Phase { get; init; }
}
