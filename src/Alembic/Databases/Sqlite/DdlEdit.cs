using System.Text;

namespace Alembic.Databases.Sqlite;

/// <summary>Text that replaces a span.</summary>
internal sealed record DdlEdit(DdlSpan Span, string Text)
{
    /// <summary>Applies edits that do not overlap, in any order.</summary>
    public static string Apply(string sql, IEnumerable<DdlEdit> edits)
    {
        var text = new StringBuilder();
        var position = 0;
        foreach (var edit in edits.OrderBy(e => e.Span.Start).ThenBy(e => e.Span.End))
        {
            text.Append(sql, position, edit.Span.Start - position).Append(edit.Text);
            position = edit.Span.End;
        }
        return text.Append(sql, position, sql.Length - position).ToString();
    }

    /// <summary>
    /// Creates an edit between two token borders that keeps its neighbours apart: no two words merge, and no "-- comment" swallows what
    /// follows.
    /// </summary>
    public static DdlEdit Between(IReadOnlyList<DdlToken> tokens, DdlSpan span, string text)
    {
        var before = tokens.LastOrDefault(t => t.End <= span.Start);
        var after = tokens[0].Source.AsSpan(span.End);
        var lead = Gap(before, text.Length > 0 ? text : after);
        var trail = text.Length > 0 && after.Length > 0 && IsSolid(text[^1]) && IsSolid(after[0]) ? " " : "";
        return new DdlEdit(span, lead + text + trail);
    }

    public static IEnumerable<DdlEdit> PlainStrings(IEnumerable<DdlToken> perhapsStrings, IEnumerable<string> columns)
    {
        // Even in quotes, these three mean the row's number.
        var known = columns.Concat(["rowid", "oid", "_rowid_"]).ToHashSet(DdlName.Comparer);
        return perhapsStrings.Where(s => !known.Contains(DdlName.Of(s)))
            .Select(s => new DdlEdit(s.Span, $"'{DdlName.Of(s).Replace("'", "''", StringComparison.Ordinal)}'"));
    }

    /// <summary>The separator that a token needs before the text that will follow it.</summary>
    public static string Gap(DdlToken? before, ReadOnlySpan<char> after)
    {
        if (before?.Kind is DdlTokenKind.LineComment)
        {
            return after.TrimStart(" \t\r") is ['\n', ..] ? "" : "\n";
        }
        return before is not null && after.Length > 0 && IsSolid(before.Text[^1]) && IsSolid(after[0]) ? " " : "";
    }

    // Characters that could merge with a neighbour: a part of a word, or a quote.
    private static bool IsSolid(char c) => DdlTokenizer.IsNamePart(c) || c is '"' or '\'' or '`' or '[' or ']';
}
