using System.ComponentModel.DataAnnotations;
using Alembic.Revisions;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("show", Description = "Show revisions in full.")]
[Example("show head", "Shows the newest revision.")]
[Example("show 1975", "Shows the revision whose id begins with 1975.")]
[ExitCodes(3)]
internal sealed class ShowCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new ShowCommand(project), (command, revision) => command.Revision = revision);

    [Argument(0, "rev", "A revision, 'head', 'heads' or 'current'."), Required]
    public string Revision { get; set; } = "";

    public int OnExecute()
    {
        foreach (var revision in project.Find(Revision))
            project.Reporter.Show(() => RevisionData.Of(revision), RevisionText.Block(revision));
        return 0;
    }
}
