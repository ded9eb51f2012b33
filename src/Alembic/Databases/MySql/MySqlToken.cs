namespace Alembic.Databases.MySql;

internal enum MySqlTokenKind
{
    Word,
    Number,
    String,
    Name,
    Symbol,
    Comment,
}

/// <summary>A token of what SHOW CREATE TABLE prints.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, with its quotes.</param>
/// <param name="Start">Where it starts.</param>
internal readonly record struct MySqlToken(MySqlTokenKind Kind, string Text, int Start)
{
    public int End => Start + Text.Length;

    public bool Is(string text) =>
        Kind is MySqlTokenKind.Word or MySqlTokenKind.Symbol && Text.Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without its quotes.</summary>
    public string Name =>
        Kind == MySqlTokenKind.Name ? Text[1..^1].Replace(new string(Text[0], 2), Text[..1], StringComparison.Ordinal) : Text;

    public static IReadOnlyList<MySqlToken> Read(string text)
    {
        List<MySqlToken> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var (kind, end) = Next(text, at);
            tokens.Add(new(kind, text[at..end], at));
            at = end;
        }
        return tokens;
    }

    private static (MySqlTokenKind Kind, int End) Next(string text, int at) => text[at] switch
    {
        '\'' => (MySqlTokenKind.String, EndOfQuoted(text, at, escapes: true)),
        '`' or '"' => (MySqlTokenKind.Name, EndOfQuoted(text, at, escapes: false)),
        '/' when text.AsSpan(at).StartsWith("/*") => (MySqlTokenKind.Comment,
            text.IndexOf("*/", at, StringComparison.Ordinal) is var end && end < 0 ? text.Length : end + 2),
        >= '0' and <= '9' => (MySqlTokenKind.Number, EndOfWord(text, at)),
        var c when IsWord(c) => (MySqlTokenKind.Word, EndOfWord(text, at)),
        _ => (MySqlTokenKind.Symbol, at + 1),
    };

    private static int EndOfQuoted(string text, int start, bool escapes)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (escapes && text[at] == '\\')
                at++;
            else if (text[at] != text[start])
                continue;
            else if (at + 1 < text.Length && text[at + 1] == text[start])
                at++;
            else
                return at + 1;
        }
        return text.Length;
    }

    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length && (IsWord(text[end]) || (text[end] == '.' && char.IsAsciiDigit(text[start]))))
            end++;
        return end;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
