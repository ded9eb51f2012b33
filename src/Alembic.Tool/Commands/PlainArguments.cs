using System.Reflection;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

/// <summary>
/// Binds arguments that are written in full, as most are. Abbreviated, attached or wrong options and requests for help are left to the
/// parser. Setting up the parser takes longer than many a command.
/// </summary>
internal sealed class PlainArguments(Project project, GlobalOptions globals)
{
    private readonly List<string> _positionals = [];
    private Dictionary<string, Option>? _options;
    private KnownCommand? _known;
    private string? _name;
    private ICommand? _command;

    /// <returns>The command with its options set; null if the parser has to read the arguments.</returns>
    public static ICommand? Bind(IReadOnlyList<string> arguments, Project project, GlobalOptions globals, out string? name)
    {
        var plain = new PlainArguments(project, globals);
        var isBound = plain.TakeAll(arguments) && plain.SetArgument();
        name = plain._name;
        return isBound ? plain._command : null;
    }

    private bool TakeAll(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "")
                return false;
            if (arguments[i][0] != '-')
            {
                if (_command is not null)
                {
                    _positionals.Add(arguments[i]);
                    continue;
                }
                if ((_known = RootCommand.Find(arguments[i])) is null)
                    return false;
                _name = arguments[i];
                _command = _known.Create(project);
                if (_options is not null)
                    AddOptions(_command, _command.GetType().GetProperties(), _options);
                continue;
            }
            if (!(_options ??= ReadOptions()).TryGetValue(arguments[i], out var option))
                return false;
            if (option.IsSet || (option.TakesValue && (++i == arguments.Count || arguments[i] is "" or ['-', ..])))
                return false;
            option.Set(arguments[i]);
        }
        return _command is not null;
    }

    private bool SetArgument()
    {
        if (_positionals.Count == 0)
            return _known!.IsArgumentOptional;
        if (_known!.SetArgument is not { } set || (_positionals.Count > 1 && !_known.TakesList))
            return false;
        set(_command!, [.. _positionals]);
        return true;
    }

    // Only if an option is given: most commands get none, and attributes are slow to read.
    private Dictionary<string, Option> ReadOptions()
    {
        Dictionary<string, Option> options = [];
        AddOptions(globals, globals.GetType().GetProperties(), options);
        if (_command is not null)
            AddOptions(_command, _command.GetType().GetProperties(), options);
        return options;
    }

    // As with the parser, a command's option hides a global one of the same name.
    private static void AddOptions(object target, PropertyInfo[] properties, Dictionary<string, Option> options)
    {
        foreach (var property in properties)
        {
            // Numbers and options with an optional value are left to the parser.
            if ((property.PropertyType == typeof(bool) || property.PropertyType == typeof(string)
                || property.PropertyType == typeof(string[]))
                && property.GetCustomAttribute<OptionAttribute>() is { Template: { } template } attribute)
            {
                foreach (var name in template.Split(' ')[0].Split('|'))
                    options[name] = new Option(target, property, attribute.OptionType != CommandOptionType.NoValue);
            }
        }
    }

    private sealed record Option(object Target, PropertyInfo Property, bool TakesValue)
    {
        /// <summary>Tells whether the option was given before, so that a second value would replace the first.</summary>
        public bool IsSet => Property.PropertyType == typeof(string) && Target is GlobalOptions && Property.GetValue(Target) is not null;

        public void Set(string value) =>
            Property.SetValue(Target, !TakesValue ? true : Property.PropertyType == typeof(string) ? value
                : (string[])[.. (string[])Property.GetValue(Target)!, value]);
    }
}
