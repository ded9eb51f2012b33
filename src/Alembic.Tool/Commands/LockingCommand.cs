using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

/// <summary>What commands can be told alike that wait for other runs.</summary>
internal abstract class LockingCommand(Project project) : ICommand
{
    [Option("--lock-timeout <SECONDS>", "How long to wait for another run, or for a lock on a table; default: 300.",
        CommandOptionType.SingleValue)]
    public int? LockTimeout
    {
        get;
        init
        {
            field = value;
            project.Override("lock_timeout", $"{value}");
        }
    }

    protected Project Project => project;

    public abstract int OnExecute();
}
