using System.Text.Json;
using Alembic.Tool.Bundles;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;
using McMaster.Extensions.CommandLineUtils.Abstractions;

namespace Alembic.Tool.Commands;

/// <summary>The list of commands, and the parsing of arguments to the command to run.</summary>
internal static class RootCommand
{
    /// <summary>The names of all commands, in alphabetical order.</summary>
    public static string[] Names =>
        field ??= [.. typeof(ICommand).Assembly.GetTypes().Where(type => !type.IsInterface && type.IsAssignableTo(typeof(IKnownCommand)))
            .Select(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name[..^"Command".Length])).Order(StringComparer.Ordinal)];

    private static string Version => $"dotnet-alembic {ToolVersion.Text}";

    /// <summary>Finds the command and binds its options.</summary>
    /// <returns>The command; null if help or the version was asked for. It has been printed then.</returns>
    /// <exception cref="UsageException">The arguments do not name a command.</exception>
    public static ICommand? Parse(IReadOnlyList<string> arguments, GlobalOptionsBox globals, Project project)
    {
        // The completion scripts of the shells call this.
        if (!NativeFront.IsThis && arguments is ["complete", "--", ..])
            return new CompleteCommand(project, globals, [.. arguments.Skip(2)]);
        var options = new GlobalOptions();
        if (PlainArguments.Bind(arguments, project, options, out var name) is not { } command)
            return NativeFront.IsThis ? throw new NotHereException("the parser") : ParseAnything(arguments, globals, project);
        // The native program is compiled without the data for stack traces, and its times are not those of the tool.
        if (NativeFront.IsThis && (options.RaiseError || options.Timings))
            throw new NotHereException("stack traces and timings");
        (globals.Value, globals.Command) = (options, name);
        RefuseMissing(name!, project);
        return command;
    }

    /// <summary>Gets the names of the commands that exist here: a bundle has those that do not need the project.</summary>
    public static IEnumerable<string> NamesIn(Project project) =>
        Names.Where(name => project.Bundle is null || !NeedsProject(name));

    /// <summary>Tells whether a command needs the project, so that a bundle does not have it.</summary>
    public static bool NeedsProject(string name) => Find(name)?.NeedsProject == true;

    private static void RefuseMissing(string name, Project project)
    {
        if (project.Bundle is not null && NeedsProject(name))
            throw new UsageException($"'{name}' needs the project, but this is a bundle")
            {
                Hint = $"dotnet alembic {name}, in the project",
            };
    }

    // One at a time: loading the types of all takes longer than many a command.
    public static KnownCommand? Find(string name) =>
        FindNative(name) ?? (NativeFront.IsThis ? throw new NotHereException("the command") : FindManaged(name));

    /// <summary>Tells whether the native program has a command.</summary>
    public static bool IsNative(string name) => FindNative(name) is not null;

    // Commands that never run the project's code, or only if there is something to do.
    private static KnownCommand? FindNative(string name) => name switch
    {
        "branches" => BranchesCommand.Known,
        "current" => CurrentCommand.Known,
        "heads" => HeadsCommand.Known,
        "history" => HistoryCommand.Known,
        "plan" => PlanCommand.Known,
        "show" => ShowCommand.Known,
        "status" => StatusCommand.Known,
        "upgrade" => UpgradeCommand.Known,
        _ => null,
    };

    // A command needs only its own file: its class is found by its name.
    private static KnownCommand? FindManaged(string name)
    {
        var words = name.Split('_');
        return words.All(word => word.Length > 0 && word.All(char.IsAsciiLetterLower))
            && typeof(ICommand).Assembly.GetType(
                $"{typeof(ICommand).Namespace}.{string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}Command")
                is { } type && type.IsAssignableTo(typeof(IKnownCommand))
            ? (KnownCommand?)type.GetProperty(nameof(IKnownCommand.Known))?.GetValue(null)
            : null;
    }

    /// <summary>Creates the parser, which knows the global options and no command yet.</summary>
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
        // Only the parser's help and version are printed: its hints would repeat ours.
        var information = new StringWriter { NewLine = "\n" };
        var app = App(project, information);
        arguments = Usual(arguments, app);
        // Reflection costs time, so only the command that is asked for is read.
        var name = ArgumentOrder.CommandAt(arguments, app) is { } at ? arguments[at] : null;
        if (name is not null && Find(name) is null)
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

    // Accepts "help upgrade" and "list-templates", as other tools do.
    private static IReadOnlyList<string> Usual(IReadOnlyList<string> arguments, CommandLineApplication app)
    {
        if (ArgumentOrder.CommandAt(arguments, app) is not { } at)
            return arguments;
        var (before, name, after) = (arguments.Take(at), arguments[at], arguments.Skip(at + 1));
        return name == "help" ? Usual([.. before, .. after, "--help"], app)
            : name.Replace('-', '_') is var underscored && Find(underscored) is not null ? [.. before, underscored, .. after]
            : arguments;
    }

    private static void Show(string information, string more, GlobalOptionsBox globals, Project project)
    {
        // Only the text tells whether the parser printed its help or its version.
        var isVersion = information.Trim() == Version;
        globals.Command = isVersion ? "version" : "help";
        var text = HelpText.Wrap(project.Named($"{information.TrimEnd()}\n{more}"), project.Terminal.Width);
        project.Reporter.Show(() => isVersion ? new VersionData(ToolVersion.Text) : new HelpData(text), text.TrimEnd('\n'));
    }

    // "git commit" also takes its message as an option, and people forget it there as well.
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
}

/// <summary>The services that the parser creates commands with.</summary>
file sealed class Services(Project project) : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(Project) ? project : null;
}
