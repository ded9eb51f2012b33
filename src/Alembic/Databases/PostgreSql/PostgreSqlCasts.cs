using System.Text;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Removes the casts from an expression (<c>lower('x'::text)</c>): PostgreSQL adds casts of its own, and nothing tells them from the
/// user's.
/// </summary>
internal static class PostgreSqlCasts
{
    private static readonly string[] LongNames =
        ["character varying", "bit varying", "double precision", "timestamp without time zone", "timestamp with time zone",
            "time without time zone", "time with time zone"];

    public static string Without(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] is '\'' or '"' ? EndOfQuoted(text, at) : at + 1;
            if (text[at] == ':' && string.CompareOrdinal(text, at, "::", 0, 2) == 0)
                end = at = EndOfType(text, at + 2);
            result.Append(text, at, end - at);
            at = end;
        }
        return result.ToString();
    }

    private static int EndOfQuoted(string text, int at) => text.IndexOf(text[at], at + 1) is > 0 and var close ? close + 1 : text.Length;

    private static int EndOfType(string text, int at)
    {
        if (LongNames.FirstOrDefault(name => string.CompareOrdinal(text, at, name, 0, name.Length) == 0) is { } known)
            at += known.Length;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.' or '"'))
            at = text[at] == '"' ? EndOfQuoted(text, at) : at + 1;
        if (at < text.Length && text[at] == '(' && text.IndexOf(')', at) is > 0 and var close)
            at = close + 1;
        while (at + 1 < text.Length && text[at] == '[' && text[at + 1] == ']')
            at += 2;
        return at;
    }
}
