using Alembic.Revisions;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("branches", Description = "Show the points where branches begin.")]
internal sealed class BranchesCommand(Workspace workspace) : ICommand
{
    [Option("-v|--verbose", "Show each revision in full.", CommandOptionType.NoValue)]
    public bool Verbose { get; init; }

    public int OnExecute()
    {
        foreach (var point in workspace.Map.History().Where(r => r.IsBranchPoint))
            workspace.Print(RevisionText.Branches(point, Verbose));
        return 0;
    }
}
