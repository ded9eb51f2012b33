using System.ComponentModel.DataAnnotations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("downgrade", Description = "Go back to an earlier revision.")]
internal sealed class DowngradeCommand(Workspace workspace) : ICommand
{
    [Argument(0, "revision", "Target revision, 'base', '-1', or with --sql a range 'from:to'."), Required]
    public required string Revision { get; init; }

    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--tag <TAG>", "A word for env.cs.", CommandOptionType.SingleValue)]
    public string? Tag { get; init; }

    [Option("--lock-timeout <SECONDS>", "How long to wait for another run, or for a lock on a table; default: 300.", CommandOptionType.SingleValue)]
    public int? LockTimeout { get; init; }

    [Option("--backup[=<PATH>]", "Copy a SQLite database first, whatever is to be done, to this new file or into this folder.", CommandOptionType.SingleOrNoValue)]
    public (bool IsGiven, string? Path) Backup { get; init; }

    [Option("--no-backup", "Do not copy a SQLite database before what may cost rows.", CommandOptionType.NoValue)]
    public bool NoBackup { get; init; }

    public int OnExecute()
    {
        var (start, target) = Workspace.Range(Revision, Sql);
        if (Sql && start is null)
            throw new UsageException("downgrade with --sql requires <fromrev>:<torev>");
        workspace.Run(
            new EnvironmentRun { CreatesVersionTable = true, LockTimeout = LockTimeout, Sql = Sql, Tag = Tag, Destination = target, Start = start, Backup = workspace.BackupChoice(Backup.IsGiven, Backup.Path, NoBackup) },
            (_, rows) => workspace.Map.Downgrade(target, rows));
        return 0;
    }
}
