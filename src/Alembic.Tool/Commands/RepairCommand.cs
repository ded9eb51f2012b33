using Alembic.Migrations;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Commands;

[Command("repair", Description = "Tell what became of a migration that was broken off, where the database cannot tell.")]
[Example("repair --done", "Takes the statement that was broken off for done.")]
[Example("repair --retry", "Has it run again.")]
[ExitCodes(4, 6)]
internal sealed class RepairCommand(Project project) : LockingCommand(project), IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new RepairCommand(project));

    [Option("--done", "The statement that was under way was carried out.", CommandOptionType.NoValue)]
    public bool Done { get; init; }

    [Option("--retry", "The statement that was under way was not carried out.", CommandOptionType.NoValue)]
    public bool Retry { get; init; }

    [Option("--forget", "What the migration did has been undone by hand.", CommandOptionType.NoValue)]
    public bool Forget { get; init; }

    public override int OnExecute()
    {
        Repair repair = (Done, Retry, Forget) switch
        {
            (true, false, false) => Repair.Done,
            (false, true, false) => Repair.Retry,
            (false, false, true) => Repair.Forget,
            _ => throw new UsageException("say one of --done, --retry and --forget")
            {
                Hint = "dotnet alembic current shows what was broken off"
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
        Repair.Done => "the statement counts as carried out; the same command goes on after it",
        Repair.Retry => "the statement counts as not carried out; the same command goes on with it",
        _ => "what it had done is forgotten; it begins anew",
    };
}
