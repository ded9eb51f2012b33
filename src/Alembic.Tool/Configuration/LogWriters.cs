using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Configuration;

/// <summary>Loggers that write as the ini file says.</summary>
/// <param name="configuration">What the ini file says.</param>
/// <param name="output">The target of stdout handlers.</param>
/// <param name="error">The target of stderr handlers, and of errors of log files.</param>
/// <param name="clock">The time of lines.</param>
/// <param name="statement">Called with each statement, logged or not: it may hold a secret that the server's answer repeats.</param>
/// <param name="warned">Called with each warning and the name of its logger.</param>
/// <param name="shown">Turns a line for a file into one that may be shown.</param>
/// <param name="quiet">Whether only warnings and errors are printed. Files get all lines.</param>
internal sealed class LogWriters(
    LogConfiguration configuration, TextWriter output, TextWriter error, TimeProvider clock, Action<string> statement,
    Action<string, string> warned, Func<string, string> shown, bool quiet = false) : ILoggerFactory
{
    private readonly Lock _lock = new();
    private readonly HashSet<LogFile> _broken = [];
    private readonly Func<DateTimeOffset> _now = clock.GetLocalNow;

    public ILogger CreateLogger(string categoryName)
    {
        var (level, handlers) = configuration.For(categoryName);
        return new Writer(this, categoryName, level, handlers,
            categoryName.StartsWith("sqlalchemy.engine", StringComparison.Ordinal) ? statement : null);
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("the ini file says where log lines go");

    public void Dispose()
    {
    }

    private void Warned(string category, string text) => warned(category, text);

    private void Write(LogHandler handler, int level, string line)
    {
        lock (_lock)
        {
            if (handler.File is { } file && TryWrite(file, line))
                return;
            if (quiet && level < LogThreshold.Warning)
                return;
            var writer = handler.Stream switch { LogStream.Output => output, LogStream.Error => error, _ => TextWriter.Null };
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    private bool TryWrite(LogFile file, string line)
    {
        if (_broken.Contains(file))
            return false;
        try
        {
            file.WriteLine(shown(line), _now());
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _broken.Add(file);
            error.WriteLine($"warning: can't write the log file {file.Path}: {exception.Message}; its lines go to stderr");
            return false;
        }
    }

    private sealed class Writer(LogWriters writers, string name, int threshold, IReadOnlyList<LogHandler> handlers,
        Action<string>? statement) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && LogThreshold.Of(logLevel) >= threshold;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            statement?.Invoke(message);
            if (logLevel >= LogLevel.Warning)
            {
                // A database's answer may have several lines, and logs are read line by line.
                message = message.ReplaceLineEndings(" ").TrimEnd();
                writers.Warned(name, message);
            }
            if (!IsEnabled(logLevel))
            {
                return;
            }

            foreach (var handler in handlers.Where(handler => LogThreshold.Of(logLevel) >= handler.Level))
            {
                writers.Write(handler, LogThreshold.Of(logLevel), handler.Format.Render(logLevel, name, message, writers._now));
            }
        }
    }
}
