using Alembic.Migrations;
using Alembic.Tool.Connections;
using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Commands;

/// <summary>The options that <c>upgrade</c> and <c>downgrade</c> share.</summary>
internal abstract class MigratingCommand(Project project) : LockingCommand(project)
{
    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--guarded", "With --sql: a script that refuses a database at another revision than its start.", CommandOptionType.NoValue)]
    public bool Guarded { get; init; }

    [Option("--from-database",
        "With --sql, for SQLite: read the tables to rebuild from the database, which must be at the script's starting revision.",
        CommandOptionType.NoValue)]
    public bool FromDatabase { get; init; }

    [Option("--plan <FILE>", "Do exactly what the plan in this file says, or change nothing.", CommandOptionType.SingleValue)]
    public string? Plan { get; init; }

    [Option("--tag <TAG>", "A text that env.cs can read.", CommandOptionType.SingleValue)]
    public string? Tag { get; init; }

    [Option("--backup[=<PATH>]", "Copy a SQLite database first in any case, to this new file or into this folder.",
        CommandOptionType.SingleOrNoValue)]
    public (bool IsGiven, string? Path) Backup { get; init; }

    [Option("--no-backup", "Do not copy a SQLite database before it may lose rows.", CommandOptionType.NoValue)]
    public bool NoBackup { get; init; }

    private int _planned;

    /// <summary>Gets the target: the one that was given, or the target of a saved plan.</summary>
    /// <exception cref="UsageException">There is no target, or there are two.</exception>
    protected static string Target(string revision, IReadOnlyList<SavedPlan>? plans, string command) => (revision, plans) switch
    {
        ("", null) =>
            throw new UsageException("the following arguments are required: revision") { Hint = $"dotnet alembic {command} --help" },
        ("", [var plan, ..]) => plan.Target,
        ("", _) => "",
        (_, null) => revision,
        _ => throw new UsageException("--plan names the target already: give no revision"),
    };

    /// <summary>Reads the plans of the file that was given; null if none was.</summary>
    protected IReadOnlyList<SavedPlan>? Plans(bool isUpgrade) => Plan is null ? null
        : Sql ? throw new UsageException("--plan and --sql cannot be combined: a plan is for runs on a database")
        : SavedPlans.Read(Project.FullPath(Plan), isUpgrade);

    /// <summary>Gets the saved plan for the next database: the file has one for each, in their order.</summary>
    protected MigrationPlan NextOf(IReadOnlyList<SavedPlan> plans, Migrator migrator) => _planned < plans.Count
        ? plans[_planned++].Of(migrator)
        : throw new StalePlanException($"it is for {plans.Count} databases, but the environment has more");

    /// <summary>Tells whether a script is for databases at any revision.</summary>
    protected virtual bool IsIdempotent => false;

    private bool IsGuarded => !IsIdempotent && (Guarded || Project.Settings.GuardedScripts);

    /// <summary>Runs a plan, or writes it as a script.</summary>
    /// <param name="database">The database.</param>
    /// <param name="plan">The plan.</param>
    /// <returns>What was done; null for a script.</returns>
    protected MigrationReport? Carry(DatabaseRun database, MigrationPlan plan)
    {
        if (!Sql)
            return database.Apply(plan, Copies());
        database.Write(plan, IsGuarded, IsIdempotent);
        return null;
    }

    /// <summary>Ends a run with a line that says what was done and which revision the database is at. A script has no such line.</summary>
    /// <param name="report">What was done; null for a script.</param>
    /// <param name="afterwards">What follows in the line.</param>
    protected void End(MigrationReport? report, string afterwards = "")
    {
        if (report is not null)
            Project.Reporter.Log(LogLevel.Information, Ending(report, afterwards));
    }

    private BackupOptions? Copies() => NoBackup || !(Backup.IsGiven || Project.Settings.Backup.IsOn) ? null
        : new(Project.Backups(Backup.Path is { } path ? Project.FullPath(path) : null).Next)
        {
            IsFirst = Backup.IsGiven,
            Saved = file =>
            {
                BackupFiles.Prune(file);
                Project.Reporter.Hint($"the database from before the run is in {file}; dotnet alembic restore restores it");
            },
        };

    private static string Ending(MigrationReport report, string afterwards)
    {
        var at = $"the database is at {(report.Revisions.Count == 0 ? "base" : string.Join(", ", report.Revisions))}";
        var (count, seconds) = (report.Applied.Count, report.Applied.Sum(a => a.Duration.TotalSeconds));
        var took = seconds < 1 ? $"{seconds * 1000:F0} ms" : $"{seconds:F1} s";
        return count == 0 ? $"Nothing to do: {at}" : $"{Counted.Of(count, "revision")} in {took}{afterwards}; {at}";
    }

    protected RunOptions Options(string? start, string target)
    {
        if (Guarded && !Sql)
        {
            throw new UsageException("--guarded is for scripts")
            {
                Hint = "a run reads the revision of the database; for a script add --sql"
            };
        }
        if (FromDatabase && !Sql)
            throw new UsageException("--from-database is for scripts") { Hint = "add --sql" };
        return new()
        {
            IsStrict = Project.Settings.Strict,
            Tag = Tag,
            Destination = target,
            // A guard compares all revisions that the database is at.
            Script = Sql ? new(start, IsSeveral: IsGuarded, IsDatabase: FromDatabase) : null,
        };
    }
}
