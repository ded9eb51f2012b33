using Alembic.Migrations;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Commands;

[Command("repair", Description = "Say whether the statement of an interrupted migration took effect, if the database cannot tell.")]
[Example("repair --done", "Counts the interrupted statement as done; the next run continues after it.")]
[Example("repair --retry", "Counts it as not done; the next run executes it again.")]
[ExitCodes(4, 6)]
internal sealed class RepairCommand(Project project) : LockingCommand(project), IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new RepairCommand(project));

    [Option("--done", "The interrupted statement took effect.", CommandOptionType.NoValue)]
    public bool Done { get; init; }

    [Option("--retry", "The interrupted statement did not take effect.", CommandOptionType.NoValue)]
    public bool Retry { get; init; }

    [Option("--forget", "Everything that the migration did was undone by hand.", CommandOptionType.NoValue)]
    public bool Forget { get; init; }

    public override int OnExecute()
    {
        Repair repair = (Done, Retry, Forget) switch
        {
            (true, false, false) => Repair.Done,
            (false, true, false) => Repair.Retry,
            (false, false, true) => Repair.Forget,
            _ => throw new UsageException("give one of --done, --retry and --forget")
            {
                Hint = "dotnet alembic current shows the interrupted migration"
            },
        };
        Project.OnEachDatabase(new RunOptions(), database =>
        {
            var migration = database.Migrator.Repair(repair);
            Project.Reporter.Log(LogLevel.Information, $"{migration.Revision}: {Said(repair)}");
            Project.Reporter.Show(() => new RepairData(
                database.Migrator.Database!.DisplayUrl, repair.ToString().ToLowerInvariant(), UnfinishedData.Of(migration)));
        });
        return 0;
    }

    private static string Said(Repair repair) => repair switch
    {
        Repair.Done => "the statement counts as executed; the same command continues after it",
        Repair.Retry => "the statement counts as not executed; the same command continues with it",
        _ => "its progress is deleted; it starts from the beginning",
    };
}
