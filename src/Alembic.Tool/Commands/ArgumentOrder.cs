using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using McMaster.Extensions.CommandLineUtils.Abstractions;

namespace Alembic.Tool.Commands;

/// <summary>
/// Brings arguments into the one form that the parser understands. Alembic's users write <c>downgrade -1</c>, <c>--autogen</c>,
/// <c>-mtext</c>, <c>-vr :</c>, and options before, between and after arguments. argparse accepts all of that; McMaster's parser takes
/// every leading dash for an option.
/// </summary>
internal static class ArgumentOrder
{
    // No argument of a process can hold this character. It marks arguments whose leading dash does not begin an option.
    private const char Mark = '\0';

    public static IValueParser<string?> Unhide { get; } = ValueParser.Create<string?>((_, value, _) => value?.TrimStart(Mark));

    /// <summary>
    /// Gets the index of the command's name: the first argument that is neither a global option nor the value of one; null if there is
    /// none.
    /// </summary>
    public static int? CommandAt(IReadOnlyList<string> arguments, CommandLineApplication app)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith('-'))
                return i;
            if (Find(arguments[i], [app]) is [var (option, value)] && value is null && option.OptionType != CommandOptionType.NoValue)
                i++;
        }
        return null;
    }

    public static IEnumerable<string> Canonical(IReadOnlyList<string> arguments, CommandLineApplication app)
    {
        List<string> globals = [];
        List<string> options = [];
        List<string> positionals = [];
        CommandLineApplication? command = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument == "--")
            {
                positionals.AddRange(arguments.Skip(i + 1).Select(Hide));
                break;
            }
            CommandLineApplication[] scopes = command is null ? [app] : [command, app];
            if (!IsOption(argument, scopes))
            {
                if (command is null && app.Commands.FirstOrDefault(c => c.Name == argument) is { } found)
                    command = found;
                else
                    positionals.Add(Hide(argument));
                continue;
            }
            foreach (var (option, glued) in Find(argument, scopes))
            {
                var list = app.Options.Contains(option) && option != app.OptionHelp ? globals : options;
                if (option.OptionType == CommandOptionType.NoValue)
                {
                    if (glued is not null)
                        throw new UsageException($"argument {Name(option)}: ignored explicit argument '{glued}'");
                    list.Add(Name(option));
                    continue;
                }
                // Its value can only be attached to it: the next argument may be a revision.
                if (option.OptionType == CommandOptionType.SingleOrNoValue)
                {
                    list.Add(glued is null ? Name(option) : $"{Name(option)}={glued}");
                    continue;
                }
                var value = glued ?? (i + 1 < arguments.Count && !IsOption(arguments[i + 1], scopes) ? arguments[++i] : null)
                    ?? throw new UsageException($"argument {Name(option)}: expected one argument");
                // The order must not decide which of two databases is meant.
                if (option.LongName is "config" or "name" && globals.Any(o => o.StartsWith($"{Name(option)}=", StringComparison.Ordinal)))
                {
                    throw new UsageException(option.LongName == "config"
                        ? "only one ini file may be given: -c is given twice"
                        : "only one section may be given: -n is given twice");
                }
                // If any other option with one value is given twice, the last one counts.
                if (option.OptionType == CommandOptionType.SingleValue)
                    list.RemoveAll(o => o.StartsWith(Name(option) + "=", StringComparison.Ordinal));
                list.Add($"{Name(option)}={Hide(value)}");
            }
        }
        return [.. globals, .. command is null ? Array.Empty<string>() : [command.Name!], .. options, .. positionals];
    }

    private static string Hide(string argument) => argument.StartsWith('-') || argument.Length == 0 ? Mark + argument : argument;

    // As in argparse: a negative number, anything with a blank in it and anything without a dash are arguments.
    private static bool IsOption(string argument, CommandLineApplication[] scopes) =>
        argument.Length > 1 && argument[0] == '-'
        && (IsKnown(argument, scopes) || !(argument.Contains(' ', StringComparison.Ordinal) || IsNegativeNumber(argument)));

    private static bool IsKnown(string argument, CommandLineApplication[] scopes) => scopes.SelectMany(s => s.Options).Any(option =>
        argument.StartsWith("--", StringComparison.Ordinal)
            ? argument.Length > 2 && option.LongName?.StartsWith(argument[2..].Split('=')[0], StringComparison.Ordinal) == true
            : option.ShortName == argument[1].ToString());

    private static bool IsNegativeNumber(string argument) =>
        argument[1] != '-'
        && decimal.TryParse(argument, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static string Name(CommandOption option) => option.LongName is { Length: > 0 } name ? "--" + name : "-" + option.ShortName;

    /// <summary>Gets the options that an argument means, and the value that is attached to the last of them.</summary>
    private static List<(CommandOption Option, string? Value)> Find(string argument, IReadOnlyList<CommandLineApplication> scopes)
    {
        if (argument.StartsWith("--", StringComparison.Ordinal))
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument[2..] : argument[2..equals];
            return [(Long(name, scopes), equals < 0 ? null : argument[(equals + 1)..])];
        }
        List<(CommandOption, string?)> result = [];
        for (var at = 1; at < argument.Length; at++)
        {
            var letter = argument[at].ToString();
            var option = scopes.SelectMany(s => s.Options).FirstOrDefault(o => o.ShortName == letter)
                ?? throw Unknown(argument, scopes);
            if (option.OptionType != CommandOptionType.NoValue && at + 1 < argument.Length)
            {
                result.Add((option, argument[(at + 1)..].TrimStart('=')));
                break;
            }
            result.Add((option, null));
        }
        return result;
    }

    // Options that Alembic does not have cannot be abbreviated: Alembic's own abbreviations keep their meaning.
    private static readonly string[] Alembics =
    [
        "autogenerate", "branch-label", "check-heads", "config", "depends-on", "head", "help", "indicate-current", "message", "name",
        "package", "purge", "quiet", "raiseerr",
        "resolve-dependencies", "rev-id", "rev-range", "splice", "sql", "tag", "template", "verbose", "version", "version-path",
    ];

    private static CommandOption Long(string name, IReadOnlyList<CommandLineApplication> scopes)
    {
        // Alembic has --version before the command's name and --verbose after it.
        var unabbreviated = scopes.Count == 1 ? "verbose" : "version";
        foreach (var scope in scopes)
        {
            if (scope.Options.FirstOrDefault(o => o.LongName == name) is { } exact)
                return exact;
            switch (scope.Options
                .Where(o => o.LongName?.StartsWith(name, StringComparison.Ordinal) == true && Alembics.Contains(o.LongName)
                    && o.LongName != unabbreviated)
                .ToList())
            {
                case [var only] when name.Length > 0:
                    return only;
                case { Count: > 1 } several:
                    throw new UsageException($"ambiguous option: --{name} could match {string.Join(", ", several.Select(Name))}");
            }
        }
        throw Unknown("--" + name, scopes);
    }

    private static UsageException Unknown(string option, IReadOnlyList<CommandLineApplication> scopes) =>
        new($"There is no option '{option}'")
        {
            Hint = NearbyNames.Hint(option.TrimStart('-'), scopes.SelectMany(s => s.Options).Select(o => o.LongName ?? ""), prefix: "--")
                ?? $"dotnet alembic {(scopes.Count == 1 ? "" : scopes[0].Name + " ")}--help",
        };
}
