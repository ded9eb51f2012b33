using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>Defaults, as they are written and as information_schema gives them.</summary>
internal static class MySqlDefaults
{
    // What may follow DEFAULT without parentheses, on MySQL too.
    private static readonly string[] Clocks = ["CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"];

    /// <summary>Whether an expression stands after DEFAULT as it is; any other needs parentheses.</summary>
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
            [var first, ..] when Clocks.Any(c => first.Is(c)) => true,
            [var first, .., var last] => first.Is("(") && last.Is(")") && EndOfGroup(tokens) == tokens.Count - 1,
            _ => false,
        };
    }

    public static bool IsClock(ServerDefault? value) =>
        value is { Kind: ServerDefaultKind.Sql } && MySqlToken.Read(value.Value) is [var first, ..] && Clocks.Any(c => first.Is(c));

    public static bool HasOnUpdate(ServerDefault? value) =>
        value is { Kind: ServerDefaultKind.Sql } && MySqlToken.Read(value.Value) is var tokens && tokens.Zip(tokens.Skip(1)).Any(t => t.First.Is("ON") && t.Second.Is("UPDATE"));

    /// <summary>A default as MariaDB's information_schema spells it: as SQL.</summary>
    public static ServerDefault? ReadSql(string text)
    {
        var tokens = MySqlToken.Read(text);
        return tokens switch
        {
            [] => null,
            [var word] when word.Is("NULL") => null,
            [{ Kind: MySqlTokenKind.String }] => Unquote(text.Trim()),
            [{ Kind: MySqlTokenKind.Number }] when decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
            [var sign, { Kind: MySqlTokenKind.Number } digits] when sign.Is("-") && decimal.TryParse(digits.Text, System.Globalization.CultureInfo.InvariantCulture, out var number) => -number,
            [var clock, ..] when Clocks.Any(c => clock.Is(c)) => Sql.Text(Clock(tokens)),
            _ => Sql.Text(text),
        };
    }

    /// <summary>The text of a string literal.</summary>
    public static string Unquote(string literal)
    {
        var text = new System.Text.StringBuilder(literal.Length);
        for (var i = 1; i < literal.Length - 1; i++)
        {
            if (literal[i] == '\\' && i + 1 < literal.Length - 1)
                text.Append(literal[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '0' => '\0', 'Z' => '\u001a', var c => c });
            else
                text.Append(literal[i] == '\'' ? literal[i++] : literal[i]);
        }
        return text.ToString();
    }

    // Both servers take and both print CURRENT_TIMESTAMP in spellings of their own.
    public static string Clock(IReadOnlyList<MySqlToken> tokens) =>
        "CURRENT_TIMESTAMP" + (tokens is [_, _, { Kind: MySqlTokenKind.Number } digits, _, ..] ? $"({digits.Text})" : "");

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
