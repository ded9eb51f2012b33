using Alembic.Migrations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("status", Description = "Show where the database stands: what is applied, pending, unfinished, or not as it was applied.")]
internal sealed class StatusCommand(Project project) : ICommand
{
    public int OnExecute()
    {
        project.OnEachDatabase(new RunOptions(), database => Print(database.Migrator.Status()));
        return 0;
    }

    private void Print(MigrationStatus status)
    {
        project.Print($"database    {status.Database}");
        Print("applied", status.Applied, none: "nothing");
        Print("unknown", status.Unknown);
        Print("pending", status.Pending.Select(r => $"{r.Id}{(r.Message is { Length: > 0 } message ? $", {message}" : "")}"),
            none: "nothing");
        Print("heads", status.Heads, none: "none");
        Print("unfinished", status.Unfinished is { } unfinished ? [$"{unfinished}"] : []);
        Print("lock", status.LockHolder is { } holder ? [$"held by {holder.Text}"] : []);
        Print("findings", status.Findings.Select(f => f.Text));
    }

    // A line each, under one title.
    private void Print(string title, IEnumerable<string> lines, string? none = null)
    {
        foreach (var line in lines.DefaultIfEmpty(none).OfType<string>())
        {
            project.Print($"{title,-12}{line}");
            title = "";
        }
    }
}
