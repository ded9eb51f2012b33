using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("ensure_version", Description = "Make the version table where it is missing.")]
internal sealed class EnsureVersionCommand(Workspace workspace) : ICommand
{
    [Option("--sql", "Print the SQL instead of running it.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    public int OnExecute()
    {
        workspace.Run(new EnvironmentRun { CreatesVersionTable = true, Sql = Sql }, (_, _) => []);
        return 0;
    }
}
