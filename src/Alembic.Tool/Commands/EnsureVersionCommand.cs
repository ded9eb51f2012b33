using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("ensure_version", Description = "Make the version table where it is missing.")]
internal sealed class EnsureVersionCommand(Project project) : LockingCommand
{
    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    public override int OnExecute()
    {
        project.OnEachDatabase(
            new RunOptions { LockTimeout = LockTimeout, Sql = Sql }, database => database.Finish(database.Migrator.PlanVersionTable()));
        return 0;
    }
}
