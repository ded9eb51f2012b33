using System.ComponentModel.DataAnnotations;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("merge", Description = "Write a revision that joins several heads.")]
[Example("merge heads -m \"join\"", "Joins all heads.")]
[Example("merge 1975 ae10 -m \"join\"", "Joins these two; the beginning of an id is enough.")]
[ExitCodes(3)]
internal sealed class MergeCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.TakingList(project => new MergeCommand(project), (command, revisions) => command.Revisions = revisions)
        with { NeedsProject = true };

    [Argument(0, "revisions", "The revisions to join, or 'heads' for all."), Required]
    public string[] Revisions { get; set; } = [];

    [Option("-m|--message <TEXT>", "What it does.", CommandOptionType.SingleValue)]
    public string? Message { get; init; }

    [Option("--branch-label <LABEL>", "A name for the branch.", CommandOptionType.SingleValue)]
    public string? BranchLabel { get; init; }

    [Option("--rev-id <ID>", "The identifier; default: a random one.", CommandOptionType.SingleValue)]
    public string? RevisionId { get; init; }

    [Option("--splice", "Allow parents that are not heads.", CommandOptionType.NoValue)]
    public bool Splice { get; init; }

    public int OnExecute()
    {
        if (Revisions is ["heads"] && project.Map.Heads is { Count: < 2 } heads)
        {
            project.Reporter.Print(
                $"{(heads.Count == 0 ? "There are no revisions" : $"The only head is {heads[0].Id}")}: nothing to merge.");
            return 0;
        }
        project.Preparation.Template();
        List<EnvironmentOptions> environments = [];
        if (project.Settings.RevisionEnvironment)
        {
            project.OnEachDatabase(new RunOptions(), database =>
            {
                database.Migrator.Revisions();
                environments.Add(database.Migrator.Environment);
            });
        }
        new NewRevision
        {
            Message = Message,
            Heads = Revisions,
            Splice = Splice,
            BranchLabel = BranchLabel,
            Id = RevisionId,
            Variables = TemplateVariables.Of(environments),
        }.Write(project, project.Map);
        return 0;
    }
}
