using System.Diagnostics;

namespace Alembic.Tool.Watching;

/// <summary>Listens to the spans of one command: other commands may run in the same process.</summary>
internal sealed class SpanWatch : IDisposable
{
    private readonly IReadOnlyList<ISpanWatcher> _watchers;
    private readonly ActivityListener _listener;
    private readonly HashSet<Activity> _open = [];
    private readonly Lock _lock = new();
    private readonly Activity? _command;

    /// <summary>Begins the span of the command, on this thread.</summary>
    /// <param name="command">The name of the command.</param>
    /// <param name="watchers">Get the spans in it.</param>
    public SpanWatch(string? command, params IReadOnlyList<ISpanWatcher> watchers)
    {
        _watchers = watchers;
        _listener = new()
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.PropagationData,
            ActivityStarted = Started,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(_listener);
        _command = Spans.Begin(Spans.Command, Spans.CommandTag, command);
        _open.Add(_command!);
    }

    public void Dispose()
    {
        _command?.Dispose();
        _listener.Dispose();
    }

    private void Started(Activity span)
    {
        lock (_lock)
        {
            if (span.Parent is { } parent && _open.Contains(parent))
            {
                _open.Add(span);
                foreach (var watcher in _watchers)
                    watcher.Started(span);
            }
        }
    }

    private void Stopped(Activity span)
    {
        lock (_lock)
        {
            if (!_open.Remove(span))
                return;
            foreach (var watcher in _watchers)
                watcher.Stopped(span);
        }
    }
}

/// <summary>Gets the spans of a command. One call at a time.</summary>
internal interface ISpanWatcher
{
    void Started(Activity span);

    void Stopped(Activity span);
}
