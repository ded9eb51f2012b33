using Alembic.Revisions;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

/// <summary>
/// Tells a shell what the word at the cursor may become, one candidate a line, with a description after a tab. Errors of the command
/// line or the project are left to the command itself.
/// </summary>
/// <param name="project">The project.</param>
/// <param name="globals">Gets the options that say which project it is.</param>
/// <param name="words">The words of the command line up to the cursor; the last one may be incomplete.</param>
internal sealed class CompleteCommand(Project project, GlobalOptionsBox globals, IReadOnlyList<string> words) : ICommand
{
    private static readonly string[] Symbols = ["head", "heads", "base"];

    public int OnExecute()
    {
        var word = words.LastOrDefault("");
        try
        {
            foreach (var (text, description) in Candidates(word).Where(found => found.Text.StartsWith(word, StringComparison.Ordinal)))
                project.Reporter.Print($"{text}\t{description?.ReplaceLineEndings(" ")}");
        }
        catch (AlembicException)
        {
        }
        return 0;
    }

    private IEnumerable<(string Text, string? Description)> Candidates(string word)
    {
        var before = words.SkipLast(1).ToList();
        var app = RootCommand.App(project, TextWriter.Null);
        var name = ArgumentOrder.CommandAt(before, app) is { } at ? before[at] : null;
        foreach (var each in name is null ? RootCommand.NamesIn(project) : [name])
            RootCommand.Find(each)?.AddTo(app, each);
        var command = name is null ? null : app.Commands.SingleOrDefault();
        CommandOption[] options = [.. command?.Options ?? [], .. app.Options];
        globals.Value = Globals(before);

        if (Valued(before.LastOrDefault(""), options) is { } option)
            return OfValue(option);
        if (word.StartsWith('-'))
            return options.Where(o => o.ShowInHelpText && o.LongName is not null).Select(o => ($"--{o.LongName}", (string?)o.Description));
        if (command is null)
            return name is null ? app.Commands.Select(c => (c.Name!, (string?)c.Description)) : [];
        return command.Name switch
        {
            "completion" => CompletionCommand.Shells.Select(Plain),
            "import" => [Plain("ef")],
            "lock" => [Plain("status"), Plain("release")],
            "init" or "restore" => [],
            "edit" or "show" => [Plain("current"), .. Revisions()],
            _ => command.Arguments.Count > 0 ? Revisions() : [],
        };
    }

    private IEnumerable<(string, string?)> OfValue(CommandOption option) => option.LongName switch
    {
        "rev-range" => [Plain("current"), .. Revisions()],
        "head" or "depends-on" => Revisions(),
        "name" => project.Settings.Ini.Sections.Where(section => project.Settings.Ini.Keys(section).Contains("script_location"))
            .Select(Plain),
        "template" => Template.All(Template.Root).Select(template => (template.Name, (string?)template.Synopsis)),
        // The shell itself completes files.
        _ => [],
    };

    private IEnumerable<(string, string?)> Revisions() =>
    [
        .. Symbols.Select(Plain),
        .. project.Map.Revisions.SelectMany(node => node.Revision.BranchLabels).Select(label => ($"{label}@head", (string?)null)),
        .. project.Map.Revisions.Select(node => (node.Id, node.Revision.Message)),
    ];

    private static (string, string?) Plain(string text) => (text, null);

    // An option that still waits for its value.
    private static CommandOption? Valued(string word, IEnumerable<CommandOption> options) => options.FirstOrDefault(option =>
        option.OptionType is CommandOptionType.SingleValue or CommandOptionType.MultipleValue
        && (word == $"--{option.LongName}" || word == $"-{option.ShortName}"));

    private static GlobalOptions Globals(List<string> before)
    {
        string? After(params string[] names) => before.FindLastIndex(word => names.Contains(word)) is >= 0 and var at
            && at + 1 < before.Count ? before[at + 1] : null;
        return new() { Config = After("-c", "--config"), Name = After("-n", "--name") };
    }
}
