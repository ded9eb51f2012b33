using Alembic.Migrations;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("status", Description = "Show what is applied, pending, unfinished, or changed since it was applied.")]
[Example("status", "Shows the state of the database.")]
[Example("status --json", "Prints the same as JSON.")]
[ExitCodes(3, 130)]
internal sealed class StatusCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new StatusCommand(project));

    public int OnExecute()
    {
        project.OnEachDatabase(new RunOptions(), database =>
        {
            var status = database.Migrator.Status();
            project.Reporter.Show(() => StatusData.Of(status), Lines(status));
        });
        return 0;
    }

    private static IEnumerable<string> Lines(MigrationStatus status) =>
    [
        $"database    {status.Database}",
        .. Lines("applied", status.Applied, none: "nothing"),
        .. Lines("unknown", status.Unknown),
        .. Lines("pending", status.Pending.Select(r => $"{r.Id}{(r.Message is { Length: > 0 } message ? $", {message}" : "")}"),
            none: "nothing"),
        .. Lines("heads", status.Heads, none: "none"),
        .. Lines("unfinished", status.Unfinished is { } unfinished ? [$"{unfinished}"] : []),
        .. Lines("lock", status.LockHolder is { } holder ? [$"held by {holder.Text}"] : []),
        .. Lines("findings", status.Findings.Select(f => f.Text)),
    ];

    // One line each, below one title.
    private static IEnumerable<string> Lines(string title, IEnumerable<string> lines, string? none = null) =>
        lines.DefaultIfEmpty(none).OfType<string>().Select((line, index) => $"{(index == 0 ? title : ""),-12}{line}");
}
