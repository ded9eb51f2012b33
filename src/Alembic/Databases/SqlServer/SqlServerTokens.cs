namespace Alembic.Databases.SqlServer;

/// <summary>Splits T-SQL: literals, quoted names, comments and words are whole; everything else is single characters.</summary>
internal static class SqlServerTokens
{
    /// <summary>The position after the token that begins at a position.</summary>
    public static int End(string sql, int at)
    {
        if (sql[at] is '\'' or '"')
            return Quoted(sql, at, sql[at]);
        if (sql[at] == '[')
            return Quoted(sql, at, ']');
        if (string.CompareOrdinal(sql, at, "--", 0, 2) == 0)
            return sql.IndexOf('\n', at) is >= 0 and var line ? line : sql.Length;
        if (string.CompareOrdinal(sql, at, "/*", 0, 2) == 0)
            return Comment(sql, at);
        var end = at + 1;
        while (IsWord(sql[at]) && end < sql.Length && (IsWord(sql[end]) || (sql[end] == '.' && char.IsAsciiDigit(sql[at]))))
            end++;
        return end;
    }

    /// <summary>All tokens, without blanks.</summary>
    public static IEnumerable<string> Of(string sql)
    {
        for (int at = 0, end; at < sql.Length; at = end)
        {
            end = End(sql, at);
            if (!char.IsWhiteSpace(sql[at]))
                yield return sql[at..end];
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '@' or '#' or '$';

    private static int Quoted(string sql, int at, char close)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] != close)
                continue;
            if (i + 1 == sql.Length || sql[i + 1] != close)
                return i + 1;
            i++;
        }
        return sql.Length;
    }

    // Unlike in other databases, comments can contain comments.
    private static int Comment(string sql, int at)
    {
        var depth = 0;
        for (var i = at; i < sql.Length - 1; i++)
        {
            depth += (sql[i], sql[i + 1]) switch { ('/', '*') => 1, ('*', '/') => -1, _ => 0 };
            if ((sql[i], sql[i + 1]) is ('/', '*') or ('*', '/'))
                i++;
            if (depth == 0)
                return i + 1;
        }
        return sql.Length;
    }
}
