using Alembic.Revisions;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("history", Description = "List revisions, the newest first.")]
internal sealed class HistoryCommand(Workspace workspace) : ICommand
{
    [Option("-r|--rev-range <RANGE>", "The revisions to list, as [start]:[end].", CommandOptionType.SingleValue)]
    public string? Range { get; init; }

    [Option("-v|--verbose", "Show each revision in full.", CommandOptionType.NoValue)]
    public bool Verbose { get; init; }

    [Option("-i|--indicate-current", "Mark what is applied to the database.", CommandOptionType.NoValue)]
    public bool IndicateCurrent { get; init; }

    public int OnExecute()
    {
        var range = Range is null ? new RevisionRange(null, null) : RevisionRange.Parse(Range);
        if (IndicateCurrent || range.NeedsRows || workspace.Settings.RevisionEnvironment)
        {
            workspace.Run(new EnvironmentRun { CreatesVersionTable = IndicateCurrent || range.NeedsRows }, (_, rows) =>
            {
                Show(range, rows);
                return [];
            });
        }
        else
        {
            Show(range, []);
        }
        return 0;
    }

    private void Show(RevisionRange range, IReadOnlyList<string> rows)
    {
        var current = IndicateCurrent ? rows.ToHashSet() : null;
        foreach (var revision in workspace.Map.History(range, rows))
            workspace.Print(Verbose ? RevisionText.Block(revision, current) : RevisionText.Line(revision, RevisionParts.HistoryCommand, current));
    }
}
