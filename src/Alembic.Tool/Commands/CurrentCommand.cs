using Alembic.Revisions;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("current", Description = "Show what is applied to the database.")]
internal sealed class CurrentCommand(Project project) : ICommand
{
    [Option("-c|--check-heads", "Fail unless the database is on all heads.", CommandOptionType.NoValue)]
    public bool CheckHeads { get; init; }

    [Option("-v|--verbose", "Show each revision in full, and the database.", CommandOptionType.NoValue)]
    public bool Verbose { get; init; }

    public int OnExecute()
    {
        project.OnEachDatabase(new RunOptions(), database =>
        {
            var rows = database.Migrator.Revisions();
            if (Verbose)
                project.Print($"Current revision(s) for {database.Migrator.Database!.DisplayUrl}:");
            if (CheckHeads && !project.Map.Resolve(rows).Select(r => r.Id).ToHashSet().SetEquals(project.Map.Heads.Select(h => h.Id)))
                throw new AlembicException("Database is not on all head revisions") { Hint = "dotnet alembic upgrade heads" };
            foreach (var revision in project.Map.Current(rows))
                project.Print(Verbose ? RevisionText.Block(revision) : RevisionText.Line(revision, RevisionParts.CurrentCommand));
        });
        return 0;
    }
}
