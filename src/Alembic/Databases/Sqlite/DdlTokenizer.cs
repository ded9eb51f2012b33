namespace Alembic.Databases.Sqlite;

/// <summary>Splits SQL text into tokens at the same places as SQLite's own tokenizer.</summary>
internal static class DdlTokenizer
{
    private static readonly string[] _longSigns = ["->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "!=", "=="];

    public static IReadOnlyList<DdlToken> Tokenize(string sql)
    {
        var tokens = new List<DdlToken>();
        for (var start = 0; start < sql.Length; start = tokens[^1].End)
        {
            var (kind, length) = First(sql.AsSpan(start));
            tokens.Add(new DdlToken(sql, kind, start, start + length));
        }
        return tokens;
    }

    private static (DdlTokenKind Kind, int Length) First(ReadOnlySpan<char> text) => text[0] switch
    {
        _ when IsSpace(text[0]) => (DdlTokenKind.Space, Run(text, IsSpace)),
        '-' when text is ['-', '-', ..] => (DdlTokenKind.LineComment, Until(text, "\n")),
        '/' when text is ['/', '*', _, ..] => (DdlTokenKind.BlockComment,
            text[2..].IndexOf("*/") is >= 0 and var end ? end + 4 : text.Length),
        '\'' => Quoted(text, DdlTokenKind.String),
        '"' or '`' => Quoted(text, DdlTokenKind.QuotedName),
        '[' => text.IndexOf(']') is > 0 and var end ? (DdlTokenKind.QuotedName, end + 1) : (DdlTokenKind.Illegal, text.Length),
        'x' or 'X' when text is [_, '\'', ..] => Quoted(text[1..], DdlTokenKind.Blob) is var (kind, length) ? (kind, length + 1) : default,
        '.' when text is not [_, >= '0' and <= '9', ..] => (DdlTokenKind.Punctuation, 1),
        '.' or (>= '0' and <= '9') => (DdlTokenKind.Number, Number(text)),
        '?' or '@' or '#' or ':' or '$' => (DdlTokenKind.Variable, 1 + Run(text[1..], IsNamePart)),
        var c when IsNamePart(c) => (DdlTokenKind.Word, Run(text, IsNamePart)),
        _ => (DdlTokenKind.Punctuation, Sign(text)),
    };

    // Everything from U+0080 up belongs to a name (even a no-break space). Of the control characters, only \t, \n, \f and \r are white
    // space.
    public static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or >= '\u0080';

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r' or '\uFEFF';

    private static int Run(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
        {
            length++;
        }
        return length;
    }

    private static int Until(ReadOnlySpan<char> text, string end) => text.IndexOf(end) is >= 0 and var length ? length : text.Length;

    private static (DdlTokenKind Kind, int Length) Quoted(ReadOnlySpan<char> text, DdlTokenKind kind)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] != text[0])
            {
                continue;
            }
            if (i + 1 == text.Length || text[i + 1] != text[0])
            {
                return (kind, i + 1);
            }
            i++;
        }
        return (DdlTokenKind.Illegal, text.Length);
    }

    private static int Number(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length
            && (IsNamePart(text[length]) || text[length] == '.' || (text[length] is '+' or '-' && IsExponent(text[..length]))))
        {
            length++;
        }
        return length;
    }

    private static bool IsExponent(ReadOnlySpan<char> number) => number is not ['0', 'x' or 'X', ..] && number[^1] is 'e' or 'E';

    private static int Sign(ReadOnlySpan<char> text)
    {
        foreach (var sign in _longSigns)
        {
            if (text.StartsWith(sign))
            {
                return sign.Length;
            }
        }
        return 1;
    }
}
