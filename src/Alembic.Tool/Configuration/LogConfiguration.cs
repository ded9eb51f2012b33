namespace Alembic.Tool.Configuration;

/// <summary>The logging sections of an ini file. They mean what they mean to Python's logging.config.fileConfig.</summary>
internal sealed class LogConfiguration
{
    private const string Own = "alembic";

    private static readonly LogHandler StandardHandler = new(LogStream.Error, LogThreshold.NotSet, LogFormat.Simple);

    private readonly Dictionary<string, LogRule> _rules;

    public LogConfiguration(IEnumerable<LogRule> rules) => _rules = rules.ToDictionary(rule => rule.Name);

    /// <summary>The configuration of the generated ini file, for an ini file without logging sections.</summary>
    public static LogConfiguration Standard { get; } = new(
    [
        new LogRule("", LogThreshold.Warning, [StandardHandler]),
        new LogRule(Own, 20, []),
    ]);

    /// <param name="ini">The file.</param>
    /// <param name="folder">The folder that relative paths of log files start from.</param>
    /// <param name="isVerbose">Whether the tool's own debug lines are logged, too.</param>
    /// <param name="warn">Called with what Python knows and this program does not. Such lines are printed as usual.</param>
    public static LogConfiguration Read(IniFile ini, string folder, bool isVerbose, Action<string> warn)
    {
        var configuration = ini.HasSection("loggers") || ini.HasSection("handlers") || ini.HasSection("formatters")
            ? new LogSections(ini, folder, warn).Read()
            : Standard;
        return isVerbose ? configuration.Verbose() : configuration;
    }

    /// <summary>Gets the lowest level that a logger writes, and the handlers that get its lines.</summary>
    public (int Level, IReadOnlyList<LogHandler> Handlers) For(string name)
    {
        int? level = null;
        var handlers = new List<LogHandler>();
        var propagate = true;
        foreach (var rule in Ancestry(name).Select(_rules.GetValueOrDefault).OfType<LogRule>())
        {
            level ??= rule.Level == LogThreshold.NotSet && rule.Name.Length > 0 ? null : rule.Level;
            handlers.AddRange(propagate ? rule.Handlers : []);
            propagate &= rule.Propagate;
        }

        return (level ?? LogThreshold.Warning, handlers);
    }

    private LogConfiguration Verbose()
    {
        var own = _rules.GetValueOrDefault(Own) ?? new LogRule(Own, LogThreshold.NotSet, []);
        return new([.. _rules.Values.Except([own]), own with { Level = LogThreshold.Debug }]);
    }

    // "a.b.c", "a.b", "a", and the root "".
    private static IEnumerable<string> Ancestry(string name)
    {
        for (var at = name; at.Length > 0; at = at[..Math.Max(at.LastIndexOf('.'), 0)])
        {
            yield return at;
        }

        yield return "";
    }
}
