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

    [Option("--graph", "Draw lines from each revision to those that it follows or depends on.", CommandOptionType.NoValue)]
    public bool Graph { get; init; }

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
        var parts = Graph ? RevisionParts.HistoryGraph : RevisionParts.HistoryCommand;
        Func<RevisionNode, string> text = project.Options.Verbose
            ? revision => RevisionText.Block(revision, current)
            : revision => RevisionText.Line(revision, parts, current);

        var revisions = project.Map.History(range, rows);
        List<string> texts = [.. Graph ? GraphDrawing.Draw(revisions, text) : revisions.Select(text)];
        for (var i = 0; i < texts.Count; i++)
        {
            var revision = revisions[i];
            project.Reporter.Show(() => RevisionData.Of(revision, current), texts[i]);
        }
    }
}
