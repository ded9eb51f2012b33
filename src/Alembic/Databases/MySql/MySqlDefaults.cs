using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>Defaults, as written and as information_schema gives them.</summary>
internal static class MySqlDefaults
{
    // What may follow DEFAULT without parentheses, also on MySQL.
    private static readonly string[] Clocks = ["CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"];

    /// <summary>Tells whether an expression may follow DEFAULT as it is; any other needs parentheses.</summary>
    public static bool IsSimple(string expression)
    {
        var tokens = MySqlToken.Read(expression);
        return tokens switch
        {
            [] => true,
            [{ Kind: MySqlTokenKind.String or MySqlTokenKind.Number or MySqlTokenKind.Name }] => true,
            [{ Kind: MySqlTokenKind.Word }, { Kind: MySqlTokenKind.String }] => true,
            [var sign, { Kind: MySqlTokenKind.Number }] => sign.Is("-") || sign.Is("+"),
            [var word] when word.Is("NULL") || word.Is("TRUE") || word.Is("FALSE") => true,
            _ when EndOfClock(tokens) is > 0 and var end && (end == tokens.Count || tokens[end].Is("ON")) => true,
            _ when IsGroup(tokens) => true,
            _ => false,
        };
    }

    public static bool IsClock(ServerDefault? value) =>
        value is { Kind: ServerDefaultKind.Sql } && IsSimple(value.Value) && EndOfClock(MySqlToken.Read(value.Value)) > 0;

    public static bool HasOnUpdate(ServerDefault? value) =>
        value is { Kind: ServerDefaultKind.Sql } && MySqlToken.Read(value.Value) is var tokens
        && tokens.Zip(tokens.Skip(1)).Any(t => t.First.Is("ON") && t.Second.Is("UPDATE"));

    /// <summary>A default as MariaDB's information_schema spells it: as SQL.</summary>
    public static ServerDefault? ReadSql(string text)
    {
        var tokens = MySqlToken.Read(text);
        return tokens switch
        {
            [] => null,
            [var word] when word.Is("NULL") => null,
            [{ Kind: MySqlTokenKind.String }] => Unquote(text.Trim()),
            [{ Kind: MySqlTokenKind.Number }]
                when decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
            [var sign, { Kind: MySqlTokenKind.Number } digits]
                when sign.Is("-") && decimal.TryParse(digits.Text, System.Globalization.CultureInfo.InvariantCulture, out var number) =>
                -number,
            _ when EndOfClock(tokens) == tokens.Count => Sql.Text(Clock(tokens)),
            _ => Sql.Text(text),
        };
    }

    /// <summary>Tells whether a type takes a default only as an expression.</summary>
    /// <param name="type">Its name as it is written.</param>
    public static bool IsLong(string type) => type.Split('(', ' ')[0].ToUpperInvariant() is var name
        && (name is "JSON" or "GEOMETRY" || name.EndsWith("TEXT", StringComparison.Ordinal)
            || name.EndsWith("BLOB", StringComparison.Ordinal));

    /// <summary>The text of a string literal.</summary>
    public static string Unquote(string literal) => Unescape(literal[1..^1].Replace("''", "'", StringComparison.Ordinal));

    /// <summary>A text without the backslashes that escape.</summary>
    public static string Unescape(string escaped)
    {
        var text = new System.Text.StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '\\' && i + 1 < escaped.Length)
                text.Append(escaped[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '0' => '\0', 'Z' => '\u001a', var c => c });
            else
                text.Append(escaped[i]);
        }
        return text.ToString();
    }

    // The end of the clock, with or without digits, with which an expression may begin; 0 if there is none.
    private static int EndOfClock(IReadOnlyList<MySqlToken> tokens) => tokens switch
    {
        [] => 0,
        [var word, ..] when !Clocks.Any(c => word.Is(c)) => 0,
        [_, var open, var close, ..] when open.Is("(") && close.Is(")") => 3,
        [_, var open, { Kind: MySqlTokenKind.Number }, var close, ..] when open.Is("(") && close.Is(")") => 4,
        _ => 1,
    };

    // Each server accepts and prints CURRENT_TIMESTAMP in spellings of its own.
    public static string Clock(IReadOnlyList<MySqlToken> tokens) =>
        "CURRENT_TIMESTAMP" + (tokens is [_, _, { Kind: MySqlTokenKind.Number } digits, _, ..] ? $"({digits.Text})" : "");

    /// <summary>An expression without the parentheses around the whole.</summary>
    public static string Unwrapped(string expression) =>
        MySqlToken.Read(expression) is var tokens && IsGroup(tokens) ? expression[tokens[0].End..tokens[^1].Start] : expression;

    private static bool IsGroup(IReadOnlyList<MySqlToken> tokens) =>
        tokens is [var first, .., var last] && first.Is("(") && last.Is(")") && EndOfGroup(tokens) == tokens.Count - 1;

    private static int EndOfGroup(IReadOnlyList<MySqlToken> tokens)
    {
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return -1;
    }
}
