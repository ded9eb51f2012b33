using System.Globalization;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <summary>
/// Reads the default that the catalog's text means: the server writes <c>((0))</c>, <c>(N'x')</c> and <c>(getdate())</c>.
/// </summary>
internal static class SqlServerDefaults
{
    public static ServerDefault? Read(string? definition)
    {
        if (definition is null || Unwrapped(definition) is var text && text.Equals("NULL", StringComparison.OrdinalIgnoreCase))
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number) && number.ToString(CultureInfo.InvariantCulture) == text)
            return number;
        var literal = text is ['N' or 'n', '\'', ..] ? text[1..] : text;
        return literal is ['\'', ..] && SqlServerTokens.End(literal, 0) == literal.Length
            ? Value(literal)
            : InParts(text) ?? Sql.Text(text);
    }

    // A text that a client would misread is written in parts: see StringLiteral of the dialect. Any other sum of texts is an expression.
    private static ServerDefault? InParts(string text)
    {
        static List<string> Tokens(string sql) => [.. SqlServerTokens.Of(sql).Where(t => t is not ("N" or "n"))];
        var tokens = Tokens(text);
        var value = string.Concat(tokens.Where(t => t is ['\'', ..]).Select(Value));
        return tokens.SequenceEqual(Tokens(Unwrapped(new SqlServerDialect().Literal(value)))) ? (ServerDefault)value : null;
    }

    private static string Value(string literal) => literal[1..^1].Replace("''", "'", StringComparison.Ordinal);

    /// <summary>Removes the parentheses around the whole text; the server adds any number of them.</summary>
    public static string Unwrapped(string text)
    {
        while (text is ['(', ..] && Close(text) == text.Length - 1)
            text = text[1..^1].Trim();
        return text;
    }

    /// <summary>
    /// An expression in a form for comparing, whoever wrote it: its words, sorted. The server drops blanks, adds brackets and
    /// parentheses, and turns CAST into CONVERT, whose arguments are the other way round.
    /// </summary>
    public static string Canonical(string text) => IsNumber(text)
        ? text
        : string.Join(' ', SqlServerTokens.Of(text).Select(Word).Where(w => w is not ("(" or ")" or "," or "." or "as" or "n" or "dbo"))
            .Order(StringComparer.Ordinal));

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static string Word(string token) =>
        token is ['[', ..] ? token.Trim('[', ']').ToLowerInvariant() : token is ['\'', ..] ? token : token.ToLowerInvariant() switch
    {
        // The standard's words for functions that the server calls by names of its own.
        "current_timestamp" => "getdate",
        "current_user" => "user_name",
        "system_user" => "suser_sname",
        "cast" => "convert",
        "integer" => "int",
        "dec" => "decimal",
        var word => word,
    };

    // The position where the first parenthesis is closed.
    private static int Close(string text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at = SqlServerTokens.End(text, at))
        {
            depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                return at;
        }
        return -1;
    }
}
