using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

/// <summary>A command that the command line knows: its class is found by its name.</summary>
internal interface IKnownCommand : ICommand
{
    static abstract KnownCommand Known { get; }
}

/// <summary>
/// Tells how to create a command, how to set its argument or list of arguments without a parser, and how to add it to the parser.
/// </summary>
/// <param name="AddTo">Takes the parser's application as an object: naming its type here would load it for each command.</param>
internal sealed record KnownCommand(Func<Project, ICommand> Create, Action<ICommand, string[]>? SetArgument, bool TakesList,
    Action<object, string> AddTo)
{
    public bool IsArgumentOptional { get; init; }

    /// <summary>Tells whether the command needs the project. A bundle does not have such a command.</summary>
    public bool NeedsProject { get; init; }

    /// <summary>A command without an argument, or with one.</summary>
    public static KnownCommand Of<TCommand>(
        Func<Project, TCommand> create, Action<TCommand, string>? setArgument = null, bool isOptional = false)
        where TCommand : class, ICommand =>
        new(create, setArgument is null ? null : (command, values) => setArgument((TCommand)command, values[0]), false, Add<TCommand>)
        {
            IsArgumentOptional = isOptional || setArgument is null,
        };

    /// <summary>A command with a list of arguments.</summary>
    public static KnownCommand TakingList<TCommand>(Func<Project, TCommand> create, Action<TCommand, string[]> setArgument)
        where TCommand : class, ICommand => new(create, (command, values) => setArgument((TCommand)command, values), true, Add<TCommand>);

    private static void Add<TCommand>(object app, string name)
        where TCommand : class, ICommand
    {
        if (NativeFront.IsThis)
            return;
        var parent = (CommandLineApplication<GlobalOptions>)app;
        parent.Command<TCommand>(name, command => command.Out = parent.Out);
    }
}
