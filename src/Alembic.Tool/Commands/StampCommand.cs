using System.ComponentModel.DataAnnotations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("stamp", Description = "Put revisions into the version table without running anything.")]
internal sealed class StampCommand(Project project) : ICommand
{
    [Argument(0, "revisions", "Revisions, 'head', 'heads' or 'base'."), Required]
    public string[] Revisions { get; set; } = [];

    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--tag <TAG>", "A word for env.cs.", CommandOptionType.SingleValue)]
    public string? Tag { get; init; }

    [Option("--purge", "Delete what the version table holds first: the way out of unknown revisions.", CommandOptionType.NoValue)]
    public bool Purge { get; init; }

    [Option("--lock-timeout <SECONDS>", "How long to wait for another run, or for a lock on a table; default: 300.", CommandOptionType.SingleValue)]
    public int? LockTimeout { get; init; }

    public int OnExecute()
    {
        if (Purge && Sql)
            throw new UsageException("Can't use --purge with --sql mode");
        var ranges = Revisions.Select(r => RevisionArgument.Range(r, Sql)).ToList();
        var starts = ranges.Select(r => r.Start).Distinct().ToList();
        if (starts.Count > 1)
            throw new UsageException("Stamp operation with --sql only supports a single starting revision at a time");
        string[] targets = [.. ranges.Select(r => r.Target)];
        project.Migrate(
            new RunOptions { LockTimeout = LockTimeout, Sql = Sql, Tag = Tag, Destination = string.Join(", ", targets), Start = starts[0] },
            migrator => migrator.PlanStamp(targets, Purge));
        return 0;
    }
}
