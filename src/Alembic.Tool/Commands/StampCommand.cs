using Alembic.Migrations;
using Alembic.Tool.EntityFramework;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("stamp", Description = "Set the database's revision without running anything.")]
[Example("stamp head", "Marks the database as being at the newest revision.")]
[Example("stamp --from-ef", "Marks it by the history of EF Core's migrations.")]
[ExitCodes(3, 4, 6, 130)]
internal sealed class StampCommand(Project project) : LockingCommand(project), IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.TakingList(project => new StampCommand(project), (command, revisions) => command.Revisions = revisions);

    [Argument(0, "revisions", "Revisions, 'head', 'heads' or 'base'.")]
    public string[] Revisions { get; set; } = [];

    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--tag <TAG>", "A text that env.cs can read.", CommandOptionType.SingleValue)]
    public string? Tag { get; init; }

    [Option("--purge", "Empty the version table first: the way out if it has unknown revisions.", CommandOptionType.NoValue)]
    public bool Purge { get; init; }

    [Option("--from-ef[=<TABLE>]", "Take the revision from the history table of EF Core, by default __EFMigrationsHistory.",
        CommandOptionType.SingleOrNoValue)]
    public (bool IsGiven, string? Table) FromEf { get; init; }

    public override int OnExecute()
    {
        CheckUsage();
        var ranges = Revisions.Select(r => RevisionArgument.Range(r, Sql)).ToList();
        var starts = ranges.Select(r => r.Start).DefaultIfEmpty(null).Distinct().ToList();
        if (starts.Count > 1)
            throw new UsageException("Stamp operation with --sql only supports a single starting revision at a time");
        string[] targets = [.. ranges.Select(r => r.Target)];
        var run = new RunOptions { Tag = Tag, Destination = string.Join(", ", targets), Script = Sql ? new(starts[0]) : null };
        Project.OnEachDatabase(run, database =>
        {
            var plan = database.Migrator.PlanStamp(FromEf.IsGiven ? [EfTarget(database.Migrator)] : targets, Purge);
            if (Sql)
                database.Write(plan);
            else
                database.Apply(plan);
        });
        return 0;
    }

    private void CheckUsage()
    {
        if (Purge && Sql)
            throw new UsageException("Can't use --purge with --sql mode");
        if (FromEf.IsGiven ? Revisions.Length > 0 : Revisions.Length == 0)
        {
            throw new UsageException(
                FromEf.IsGiven ? "--from-ef finds the revision itself: give none" : "the following arguments are required: revisions")
            {
                Hint = "dotnet alembic stamp --help",
            };
        }
        if (FromEf.IsGiven && Sql)
            throw new UsageException("--from-ef and --sql cannot be combined: --from-ef reads the database");
    }

    private string EfTarget(Migrator migrator)
    {
        var target = new EfHistory(migrator.Map, FromEf.Table).Revision(migrator.Session, migrator.Dialect);
        Project.Reporter.Print($"EF Core's last migration here is {target}");
        return target;
    }
}
