using System.Diagnostics;

namespace Alembic;

/// <summary>Tells what a run does, as spans of the <see cref="ActivitySource"/> "Alembic". Costs nothing while nobody listens.</summary>
internal static class Spans
{
    public const string SourceName = "Alembic";

    public const string Command = "command";
    public const string Settings = "read settings";
    public const string Revisions = "read revisions";
    public const string Compile = "compile";
    public const string Model = "read model";
    public const string Build = "build project";
    public const string Hook = "hook";
    public const string Connect = "connect";
    public const string Wait = "wait for lock";
    public const string Run = "run";
    public const string Migrate = "migrate";
    public const string Copy = "copy database";
    public const string Compare = "compare";
    public const string Commit = "commit";
    public const string Statement = "statement";
    public const string Backfill = "backfill";
    public const string Insert = "bulk insert";
    public const string Rebuild = "rebuild table";

    public const string RevisionTag = "alembic.revision";
    public const string MessageTag = "alembic.message";
    public const string TableTag = "alembic.table";
    public const string RowsTag = "alembic.rows";
    public const string WaitedTag = "alembic.waited";
    public const string HookTag = "alembic.hook";
    public const string CommandTag = "alembic.command";
    public const string StatementTag = "db.query.text";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span, which ends when it is disposed; null if nobody listens.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tag">The name of a tag, or null.</param>
    /// <param name="value">The tag's value.</param>
    /// <param name="pace">How fast the work goes, or null.</param>
    public static Activity? Begin(string name, string? tag = null, string? value = null, Pace? pace = null)
    {
        var span = Source.StartActivity(name);
        if (span is null)
            return null;
        if (tag is not null)
            span.Tell(tag, value);
        span.SetCustomProperty(nameof(Pace), pace);
        return span;
    }

    /// <summary>
    /// Says more about a span: as a tag only if a listener asks for tags, since .NET compiles at run time what holds them.
    /// </summary>
    /// <param name="span">The span.</param>
    /// <param name="tag">The name of the tag.</param>
    /// <param name="value">Its value.</param>
    public static Activity Tell(this Activity span, string tag, object? value)
    {
        span.SetCustomProperty(tag, value);
        return span.IsAllDataRequested ? span.SetTag(tag, value) : span;
    }

    /// <summary>Gets what was said about a span; null if nothing was.</summary>
    public static object? Told(this Activity span, string tag) => span.GetCustomProperty(tag);

    /// <summary>Gets how fast the work of a span goes; null if that is not known.</summary>
    public static Pace? PaceOf(Activity span) => (Pace?)span.GetCustomProperty(nameof(Pace));

    /// <summary>Begins a span that takes those with it, as failed, that an error left open.</summary>
    /// <param name="name">Its name.</param>
    public static IDisposable? Whole(string name) => Begin(name) is { } span ? new WholeSpan(span) : null;

    private sealed class WholeSpan(Activity span) : IDisposable
    {
        public void Dispose()
        {
            while (Activity.Current is { } inner && inner != span)
            {
                inner.SetStatus(ActivityStatusCode.Error);
                inner.Stop();
                span.SetStatus(ActivityStatusCode.Error);
            }
            span.Dispose();
        }
    }
}
