using System.Diagnostics;
using System.Globalization;

namespace Alembic.Tool.Watching;

/// <summary>
/// Shows what the database has been working on for a while: on a terminal in one line that is drawn again each second, elsewhere in a
/// line every ten seconds.
/// </summary>
/// <param name="terminal">The terminal.</param>
/// <param name="hide">Hides secrets in a text.</param>
internal sealed class ProgressLine(Terminal terminal, Func<string, string> hide) : ISpanWatcher, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Work> _open = [];
    private ITimer? _timer;
    private Work? _drawn;

    // On a terminal nobody waits longer without a sign; in a log, each line stays.
    private TimeSpan Patience => TimeSpan.FromSeconds(terminal.Draw is null ? 10 : 2);

    public void Started(Activity span)
    {
        if (SpanText.Work(span, static text => text) is null)
            return;
        lock (_lock)
        {
            _open.Add(new(span, terminal.Clock.GetTimestamp()) { Next = Patience });
            _timer ??= terminal.Clock.CreateTimer(_ => Show(), null, Tick, Tick);
        }
    }

    public void Stopped(Activity span)
    {
        lock (_lock)
        {
            _open.RemoveAll(work => work.Span == span);
            if (_drawn?.Span == span)
                Erase();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _open.Clear();
            if (_drawn is not null)
                Erase();
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            // A wait is news; else the whole says more than its parts.
            var late = _open.FindAll(work => Age(work) >= Patience);
            if ((late.Find(work => work.Span.OperationName == Spans.Wait) ?? late.FirstOrDefault()) is not { } work)
                return;
            if (terminal.Draw is { } draw)
            {
                _drawn = work;
                draw(Text(work));
            }
            // Those two have lines of their own in the log.
            else if (Age(work) >= work.Next && work.Span.OperationName is not (Spans.Wait or Spans.Backfill))
            {
                work.Next += Patience;
                terminal.Error.WriteLine(Text(work));
            }
        }
    }

    // A wait has a span for each pause between two attempts.
    private TimeSpan Age(Work work) => terminal.Clock.GetElapsedTime(work.Begun)
        + TimeSpan.FromSeconds(work.Span.Told(Spans.WaitedTag) as double? ?? 0);

    private string Text(Work work)
    {
        var (age, pace) = (Age(work), Spans.PaceOf(work.Span));
        var parts = new[]
        {
            Pace.Lasting(age),
            pace is { Rows: > 0 and var rows } ? string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows") : "",
            pace?.Speed(age) ?? "",
        };
        return $"{SpanText.Work(work.Span, hide)}: {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    private void Erase()
    {
        terminal.Draw?.Invoke("");
        _drawn = null;
    }

    private sealed record Work(Activity Span, long Begun)
    {
        /// <summary>The age at which it is shown next.</summary>
        public TimeSpan Next { get; set; }
    }
}
