using Alembic.Revisions;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("current", Description = "Show what is applied to the database.")]
internal sealed class CurrentCommand(Workspace workspace) : ICommand
{
    [Option("-c|--check-heads", "Fail unless the database is on all heads.", CommandOptionType.NoValue)]
    public bool CheckHeads { get; init; }

    [Option("-v|--verbose", "Show each revision in full, and the database.", CommandOptionType.NoValue)]
    public bool Verbose { get; init; }

    public int OnExecute()
    {
        workspace.Run(new EnvironmentRun(), (context, rows) =>
        {
            if (Verbose)
                workspace.Print($"Current revision(s) for {context.DisplayUrl}:");
            if (CheckHeads && !workspace.Map.Resolve(rows).Select(r => r.Id).ToHashSet().SetEquals(workspace.Map.Heads.Select(h => h.Id)))
                throw new AlembicException("Database is not on all head revisions") { Hint = "dotnet alembic upgrade heads" };
            foreach (var revision in workspace.Map.Current(rows))
                workspace.Print(Verbose ? RevisionText.Block(revision) : RevisionText.Line(revision, RevisionParts.CurrentCommand));
            return [];
        });
        return 0;
    }
}
