using Alembic.Tool.Bundles;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;
using McMaster.Extensions.CommandLineUtils.Abstractions;

namespace Alembic.Tool.Commands;

/// <summary>The list of commands, and the way from arguments to the one to run.</summary>
internal static class RootCommand
{
    public static readonly string[] Names =
    [
        "branches", "bundle", "check", "ci", "completion", "current", "downgrade", "edit", "ensure_version", "heads", "history", "import",
        "init", "lint", "list_templates", "lock", "merge", "plan", "repair", "restore", "revision", "show", "stamp", "status", "upgrade",
        "verify",
    ];

    private static string Version => $"dotnet-alembic {ToolVersion.Text}";

    /// <summary>Finds the command and binds its options.</summary>
    /// <returns>The command; null where help or the version was asked for and has been printed.</returns>
    /// <exception cref="UsageException">The arguments make no command.</exception>
    public static ICommand? Parse(IReadOnlyList<string> arguments, GlobalOptionsBox globals, Project project)
    {
        // What the scripts of the shells call.
        if (!NativeFront.IsThis && arguments is ["complete", "--", ..])
            return new CompleteCommand(project, globals, [.. arguments.Skip(2)]);
        var options = new GlobalOptions();
        if (PlainArguments.Bind(arguments, project, options, out var name) is not { } command)
            return NativeFront.IsThis ? throw new NotHereException("the parser") : ParseAnything(arguments, globals, project);
        (globals.Value, globals.Command) = (options, name);
        RefuseMissing(name!, project);
        return command;
    }

    /// <summary>The commands that are there: those of a bundle do without the project.</summary>
    public static IEnumerable<string> NamesIn(Project project) => project.Bundle is null ? Names : Names.Except(Bundle.Missing);

    private static void RefuseMissing(string name, Project project)
    {
        if (project.Bundle is not null && Bundle.Missing.Contains(name))
            throw new UsageException($"'{name}' needs the project, and this is a bundle of it")
            {
                Hint = $"dotnet alembic {name}, in the project",
            };
    }

    // One at a time: to load the types of all takes longer than many a command.
    public static KnownCommand? Find(string name) =>
        FindNative(name) ?? (NativeFront.IsThis ? throw new NotHereException("the command") : FindManaged(name));

    /// <summary>Tells whether the native program has a command.</summary>
    public static bool IsNative(string name) => FindNative(name) is not null;

    // What never runs code of the project, or only where there is something to do.
    private static KnownCommand? FindNative(string name) => name switch
    {
        "branches" => Entry(project => new BranchesCommand(project)),
        "current" => Entry(project => new CurrentCommand(project)),
        "heads" => Entry(project => new HeadsCommand(project)),
        "history" => Entry(project => new HistoryCommand(project)),
        "plan" => Entry(project => new PlanCommand(project), (command, revision) => command.Revision = revision, isOptional: true),
        "show" => Entry(project => new ShowCommand(project), (command, revision) => command.Revision = revision),
        "status" => Entry(project => new StatusCommand(project)),
        "upgrade" => Entry(project => new UpgradeCommand(project), (command, revision) => command.Revision = revision),
        _ => null,
    };

    private static KnownCommand? FindManaged(string name) => name switch
    {
        "bundle" => Entry(project => new BundleCommand(project)),
        "check" => Entry(project => new CheckCommand(project)),
        "ci" => Entry(project => new CiCommand(project)),
        "completion" => Entry(project => new CompletionCommand(project), (command, shell) => command.Shell = shell),
        "downgrade" => Entry(project => new DowngradeCommand(project), (command, revision) => command.Revision = revision),
        "edit" => Entry(project => new EditCommand(project), (command, revision) => command.Revision = revision),
        "ensure_version" => Entry(project => new EnsureVersionCommand(project)),
        "import" => Entry(project => new ImportCommand(project), (command, source) => command.Source = source),
        "init" => Entry(project => new InitCommand(project), (command, folder) => command.Folder = folder, isOptional: true),
        "lint" => Entry(project => new LintCommand(project), (command, range) => command.Range = range, isOptional: true),
        "list_templates" => Entry(project => new ListTemplatesCommand(project)),
        "lock" => Entry(project => new LockCommand(project), (command, action) => command.Action = action),
        "merge" => ListEntry(project => new MergeCommand(project), (command, revisions) => command.Revisions = revisions),
        "repair" => Entry(project => new RepairCommand(project)),
        "restore" => Entry(project => new RestoreCommand(project), (command, file) => command.File = file, isOptional: true),
        "revision" => Entry(project => new RevisionCommand(project)),
        "stamp" => ListEntry(project => new StampCommand(project), (command, revisions) => command.Revisions = revisions),
        "verify" => Entry(project => new VerifyCommand(project)),
        _ => null,
    };

    /// <summary>The parser, which knows the global options and no command yet.</summary>
    public static CommandLineApplication<GlobalOptions> App(Project project, TextWriter output)
    {
        var app = new CommandLineApplication<GlobalOptions> { Out = output };
        app.ValueParsers.AddOrReplace(ArgumentOrder.Unhide);
        app.Conventions.UseDefaultConventions().UseConstructorInjection(new Services(project));
        app.VersionOption("--version", Version);
        if (project.Bundle is not null)
            app.Name = Bundle.Program;
        return app;
    }

    private static ICommand? ParseAnything(IReadOnlyList<string> arguments, GlobalOptionsBox globals, Project project)
    {
        // What the parser prints is wanted when it is help or the version; its hints would stand beside ours.
        var information = new StringWriter { NewLine = "\n" };
        var app = App(project, information);
        arguments = Usual(arguments, app);
        // Only the command that is asked for is looked into: that is what reflection costs.
        var name = ArgumentOrder.CommandAt(arguments, app) is { } at ? arguments[at] : null;
        if (name is not null && !Names.Contains(name))
            throw new UsageException($"There is no command '{name}'")
            {
                Hint = NearbyNames.Hint(name, Names) ?? "dotnet alembic --help"
            };
        globals.Command = name;
        if (name is not null)
            RefuseMissing(name, project);
        foreach (var each in name is null ? NamesIn(project) : [name])
            Find(each)!.AddTo(app, each);

        try
        {
            var selected = app.Parse(arguments.Count == 0 ? ["--help"] : [.. ArgumentOrder.Canonical(arguments, app)]).SelectedCommand;
            if (selected.IsShowingInformation || app.IsShowingInformation)
            {
                var more = selected == app ? "" : CommandHelp.Of(((IModelAccessor)selected).GetModelType());
                Show(information.ToString(), more, globals, project);
                return null;
            }
            return selected != app
                ? Bound((IModelAccessor)selected, selected, globals, app)
                : throw new UsageException("too few arguments") { Hint = "dotnet alembic --help" };
        }
        catch (CommandParsingException exception)
        {
            throw new UsageException(exception.Message.TrimEnd('.'))
            {
                Hint = Meant(name, exception) ?? $"dotnet alembic {(name is null ? "" : name + " ")}--help"
            };
        }
    }

    // "help upgrade" and "list-templates", as other tools have it.
    private static IReadOnlyList<string> Usual(IReadOnlyList<string> arguments, CommandLineApplication app)
    {
        if (ArgumentOrder.CommandAt(arguments, app) is not { } at)
            return arguments;
        var (before, name, after) = (arguments.Take(at), arguments[at], arguments.Skip(at + 1));
        return name == "help" ? Usual([.. before, .. after, "--help"], app)
            : name.Replace('-', '_') is var underscored && Names.Contains(underscored) ? [.. before, underscored, .. after]
            : arguments;
    }

    private static void Show(string information, string more, GlobalOptionsBox globals, Project project)
    {
        // The parser says of itself what it shows by the text alone.
        var isVersion = information.Trim() == Version;
        globals.Command = isVersion ? "version" : "help";
        var text = HelpText.Wrap(project.Named($"{information.TrimEnd()}\n{more}"), project.Terminal.Width);
        project.Reporter.Show(() => isVersion ? new VersionData(ToolVersion.Text) : new HelpData(text), text.TrimEnd('\n'));
    }

    // "git commit" takes its message as an option too, and people forget that there as well.
    private static string? Meant(string? name, CommandParsingException exception) =>
        name == "revision" && exception is UnrecognizedCommandParsingException && exception.Message.Split('\'') is [_, var text, _]
        ? $"dotnet alembic {name} -m \"{text}\""
        : null;

    private static ICommand Bound(IModelAccessor accessor, CommandLineApplication selected, GlobalOptionsBox globals,
        CommandLineApplication<GlobalOptions> app)
    {
        globals.Value = app.Model;
        if (selected.Arguments.Where(a => a.Validators.Count > 0 && a.Value is null).Select(a => a.Name).ToList() is { Count: > 0 } missing)
            throw new UsageException($"the following arguments are required: {string.Join(", ", missing)}")
            {
                Hint = $"dotnet alembic {selected.Name} --help"
            };
        return (ICommand)accessor.GetModel();
    }

    private static KnownCommand Entry<TCommand>(
        Func<Project, TCommand> create, Action<TCommand, string>? setArgument = null, bool isOptional = false)
        where TCommand : class, ICommand =>
        new(create, setArgument is null ? null : (command, values) => setArgument((TCommand)command, values[0]), false, Add<TCommand>)
        {
            IsArgumentOptional = isOptional || setArgument is null,
        };

    private static KnownCommand ListEntry<TCommand>(Func<Project, TCommand> create, Action<TCommand, string[]> setArgument)
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

/// <summary>
/// How a command is made, how its one argument or list of arguments is set without a parser, and how the parser gets to know it.
/// </summary>
/// <param name="AddTo">Takes the parser's application as an object: to name its type here would load it for each command.</param>
internal sealed record KnownCommand(Func<Project, ICommand> Create, Action<ICommand, string[]>? SetArgument, bool TakesList,
    Action<object, string> AddTo)
{
    public bool IsArgumentOptional { get; init; }
}

/// <summary>What the parser makes commands with.</summary>
file sealed class Services(Project project) : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(Project) ? project : null;
}
