using System.Diagnostics;
using System.Globalization;
using Alembic.Tool.Documents;

namespace Alembic.Tool.Watching;

/// <summary>Adds up where the time of a command goes. Each moment belongs to one part only, so the parts add up to the whole.</summary>
/// <param name="clock">The clock.</param>
/// <param name="begun">The time of the clock when the command line was to be read.</param>
/// <param name="before">The time that the process had run until then.</param>
/// <param name="hide">Hides secrets in a text.</param>
internal sealed class Timings(TimeProvider clock, long begun, TimeSpan before, Func<string, string> hide) : ISpanWatcher
{
    private const int MostRevisions = 10;
    private const int MostStatements = 3;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(0.5);

    private readonly TimeSpan _start = before + clock.GetElapsedTime(begun);
    private readonly List<Part> _parts = [];
    private readonly Dictionary<Activity, Open> _open = [];

    public void Started(Activity span)
    {
        var outer = span.Parent is { } parent ? _open.GetValueOrDefault(parent) : null;
        var isWork = IsWork(span);
        var part = isWork ? outer?.Part ?? PartOf("own tables")
            : span.OperationName switch
            {
                Spans.Run => null,
                Spans.Migrate => New(Spans.Migrate),
                var name => PartOf(name),
            };
        // The pieces of a piece are not listed.
        var isListed = isWork && part!.Phase == Spans.Migrate && outer is { IsListed: false };
        _open[span] = new(part, clock.GetTimestamp(), isListed);
    }

    public void Stopped(Activity span)
    {
        if (!_open.Remove(span, out var open))
            return;
        var time = clock.GetElapsedTime(open.Begun);
        if (span.Parent is { } parent && _open.TryGetValue(parent, out var outer))
            outer.Inner += time;
        if (open.Part is not { } part)
            return;
        part.Time += time - open.Inner;
        if (span.OperationName == Spans.Migrate)
            (part.Revision, part.Message) = (SpanText.Tag(span, Spans.RevisionTag), SpanText.Tag(span, Spans.MessageTag));
        if (open.IsListed)
            part.Add(() => Text(span), time);
    }

    /// <summary>Gets the parts until now, in the order in which they began.</summary>
    public IReadOnlyList<TimingData> Parts()
    {
        var slowest = _parts.Where(p => p.Phase == Spans.Migrate).OrderByDescending(p => p.Time).Take(MostRevisions).ToHashSet();
        var others = _parts.Where(p => p.Phase == Spans.Migrate && !slowest.Contains(p)).ToList();
        List<Part> shown = [new("start") { Time = _start }, .. _parts.Except(others)];
        if (others.Count > 0)
        {
            shown.Add(new(Spans.Migrate)
            {
                Message = Counted.Of(others.Count, "other revision"), Time = new(others.Sum(p => p.Time.Ticks)),
            });
        }
        var rest = before + clock.GetElapsedTime(begun) - new TimeSpan(shown.Sum(p => p.Time.Ticks));
        shown.Add(new("other") { Time = rest });
        return [.. shown.Select(p => p.ToData())];
    }

    /// <summary>Gets a table for people.</summary>
    public IEnumerable<string> Lines()
    {
        var parts = Parts();
        foreach (var part in parts.Where(p => p.Seconds >= Shortest.TotalSeconds || p.Phase == Spans.Migrate))
        {
            yield return Line(part.Seconds, part.Phase != Spans.Migrate ? part.Phase
                : string.Join(", ", new[] { part.Revision, part.Message }.Where(text => !string.IsNullOrEmpty(text))));
            foreach (var slow in part.Slowest.Where(s => s.Seconds >= Shortest.TotalSeconds))
                yield return Line(slow.Seconds, $"  {slow.Text}");
        }
        yield return Line(parts.Sum(p => p.Seconds), "in all");
    }

    private static string Line(double seconds, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds,10:F3} s  {text}");

    private string Text(Activity span)
    {
        var text = SpanText.Work(span, hide)!;
        return Spans.PaceOf(span) is { Rows: > 0 and var rows }
            ? string.Create(CultureInfo.InvariantCulture, $"{text}: {rows:N0} rows") : text;
    }

    // What is done for a revision, or for a comparison, is part of that.
    private static bool IsWork(Activity span) =>
        span.OperationName is Spans.Statement or Spans.Backfill or Spans.Insert or Spans.Rebuild;

    private Part PartOf(string phase) => _parts.Find(p => p.Phase == phase) ?? New(phase);

    private Part New(string phase)
    {
        var part = new Part(phase);
        _parts.Add(part);
        return part;
    }

    private sealed record Open(Part? Part, long Begun, bool IsListed)
    {
        /// <summary>The time of the spans in it.</summary>
        public TimeSpan Inner { get; set; }
    }

    private sealed class Part(string phase)
    {
        private readonly List<SlowData> _slowest = [];

        public string Phase => phase;

        public string? Revision { get; set; }

        public string? Message { get; set; }

        public TimeSpan Time { get; set; }

        public void Add(Func<string> text, TimeSpan time)
        {
            var fastest = _slowest.Count < MostStatements ? null : _slowest.MinBy(s => s.Seconds);
            if (fastest is not null && Rounded(time) <= fastest.Seconds)
                return;
            _slowest.Remove(fastest!);
            _slowest.Add(new(text(), Rounded(time)));
        }

        public TimingData ToData() =>
            new(Phase, Revision, Message, Rounded(Time), [.. _slowest.OrderByDescending(s => s.Seconds)]);

        private static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 4);
    }
}
