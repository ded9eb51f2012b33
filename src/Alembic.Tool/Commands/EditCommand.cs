using System.ComponentModel.DataAnnotations;
using Alembic.Tool.Documents;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("edit", Description = "Open revision files in the editor that VISUAL or EDITOR names.")]
[Example("edit head", "Opens the newest revision.")]
[Example("edit current", "Opens the revisions that the database is at.")]
[ExitCodes(3)]
internal sealed class EditCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new EditCommand(project), (command, revision) => command.Revision = revision)
            with { NeedsProject = true };

    [Argument(0, "rev", "A revision, 'head', 'heads' or 'current'."), Required]
    public string Revision { get; set; } = "";

    public int OnExecute()
    {
        var revisions = project.Find(Revision);
        if (revisions.Count == 0)
            throw new AlembicException(Revision == "current"
                ? "No current revisions"
                : $"No revision files indicated by symbol '{Revision}'");
        foreach (var revision in revisions)
        {
            Editor.Open(revision.Revision.Path!, project.Terminal);
            project.Reporter.Show(() => new FileData(revision.Revision.Path!));
        }
        return 0;
    }
}
