using System.Text;

namespace Alembic.Autogenerate;

/// <summary>The names of columns in an expression.</summary>
internal static class ColumnNames
{
    /// <summary>Replaces a column's name in an expression, plain or in its quotes; a text literal contains no names.</summary>
    public static string Renamed(string sql, string old, string @new)
    {
        var result = new StringBuilder(sql.Length);
        for (var at = 0; at < sql.Length;)
        {
            var end = EndOfToken(sql, at);
            var token = sql[at..end];
            result.Append(sql[at] switch
            {
                '"' or '`' when token[1..^1] == old => $"{sql[at]}{@new}{sql[at]}",
                '[' when token[1..^1] == old => $"[{@new}]",
                _ when IsWord(sql[at]) && token.Equals(old, StringComparison.OrdinalIgnoreCase) => @new,
                _ => token,
            });
            at = end;
        }
        return result.ToString();
    }

    private static int EndOfToken(string sql, int at)
    {
        var close = sql[at] switch { '\'' or '"' or '`' => sql[at], '[' => ']', _ => '\0' };
        if (close != '\0')
            return sql.IndexOf(close, at + 1) is > 0 and var found ? found + 1 : sql.Length;
        var end = at + 1;
        while (IsWord(sql[at]) && end < sql.Length && IsWord(sql[end]))
            end++;
        return end;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
