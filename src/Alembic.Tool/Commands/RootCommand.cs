using McMaster.Extensions.CommandLineUtils;
using McMaster.Extensions.CommandLineUtils.Abstractions;

namespace Alembic.Tool.Commands;

/// <summary>The list of commands, and the way from arguments to the one to run.</summary>
internal static class RootCommand
{
    private static readonly KnownCommand[] Commands =
    [
        Entry<BranchesCommand>("branches"),
        Entry<CheckCommand>("check"),
        Entry<CurrentCommand>("current"),
        Entry<DowngradeCommand>("downgrade"),
        Entry<EditCommand>("edit"),
        Entry<EnsureVersionCommand>("ensure_version"),
        Entry<HeadsCommand>("heads"),
        Entry<HistoryCommand>("history"),
        Entry<InitCommand>("init"),
        Entry<ListTemplatesCommand>("list_templates"),
        Entry<LockCommand>("lock"),
        Entry<MergeCommand>("merge"),
        Entry<RepairCommand>("repair"),
        Entry<RestoreCommand>("restore"),
        Entry<RevisionCommand>("revision"),
        Entry<ShowCommand>("show"),
        Entry<StampCommand>("stamp"),
        Entry<UpgradeCommand>("upgrade"),
        Entry<VerifyCommand>("verify"),
    ];

    /// <summary>Finds the command and binds its options.</summary>
    /// <returns>The command; null where help or the version was asked for and has been printed.</returns>
    /// <exception cref="UsageException">The arguments make no command.</exception>
    public static ICommand? Parse(IReadOnlyList<string> arguments, GlobalOptionsBox globals, Workspace workspace, TextWriter output)
    {
        var options = new GlobalOptions();
        if (PlainArguments.Bind(arguments, name => Create(name, workspace), options) is not { } command)
            return ParseAnything(arguments, globals, new Services(workspace), output);
        globals.Value = options;
        return command;
    }

    // The constructor alone: what it requires besides is set from the arguments.
    private static ICommand? Create(string name, Workspace workspace) =>
        Array.Find(Commands, command => command.Name == name) is { } known ? (ICommand?)Activator.CreateInstance(known.Type, workspace) : null;

    private static ICommand? ParseAnything(IReadOnlyList<string> arguments, GlobalOptionsBox globals, IServiceProvider services, TextWriter output)
    {
        // What the parser prints is wanted when it is help or the version; its hints would stand beside ours.
        var information = new StringWriter { NewLine = output.NewLine };
        var app = new CommandLineApplication<GlobalOptions> { Out = information };
        app.ValueParsers.AddOrReplace(ArgumentOrder.Unhide);
        app.Conventions.UseDefaultConventions().UseConstructorInjection(services);
        app.VersionOption("--version", $"dotnet-alembic {ToolVersion.Text}");

        // Only the command that is asked for is looked into: that is what reflection costs.
        var name = ArgumentOrder.CommandName(arguments, app);
        var known = Commands.Where(c => c.Name == name).ToList();
        if (name is not null && known.Count == 0)
            throw new UsageException($"invalid choice: '{name}' (choose from {string.Join(", ", Commands.Select(c => c.Name))})") { Hint = "dotnet alembic --help" };
        foreach (var entry in known.Count > 0 ? known : [.. Commands])
            entry.Add(app);

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
            throw new UsageException(exception.Message.TrimEnd('.')) { Hint = $"dotnet alembic {(known.Count > 0 ? name + " " : "")}--help" };
        }
    }

    private static ICommand Bound(IModelAccessor accessor, CommandLineApplication selected, GlobalOptionsBox globals, CommandLineApplication<GlobalOptions> app)
    {
        globals.Value = app.Model;
        if (selected.Arguments.Where(a => a.Validators.Count > 0 && a.Value is null).Select(a => a.Name).ToList() is { Count: > 0 } missing)
            throw new UsageException($"the following arguments are required: {string.Join(", ", missing)}") { Hint = $"dotnet alembic {selected.Name} --help" };
        return (ICommand)accessor.GetModel();
    }

    private static KnownCommand Entry<TCommand>(string name)
        where TCommand : class, ICommand => new(name, typeof(TCommand), app => app.Command<TCommand>(name, command => command.Out = app.Out));

    private sealed record KnownCommand(string Name, Type Type, Action<CommandLineApplication<GlobalOptions>> Add);
}

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
