using System.ComponentModel.DataAnnotations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("upgrade", Description = "Upgrade to a later revision.")]
internal sealed class UpgradeCommand(Workspace workspace) : ICommand
{
    [Argument(0, "revision", "Target revision, 'head', 'heads', '+2', or with --sql a range 'from:to'."), Required]
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

    [Option("--strict", "Do nothing if applied files were edited or deleted, or revisions below applied ones never ran.", CommandOptionType.NoValue)]
    public bool Strict { get; init; }

    public int OnExecute()
    {
        var (start, target) = Workspace.Range(Revision, Sql);
        workspace.Run(
            new EnvironmentRun
            {
                CreatesVersionTable = true, LockTimeout = LockTimeout, Sql = Sql, Tag = Tag, Destination = target, Start = start,
                Backup = workspace.BackupChoice(Backup.IsGiven, Backup.Path, NoBackup),
                Verify = findings => workspace.Tell(findings, Strict || workspace.Settings.Strict),
            },
            (context, rows) => !Strict || context.Options.KeepsHistory
                ? workspace.Map.Upgrade(target, rows)
                : throw new UsageException("--strict needs a history, and none is kept") { Hint = "write 'history_table = true' into alembic.ini" });
        return 0;
    }
}
