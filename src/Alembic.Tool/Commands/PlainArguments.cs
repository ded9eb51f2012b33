using System.Reflection;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

/// <summary>
/// Binds arguments that say in full what they mean, as most do. What is abbreviated, glued together, asks for help or is wrong is left to the parser:
/// to make that ready for everything it can take costs more than many a command.
/// </summary>
internal sealed class PlainArguments(GlobalOptions globals)
{
    private readonly List<string> _positionals = [];
    private Dictionary<string, Option>? _options;
    private ICommand? _command;

    /// <param name="create">Makes the command of a name, or null where there is none.</param>
    /// <returns>The command with its options set, or null where the parser has to look at them.</returns>
    public static ICommand? Bind(IReadOnlyList<string> arguments, Func<string, ICommand?> create, GlobalOptions globals)
    {
        var plain = new PlainArguments(globals);
        return plain.TakeAll(arguments, create) && plain.SetArgument() ? plain._command : null;
    }

    private bool TakeAll(IReadOnlyList<string> arguments, Func<string, ICommand?> create)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "")
                return false;
            if (arguments[i][0] != '-')
            {
                if (_command is not null)
                    _positionals.Add(arguments[i]);
                else if ((_command = create(arguments[i])) is null)
                    return false;
                else if (_options is not null)
                    AddOptions(_command, _options);
                continue;
            }
            if (!(_options ??= ReadOptions()).TryGetValue(arguments[i], out var option))
                return false;
            if (option.TakesValue && (++i == arguments.Count || arguments[i] is "" or ['-', ..]))
                return false;
            option.Set(arguments[i]);
        }
        return _command is not null;
    }

    private bool SetArgument()
    {
        if (Array.Find(_command!.GetType().GetProperties(), property => property.IsDefined(typeof(ArgumentAttribute))) is not { } argument)
            return _positionals.Count == 0;
        var isList = argument.PropertyType == typeof(string[]);
        if (_positionals.Count == 0 || (_positionals.Count > 1 && !isList))
            return false;
        argument.SetValue(_command, isList ? _positionals.ToArray() : _positionals[0]);
        return true;
    }

    // Only where there is one: most commands are given none, and attributes are slow to read.
    private Dictionary<string, Option> ReadOptions()
    {
        Dictionary<string, Option> options = [];
        AddOptions(globals, options);
        if (_command is not null)
            AddOptions(_command, options);
        return options;
    }

    // An option of the command hides a global one of the same name, as with the parser.
    private static void AddOptions(object target, Dictionary<string, Option> options)
    {
        foreach (var property in target.GetType().GetProperties())
        {
            // A number, and what may have a value or not, is the parser's.
            if ((property.PropertyType == typeof(bool) || property.PropertyType == typeof(string) || property.PropertyType == typeof(string[]))
                && property.GetCustomAttribute<OptionAttribute>() is { Template: { } template } attribute)
            {
                foreach (var name in template.Split(' ')[0].Split('|'))
                    options[name] = new Option(target, property, attribute.OptionType != CommandOptionType.NoValue);
            }
        }
    }

    private sealed record Option(object Target, PropertyInfo Property, bool TakesValue)
    {
        public void Set(string value) =>
            Property.SetValue(Target, !TakesValue ? true : Property.PropertyType == typeof(string) ? value : (string[])[.. (string[])Property.GetValue(Target)!, value]);
    }
}
