using System.Diagnostics;

namespace Alembic.Tool.Watching;

/// <summary>What people read about a span.</summary>
internal static class SpanText
{
    // Leaves room for the time in a line of 80 characters.
    private const int Longest = 60;

    // A statement may have many megabytes. A secret that is cut is not recognized as one.
    private const int Read = 12_000;

    /// <summary>Gets what is being done: work of the database that may take long. Null for everything else.</summary>
    /// <param name="span">The span.</param>
    /// <param name="hide">Hides secrets in a text.</param>
    public static string? Work(Activity span, Func<string, string> hide) => span.OperationName switch
    {
        Spans.Statement => OneLine(Tag(span, Spans.StatementTag) ?? "", hide),
        Spans.Backfill => $"backfill of {Tag(span, Spans.TableTag)}",
        Spans.Insert => $"bulk insert into {Tag(span, Spans.TableTag)}",
        Spans.Rebuild => $"rebuild of {Tag(span, Spans.TableTag)}",
        Spans.Copy => "copy of the database",
        Spans.Connect => "connecting",
        Spans.Commit => "commit",
        Spans.Wait => "waiting for a lock",
        _ => null,
    };

    public static string? Tag(Activity span, string name) => (string?)span.Told(name);

    private static string OneLine(string sql, Func<string, string> hide)
    {
        var words = hide(sql[..Math.Min(sql.Length, Read)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words);
        return text.Length > Longest || sql.Length > Read ? $"{text[..Math.Min(text.Length, Longest)]} …" : text;
    }
}
