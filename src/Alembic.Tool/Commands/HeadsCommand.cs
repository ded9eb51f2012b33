using Alembic.Revisions;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("heads", Description = "Show the newest revisions.")]
internal sealed class HeadsCommand(Workspace workspace) : ICommand
{
    [Option("-v|--verbose", "Show each revision in full.", CommandOptionType.NoValue)]
    public bool Verbose { get; init; }

    [Option("--resolve-dependencies", "Leave out heads that another revision depends on.", CommandOptionType.NoValue)]
    public bool ResolveDependencies { get; init; }

    public int OnExecute()
    {
        foreach (var head in ResolveDependencies ? workspace.Map.RealHeads : workspace.Map.Heads)
            workspace.Print(Verbose ? RevisionText.Block(head) : RevisionText.Line(head, RevisionParts.HeadsCommand));
        return 0;
    }
}
