using System.Globalization;
using System.Text;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>Reads the default that the server's text means: literals come back with a cast, <c>'x'::character varying</c>.</summary>
internal static class PostgreSqlDefaults
{
    public static ServerDefault? Read(string? text)
    {
        if (text is null || text == "NULL" || text.StartsWith("NULL::", StringComparison.Ordinal))
            return null;
        if (text is "true" or "false")
            return text == "true";
        if (Number(text) is { } number)
            return number;
        return Literal(text) is { } literal ? OfLiteral(literal.Value, literal.Cast) : Sql.Text(text);
    }

    // The server itself quotes a negative number; any other quoted number was given in quotes.
    private static ServerDefault OfLiteral(string value, string cast) =>
        cast is "smallint" or "integer" or "bigint" or "numeric" && value.StartsWith('-') && Number(value) is { } number ? number : value;

    private static ServerDefault? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;

    // A literal with one cast or none; anything more is an expression.
    private static (string Value, string Cast)? Literal(string text)
    {
        var escaped = text.StartsWith("E'", StringComparison.Ordinal);
        var at = escaped ? 2 : 1;
        if (!escaped && !text.StartsWith('\''))
            return null;
        var value = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == '\'' && (at + 1 == text.Length || text[at + 1] != '\''))
                break;
            if (text[at] == '\'' || (escaped && text[at] == '\\'))
                at++;
            value.Append(text[at]);
        }
        var cast = text[Math.Min(at + 1, text.Length)..];
        if (cast.Length == 0)
            return (value.ToString(), "");
        return cast.StartsWith("::", StringComparison.Ordinal) && IsType(cast[2..]) ? (value.ToString(), cast[2..]) : null;
    }

    private static bool IsType(string text)
    {
        // An operator may be a word, but the value after it has a quotation mark that is not in a name.
        var quoted = false;
        foreach (var c in text)
        {
            quoted ^= c == '"';
            if (!quoted && !char.IsLetterOrDigit(c) && c is not ('_' or ' ' or '.' or '"' or '(' or ')' or ',' or '[' or ']'))
                return false;
        }
        return true;
    }
}
