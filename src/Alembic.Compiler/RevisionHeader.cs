namespace Alembic.Compiler;

/// <summary>The facts that a revision file gives about itself, read from its syntax alone.</summary>
/// <param name="Id">The argument of [Revision].</param>
/// <param name="Revises">The down revisions in the order written; none for a base.</param>
/// <param name="BranchLabels">The arguments of [BranchLabels].</param>
/// <param name="DependsOn">The arguments of [DependsOn]: ids or labels.</param>
/// <param name="ClassName">Namespace, enclosing types and name as metadata writes them: "App.Outer+AddUsers". A file-local class is
/// mangled in metadata, so find the type by its [Revision], not by this.</param>
/// <param name="Text">The comment that opens the file, without its slashes; lines end in '\n'. Empty if there is none.</param>
/// <param name="UpgradeChecksum">SHA-256, in hexadecimal, over what an upgrade runs, as it is understood: comments, layout and the spelling
/// of literals left out.</param>
/// <param name="DowngradeChecksum">The same for a downgrade.</param>
public sealed record RevisionHeader(
    string Id,
    IReadOnlyList<string> Revises,
    IReadOnlyList<string> BranchLabels,
    IReadOnlyList<string> DependsOn,
    string ClassName,
    string Text,
    string UpgradeChecksum,
    string DowngradeChecksum);
