using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

/// <summary>What <c>upgrade</c> and <c>downgrade</c> can be told alike.</summary>
internal abstract class MigratingCommand(Project project) : LockingCommand
{
    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--guarded", "With --sql: a script that runs only on a database that is where it starts.", CommandOptionType.NoValue)]
    public bool Guarded { get; init; }

    [Option("--from-database", "With --sql, for SQLite: look at the database, which is where the script starts, for the tables that have to be rebuilt.", CommandOptionType.NoValue)]
    public bool FromDatabase { get; init; }

    [Option("--tag <TAG>", "A word for env.cs.", CommandOptionType.SingleValue)]
    public string? Tag { get; init; }

    [Option("--backup[=<PATH>]", "Copy a SQLite database first, whatever is to be done, to this new file or into this folder.", CommandOptionType.SingleOrNoValue)]
    public (bool IsGiven, string? Path) Backup { get; init; }

    [Option("--no-backup", "Do not copy a SQLite database before what may cost rows.", CommandOptionType.NoValue)]
    public bool NoBackup { get; init; }

    protected Project Project => project;

    protected RunOptions Run(string? start, string target) => new()
    {
        Guarded = Guarded && !Sql
            ? throw new UsageException("--guarded is for scripts") { Hint = "a run looks for itself where the database is; for a script add --sql" }
            : Guarded || (Sql && project.Settings.GuardedScripts),
        FromDatabase = FromDatabase && !Sql ? throw new UsageException("--from-database is for scripts") { Hint = "add --sql" } : FromDatabase,
        IsStrict = project.Settings.Strict,
        LockTimeout = LockTimeout,
        Sql = Sql,
        Tag = Tag,
        Destination = target,
        Start = start,
        Backup = new BackupChoice(
            !NoBackup && (Backup.IsGiven || project.Settings.Backup.IsOn),
            Backup.IsGiven && !NoBackup,
            Backup.Path is { } path ? project.FullPath(path) : null),
    };
}
