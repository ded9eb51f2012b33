using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("ensure_version", Description = "Create the version table if it does not exist.")]
[Example("ensure_version", "Creates the version table.")]
[Example("ensure_version --sql", "Prints the SQL that creates it.")]
[ExitCodes(4, 6, 130)]
internal sealed class EnsureVersionCommand(Project project) : LockingCommand(project), IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new EnsureVersionCommand(project));

    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    public override int OnExecute()
    {
        Project.OnEachDatabase(new RunOptions { Script = Sql ? new() : null }, database =>
        {
            var plan = database.Migrator.PlanVersionTable();
            if (Sql)
                database.Write(plan);
            else
                database.Apply(plan);
        });
        return 0;
    }
}
