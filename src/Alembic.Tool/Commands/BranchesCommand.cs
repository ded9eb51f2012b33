using Alembic.Revisions;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("branches", Description = "Show the points where branches begin.")]
[Example("branches", "Shows where branches begin, and their first revisions.")]
[Example("branches -v", "Shows those revisions in full.")]
[ExitCodes(3)]
internal sealed class BranchesCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new BranchesCommand(project));

    public int OnExecute()
    {
        foreach (var point in project.Map.History().Where(r => r.IsBranchPoint))
            project.Reporter.Show(() => RevisionData.Of(point), RevisionText.Branches(point, project.Options.Verbose));
        return 0;
    }
}
