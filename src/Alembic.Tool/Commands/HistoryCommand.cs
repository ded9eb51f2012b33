using Alembic.Revisions;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("history", Description = "List revisions, the newest first.")]
[Example("history -i", "Lists all revisions, and marks those that the database is at.")]
[Example("history -r current:head", "Lists what is pending.")]
[ExitCodes(3, 130)]
internal sealed class HistoryCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new HistoryCommand(project));

    [Option("-r|--rev-range <RANGE>", "The revisions to list, as [start]:[end].", CommandOptionType.SingleValue)]
    public string? Range { get; init; }

    [Option("-i|--indicate-current", "Mark the revisions that the database is at.", CommandOptionType.NoValue)]
    public bool IndicateCurrent { get; init; }

    public int OnExecute()
    {
        var range = Range is null ? new RevisionRange(null, null) : RevisionRange.Parse(Range);
        var needsRows = IndicateCurrent || range.NeedsRows;
        if (!needsRows && !project.Settings.RevisionEnvironment)
        {
            Show(range, []);
            return 0;
        }
        project.OnEachDatabase(new RunOptions(), database =>
        {
            Show(range, database.Migrator.Revisions());
            if (needsRows)
                database.CreateVersionTable();
        });
        return 0;
    }

    private void Show(RevisionRange range, IReadOnlyList<string> rows)
    {
        var current = IndicateCurrent ? rows.ToHashSet() : null;
        foreach (var revision in project.Map.History(range, rows))
        {
            project.Reporter.Show(() => RevisionData.Of(revision, current), project.Options.Verbose
                ? RevisionText.Block(revision, current)
                : RevisionText.Line(revision, RevisionParts.HistoryCommand, current));
        }
    }
}
