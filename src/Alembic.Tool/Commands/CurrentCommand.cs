using Alembic.Migrations;
using Alembic.Revisions;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("current", Description = "Show the revisions that the database is at.")]
[Example("current", "Shows the revisions that the database is at.")]
[Example("current --check-heads", "Fails unless the database is at all heads: for a pipeline.")]
[ExitCodes(3, 7, 130)]
internal sealed class CurrentCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new CurrentCommand(project));

    [Option("-c|--check-heads", "Fail with exit code 7 unless the database is at all heads.", CommandOptionType.NoValue)]
    public bool CheckHeads { get; init; }

    public int OnExecute()
    {
        var isVerbose = project.Options.Verbose;
        project.OnEachDatabase(new RunOptions(), database =>
        {
            var rows = database.Migrator.Revisions();
            if (isVerbose)
                project.Reporter.Print($"Current revision(s) for {database.Migrator.Database!.DisplayUrl}:");
            var revisions = project.Map.Current(rows);
            var isAtHeads = project.Map.Resolve(rows).Select(r => r.Id).ToHashSet().SetEquals(project.Map.Heads.Select(h => h.Id));
            var isRefused = CheckHeads && !isAtHeads;
            project.Reporter.Show(
                () => new CurrentData(
                    database.Migrator.Database!.DisplayUrl, isAtHeads, [.. revisions.Select(r => RevisionData.Of(r, rows.ToHashSet()))]),
                isRefused
                    ? []
                    : revisions.Select(r => isVerbose ? RevisionText.Block(r) : RevisionText.Line(r, RevisionParts.CurrentCommand)));
            if (isRefused)
                throw new NotAtHeadsException("Database is not on all head revisions") { Hint = "dotnet alembic upgrade heads" };
        });
        return 0;
    }
}
