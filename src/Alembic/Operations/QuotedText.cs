namespace Alembic.Operations;

/// <summary>Finds the end of strings, quoted names and comments: their content is not SQL.</summary>
internal static class QuotedText
{
    /// <summary>Gets the end of the quoted text that starts at a position; the position itself if none starts there.</summary>
    public static int End(string sql, int at, SqlQuotes quotes) => sql[at] switch
    {
        '\'' => EndOfMarked(sql, at, '\'',
            quotes.HasFlag(SqlQuotes.Backslashes) || (quotes.HasFlag(SqlQuotes.EscapeStrings) && IsEscapeString(sql, at))),
        '"' => EndOfMarked(sql, at, '"', quotes.HasFlag(SqlQuotes.Backslashes)),
        '`' when quotes.HasFlag(SqlQuotes.Backticks) => EndOfMarked(sql, at, '`', escapes: false),
        '[' when quotes.HasFlag(SqlQuotes.Brackets) => EndOfMarked(sql, at, ']', escapes: false),
        '$' when quotes.HasFlag(SqlQuotes.Dollars) && !IsWord(sql, at - 1) => EndOfDollars(sql, at),
        '#' when quotes.HasFlag(SqlQuotes.Hashes) => EndOf(sql, at, "\n"),
        '-' when Starts(sql, at, "--") && (!quotes.HasFlag(SqlQuotes.Hashes) || at + 2 == sql.Length || char.IsWhiteSpace(sql[at + 2])) =>
            EndOf(sql, at, "\n"),
        '/' when Starts(sql, at, "/*") => quotes.HasFlag(SqlQuotes.NestedComments) ? EndOfNested(sql, at) : EndOf(sql, at + 2, "*/"),
        _ => at,
    };

    /// <summary>Gets a statement without leading blanks and comments.</summary>
    public static string Bare(string sql, SqlQuotes quotes)
    {
        var at = 0;
        while (at < sql.Length && (char.IsWhiteSpace(sql[at]) || (sql[at] is '-' or '/' or '#' && End(sql, at, quotes) > at)))
            at = Math.Max(End(sql, at, quotes), at + 1);
        return sql[at..];
    }

    /// <summary>Gets the parameters that a statement names, and the position of their <c>@</c>.</summary>
    public static IEnumerable<(int At, string Name)> Parameters(string sql, SqlQuotes quotes)
    {
        for (var at = 0; at < sql.Length;)
        {
            var end = End(sql, at, quotes);
            if (end == at && sql[at] == '@' && ParameterName(sql, at + 1) is { Length: > 0 } name && (at == 0 || sql[at - 1] != '@'))
            {
                yield return (at, name);
                end += name.Length + 1;
            }
            at = Math.Max(end, at + 1);
        }
    }

    private static string ParameterName(string sql, int start)
    {
        var end = start;
        while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
            end++;
        return sql[start..end];
    }

    // A doubled quotation mark is part of the text.
    private static int EndOfMarked(string sql, int start, char mark, bool escapes)
    {
        for (var at = start + 1; at < sql.Length; at++)
        {
            if (escapes && sql[at] == '\\')
                at++;
            else if (sql[at] != mark)
                continue;
            else if (at + 1 < sql.Length && sql[at + 1] == mark)
                at++;
            else
                return at + 1;
        }
        return sql.Length;
    }

    private static bool IsEscapeString(string sql, int at) => at > 0 && (sql[at - 1] is 'e' or 'E') && !IsWord(sql, at - 2);

    private static int EndOfDollars(string sql, int start)
    {
        var end = start + 1;
        while (end < sql.Length && (char.IsLetter(sql[end]) || sql[end] == '_' || (end > start + 1 && char.IsDigit(sql[end]))))
            end++;
        return end < sql.Length && sql[end] == '$' ? EndOf(sql, end + 1, sql[start..(end + 1)]) : start;
    }

    private static int EndOfNested(string sql, int start)
    {
        var depth = 0;
        for (var at = start; at < sql.Length; at++)
        {
            if (Starts(sql, at, "/*"))
                (depth, at) = (depth + 1, at + 1);
            else if (Starts(sql, at, "*/") && --depth == 0)
                return at + 2;
            else if (Starts(sql, at, "*/"))
                at++;
        }
        return sql.Length;
    }

    private static int EndOf(string sql, int from, string mark) =>
        sql.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var end ? end + mark.Length : sql.Length;

    private static bool Starts(string sql, int at, string mark) => string.CompareOrdinal(sql, at, mark, 0, mark.Length) == 0;

    private static bool IsWord(string sql, int at) => at >= 0 && (char.IsLetterOrDigit(sql[at]) || sql[at] is '_' or '$');
}
