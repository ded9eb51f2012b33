using System.Globalization;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

/// <summary>The options that all commands have that wait for other runs.</summary>
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
            if (value is { } seconds)
                project.Override("lock_timeout", seconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    protected Project Project => project;

    public abstract int OnExecute();
}
