using McMaster.Extensions.CommandLineUtils;
using McMaster.Extensions.CommandLineUtils.Abstractions;

namespace Alembic.Tool.Commands;

/// <summary>The list of commands, and the way from arguments to the one to run.</summary>
internal static class RootCommand
{
    public static readonly string[] Names =
    [
        "branches", "check", "current", "downgrade", "edit", "ensure_version", "heads", "history", "init", "list_templates", "lock", "merge", "repair", "restore", "revision",
        "show", "stamp", "upgrade", "verify",
    ];

    /// <summary>Finds the command and binds its options.</summary>
    /// <returns>The command; null where help or the version was asked for and has been printed.</returns>
    /// <exception cref="UsageException">The arguments make no command.</exception>
    public static ICommand? Parse(IReadOnlyList<string> arguments, GlobalOptionsBox globals, Workspace workspace)
    {
        var options = new GlobalOptions();
        if (PlainArguments.Bind(arguments, workspace, options) is not { } command)
            return ParseAnything(arguments, globals, workspace);
        globals.Value = options;
        return command;
    }

    // One at a time: to load the types of all takes longer than many a command.
    public static KnownCommand? Find(string name) => name switch
    {
        "branches" => Entry(workspace => new BranchesCommand(workspace)),
        "check" => Entry(workspace => new CheckCommand(workspace)),
        "current" => Entry(workspace => new CurrentCommand(workspace)),
        "downgrade" => Entry(workspace => new DowngradeCommand(workspace), (command, revision) => command.Revision = revision),
        "edit" => Entry(workspace => new EditCommand(workspace), (command, revision) => command.Revision = revision),
        "ensure_version" => Entry(workspace => new EnsureVersionCommand(workspace)),
        "heads" => Entry(workspace => new HeadsCommand(workspace)),
        "history" => Entry(workspace => new HistoryCommand(workspace)),
        "init" => Entry(workspace => new InitCommand(workspace), (command, folder) => command.Folder = folder),
        "list_templates" => Entry(workspace => new ListTemplatesCommand(workspace)),
        "lock" => Entry(workspace => new LockCommand(workspace), (command, action) => command.Action = action),
        "merge" => ListEntry(workspace => new MergeCommand(workspace), (command, revisions) => command.Revisions = revisions),
        "repair" => Entry(workspace => new RepairCommand(workspace)),
        "restore" => Entry(workspace => new RestoreCommand(workspace), (command, file) => command.File = file),
        "revision" => Entry(workspace => new RevisionCommand(workspace)),
        "show" => Entry(workspace => new ShowCommand(workspace), (command, revision) => command.Revision = revision),
        "stamp" => ListEntry(workspace => new StampCommand(workspace), (command, revisions) => command.Revisions = revisions),
        "upgrade" => Entry(workspace => new UpgradeCommand(workspace), (command, revision) => command.Revision = revision),
        "verify" => Entry(workspace => new VerifyCommand(workspace)),
        _ => null,
    };

    private static ICommand? ParseAnything(IReadOnlyList<string> arguments, GlobalOptionsBox globals, Workspace workspace)
    {
        var output = workspace.Terminal.Out;
        // What the parser prints is wanted when it is help or the version; its hints would stand beside ours.
        var information = new StringWriter { NewLine = output.NewLine };
        var app = new CommandLineApplication<GlobalOptions> { Out = information };
        app.ValueParsers.AddOrReplace(ArgumentOrder.Unhide);
        app.Conventions.UseDefaultConventions().UseConstructorInjection(new Services(workspace));
        app.VersionOption("--version", $"dotnet-alembic {ToolVersion.Text}");

        // Only the command that is asked for is looked into: that is what reflection costs.
        var name = ArgumentOrder.CommandName(arguments, app);
        if (name is not null && !Names.Contains(name))
            throw new UsageException($"invalid choice: '{name}' (choose from {string.Join(", ", Names)})") { Hint = "dotnet alembic --help" };
        foreach (var each in name is null ? Names : [name])
            Find(each)!.AddTo(app, each);

        try
        {
            var selected = app.Parse([.. ArgumentOrder.Canonical(arguments, app)]).SelectedCommand;
            if (selected.IsShowingInformation || app.IsShowingInformation)
            {
                output.Write(information);
                return null;
            }
            return selected != app ? Bound((IModelAccessor)selected, selected, globals, app) : throw new UsageException("too few arguments") { Hint = "dotnet alembic --help" };
        }
        catch (CommandParsingException exception)
        {
            throw new UsageException(exception.Message.TrimEnd('.')) { Hint = $"dotnet alembic {(name is null ? "" : name + " ")}--help" };
        }
    }

    private static ICommand Bound(IModelAccessor accessor, CommandLineApplication selected, GlobalOptionsBox globals, CommandLineApplication<GlobalOptions> app)
    {
        globals.Value = app.Model;
        if (selected.Arguments.Where(a => a.Validators.Count > 0 && a.Value is null).Select(a => a.Name).ToList() is { Count: > 0 } missing)
            throw new UsageException($"the following arguments are required: {string.Join(", ", missing)}") { Hint = $"dotnet alembic {selected.Name} --help" };
        return (ICommand)accessor.GetModel();
    }

    private static KnownCommand Entry<TCommand>(Func<Workspace, TCommand> create, Action<TCommand, string>? setArgument = null)
        where TCommand : class, ICommand =>
        new(create, setArgument is null ? null : (command, values) => setArgument((TCommand)command, values[0]), false, Add<TCommand>);

    private static KnownCommand ListEntry<TCommand>(Func<Workspace, TCommand> create, Action<TCommand, string[]> setArgument)
        where TCommand : class, ICommand => new(create, (command, values) => setArgument((TCommand)command, values), true, Add<TCommand>);

    private static void Add<TCommand>(object app, string name)
        where TCommand : class, ICommand
    {
        var parent = (CommandLineApplication<GlobalOptions>)app;
        parent.Command<TCommand>(name, command => command.Out = parent.Out);
    }
}

/// <summary>How a command is made, how its one argument or list of arguments is set without a parser, and how the parser gets to know it.</summary>
/// <param name="AddTo">Takes the parser's application as an object: to name its type here would load it for each command.</param>
internal sealed record KnownCommand(Func<Workspace, ICommand> Create, Action<ICommand, string[]>? SetArgument, bool TakesList, Action<object, string> AddTo);

/// <summary>What the parser makes commands with.</summary>
file sealed class Services(Workspace workspace) : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(Workspace) ? workspace : null;
}

/// <summary>Where the global options stand once they are parsed: the command's constructor needs a workspace before that.</summary>
internal sealed class GlobalOptionsBox
{
    public GlobalOptions Value { get; set; } = new();
}
