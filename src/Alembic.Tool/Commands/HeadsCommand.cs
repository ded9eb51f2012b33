using Alembic.Revisions;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("heads", Description = "Show the newest revisions.")]
[Example("heads", "Shows the newest revision of each branch.")]
[Example("heads -v", "Shows them in full.")]
[ExitCodes(3)]
internal sealed class HeadsCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new HeadsCommand(project));

    [Option("--resolve-dependencies", "Omit heads that another revision depends on.", CommandOptionType.NoValue)]
    public bool ResolveDependencies { get; init; }

    public int OnExecute()
    {
        foreach (var head in ResolveDependencies ? project.Map.RealHeads : project.Map.Heads)
        {
            project.Reporter.Show(() => RevisionData.Of(head),
                project.Options.Verbose ? RevisionText.Block(head) : RevisionText.Line(head, RevisionParts.HeadsCommand));
        }
        return 0;
    }
}
