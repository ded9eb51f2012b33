using System.Globalization;

namespace Alembic.Tool.Configuration;

/// <summary>Reads [loggers], [handlers], [formatters] and the sections they name.</summary>
internal sealed class LogSections(IniFile ini, string folder, Action<string> warn)
{
    public LogConfiguration Read()
    {
        var formats = Names("formatters", "keys").ToDictionary(name => name, Format);
        var handlers = Names("handlers", "keys").ToDictionary(name => name, name => Handler(name, formats));
        var loggers = Names("loggers", "keys");
        if (!loggers.Contains("root"))
        {
            throw Invalid("loggers", "keys must name the logger root");
        }

        var rules = loggers.Select(name => Rule(name, handlers)).ToList();
        return rules.GroupBy(rule => rule.Name).FirstOrDefault(group => group.Skip(1).Any()) is { } twice
            ? throw Invalid("loggers", $"two loggers have the qualname '{twice.Key}'")
            : new LogConfiguration(rules);
    }

    private LogFormat Format(string name)
    {
        var section = Section("formatter", name);
        try
        {
            if (ini.Value(section, "style") is { } style and not "%")
                throw new FormatException($"are in the style '{style}', but only % is supported");
            return new LogFormat(ini.Raw(section, "format") ?? "%(message)s", ini.Raw(section, "datefmt"));
        }
        catch (FormatException error)
        {
            warn($"{ini.Path}, section [{section}]: format or datefmt {error.Message}; lines have the usual form");
            return LogFormat.Standard;
        }
    }

    private LogHandler Handler(string name, Dictionary<string, LogFormat> formats)
    {
        var section = Section("handler", name);
        var format = ini.Value(section, "formatter") is { Length: > 0 } formatter
            ? formats.GetValueOrDefault(formatter) ?? throw Invalid(section, $"[formatters] has no formatter '{formatter}'")
            : new LogFormat("%(message)s", null);
        var handler = new LogHandler(LogStream.Error, Level(section), format);
        var type = Required(section, "class");
        try
        {
            return (type.StartsWith("logging.", StringComparison.Ordinal) ? type["logging.".Length..] : type) switch
            {
                "NullHandler" => handler with { Stream = LogStream.None },
                "StreamHandler" => handler with { Stream = Stream(Arguments(section, "stream").GetValueOrDefault("stream")) },
                "FileHandler" => handler with { File = LogFile(Arguments(section, "filename", "mode"), _ => null) },
                "handlers.RotatingFileHandler" => handler with
                {
                    File = LogFile(Arguments(section, "filename", "mode", "maxBytes", "backupCount"),
                        a => new SizeRotation(Number(a, "maxBytes", 0), Number(a, "backupCount", 0))),
                },
                "handlers.TimedRotatingFileHandler" => handler with
                {
                    File = LogFile(
                        Arguments(section, "filename", "when", "interval", "backupCount"),
                        a => new TimeRotation(a.GetValueOrDefault("when", "H"), Number(a, "interval", 1), Number(a, "backupCount", 0))),
                },
                _ => throw new FormatException($"the class {type} exists only in Python"),
            };
        }
        catch (FormatException error)
        {
            warn($"{ini.Path}, section [{section}]: {error.Message}; its lines go to stderr");
            return handler;
        }
    }

    private LogFile LogFile(Dictionary<string, string> arguments, Func<Dictionary<string, string>, LogRotation?> rotation)
    {
        var name = arguments.GetValueOrDefault("filename") ?? throw new FormatException("args name no file");
        var rotates = rotation(arguments);
        // A file that rotates is always appended to.
        return new LogFile(Path.GetFullPath(name, folder),
            appends: rotates is not null || arguments.GetValueOrDefault("mode") != "w", rotates);
    }

    // Given by position or by name, as in a call in Python. Later arguments are about encodings, and about when to open the file.
    private Dictionary<string, string> Arguments(string section, params string[] names)
    {
        if (PythonLiterals.Tuple(ini.Value(section, "args") ?? "") is not { } places
            || PythonLiterals.Dictionary(ini.Value(section, "kwargs") ?? "") is not { } named)
            throw new FormatException("args are more than strings and numbers");
        var arguments = names.Zip(places).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (var (name, value) in named)
            arguments[name] = value;
        return arguments;
    }

    private static int Number(Dictionary<string, string> arguments, string name, int otherwise) =>
        arguments.GetValueOrDefault(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"{name} is not a number");

    private static LogStream Stream(string? name) => name switch
    {
        null or "sys.stderr" => LogStream.Error,
        "sys.stdout" => LogStream.Output,
        _ => throw new FormatException("args are neither (sys.stderr,) nor (sys.stdout,)"),
    };

    private LogRule Rule(string name, Dictionary<string, LogHandler> handlers)
    {
        var section = Section("logger", name);
        var own = Names(section, "handlers", required: false)
            .Select(handler => handlers.GetValueOrDefault(handler) ?? throw Invalid(section, $"[handlers] has no handler '{handler}'"));
        return name == "root"
            ? new LogRule("", Level(section, LogThreshold.Warning), [.. own])
            : new LogRule(Required(section, "qualname"), Level(section), [.. own], ini.Value(section, "propagate") != "0");
    }

    private int Level(string section, int otherwise = LogThreshold.NotSet) => ini.Value(section, "level") is { Length: > 0 } level
        ? LogThreshold.Parse(level) ?? throw Invalid(section, "level must be one of NOTSET, DEBUG, INFO, WARNING, ERROR, CRITICAL")
        : otherwise;

    private IReadOnlyList<string> Names(string section, string key, bool required = true) =>
        PathList.Split((required ? Required(section, key) : ini.Value(section, key)) ?? "", ',');

    private string Section(string kind, string name) =>
        ini.HasSection($"{kind}_{name}")
        ? $"{kind}_{name}"
        : throw Invalid($"{kind}s", $"keys names {name}, but there is no section [{kind}_{name}]");

    private string Required(string section, string key) => ini.Value(section, key) ?? throw Invalid(section, $"the key '{key}' is missing");

    private ConfigurationException Invalid(string section, string problem) => new($"{ini.Path}, section [{section}]: {problem}");
}
