namespace Alembic.Tool.Configuration;

/// <summary>Reads [loggers], [handlers], [formatters] and the sections they name.</summary>
internal sealed class LogSections(IniFile ini)
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
            return new LogFormat(ini.Raw(section, "format") ?? "%(message)s", ini.Raw(section, "datefmt"));
        }
        catch (FormatException error)
        {
            throw new ConfigurationException($"{ini.Path}, section [{section}]: format or datefmt {error.Message}", error);
        }
    }

    private LogHandler Handler(string name, Dictionary<string, LogFormat> formats)
    {
        var section = Section("handler", name);
        var stream = Required(section, "class") switch
        {
            "StreamHandler" or "logging.StreamHandler" => Stream(section),
            "NullHandler" or "logging.NullHandler" => LogStream.None,
            var other => throw Invalid(section, $"the class {other} is not supported; StreamHandler is, with args (sys.stderr,) or (sys.stdout,)"),
        };
        var format = ini.Value(section, "formatter") is { Length: > 0 } formatter
            ? formats.GetValueOrDefault(formatter) ?? throw Invalid(section, $"[formatters] has no formatter '{formatter}'")
            : new LogFormat("%(message)s", null);
        return new LogHandler(stream, Level(section), format);
    }

    private LogStream Stream(string section) => string.Concat((ini.Value(section, "args") ?? "").Where(c => !char.IsWhiteSpace(c))) switch
    {
        "" or "()" or "(sys.stderr,)" or "(sys.stderr)" => LogStream.Error,
        "(sys.stdout,)" or "(sys.stdout)" => LogStream.Output,
        _ => throw Invalid(section, "args must be (sys.stderr,) or (sys.stdout,)"),
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
        ini.HasSection($"{kind}_{name}") ? $"{kind}_{name}" : throw Invalid($"{kind}s", $"keys names {name}, but there is no section [{kind}_{name}]");

    private string Required(string section, string key) => ini.Value(section, key) ?? throw Invalid(section, $"the key '{key}' is missing");

    private ConfigurationException Invalid(string section, string problem) => new($"{ini.Path}, section [{section}]: {problem}");
}
