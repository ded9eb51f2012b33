using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Configuration;

/// <summary>Loggers that write as the ini file says.</summary>
/// <param name="statement">Told of each statement, logged or not: it may have a secret in it that the server's answer repeats.</param>
internal sealed class LogWriters(LogConfiguration configuration, TextWriter output, TextWriter error, TimeProvider clock, Action<string>? statement = null) : ILoggerFactory
{
    private readonly Lock _lock = new();
    private readonly Func<DateTimeOffset> _now = clock.GetLocalNow;

    public ILogger CreateLogger(string categoryName)
    {
        var (level, handlers) = configuration.For(categoryName);
        return new Writer(this, categoryName, level, handlers, categoryName.StartsWith("sqlalchemy.engine", StringComparison.Ordinal) ? statement : null);
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("the ini file says where log lines go");

    public void Dispose()
    {
    }

    private void Write(LogHandler handler, string line)
    {
        var writer = handler.Stream switch { LogStream.Output => output, LogStream.Error => error, _ => TextWriter.Null };
        lock (_lock)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    private sealed class Writer(LogWriters writers, string name, int threshold, IReadOnlyList<LogHandler> handlers, Action<string>? statement) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && LogThreshold.Of(logLevel) >= threshold;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            statement?.Invoke(formatter(state, exception));
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var message = formatter(state, exception);
            foreach (var handler in handlers.Where(handler => LogThreshold.Of(logLevel) >= handler.Level))
            {
                writers.Write(handler, handler.Format.Render(logLevel, name, message, writers._now));
            }
        }
    }

}
