using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("ensure_version", Description = "Make the version table where it is missing.")]
internal sealed class EnsureVersionCommand(Project project) : ICommand
{
    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--lock-timeout <SECONDS>", "How long to wait for another run, or for a lock on a table; default: 300.", CommandOptionType.SingleValue)]
    public int? LockTimeout { get; init; }

    public int OnExecute()
    {
        project.Migrate(new RunOptions { LockTimeout = LockTimeout, Sql = Sql }, migrator => migrator.PlanVersionTable());
        return 0;
    }
}
