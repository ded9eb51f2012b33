namespace Alembic.Operations;

/// <summary>The kind of a statement's token.</summary>
internal enum SqlTokenKind
{
    /// <summary>A word or a number, unquoted.</summary>
    Word,

    /// <summary>A name in quotes.</summary>
    Name,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A variable of the session, or a parameter: <c>@name</c>.</summary>
    Variable,

    /// <summary>Any other character.</summary>
    Sign,
}

/// <summary>
/// A token of a statement. Comments and blanks are not tokens. The content of a comment that the server executes is read as if it were
/// outside of a comment.
/// </summary>
/// <param name="Sql">The whole text.</param>
/// <param name="Start">Where the token starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Kind">Its kind.</param>
internal readonly record struct SqlToken(string Sql, int Start, int End, SqlTokenKind Kind)
{
    /// <summary>The token without its quotes.</summary>
    public ReadOnlySpan<char> Span =>
        Sql.AsSpan(Start, End - Start).Trim(Kind is SqlTokenKind.Name or SqlTokenKind.Variable ? "\"`[]" : "");

    public bool IsIdentifier => Kind is SqlTokenKind.Word or SqlTokenKind.Name;

    public override string ToString() => Span.ToString();

    public bool Is(string word) => Kind is SqlTokenKind.Word && Span.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsAny(IReadOnlySet<string> words) => Kind is SqlTokenKind.Word && words.Contains(ToString());

    public bool Is(char sign) => Kind is SqlTokenKind.Sign && Sql[Start] == sign;

    /// <summary>Reads a text token by token.</summary>
    public static IEnumerable<SqlToken> Read(string sql, SqlQuotes quotes)
    {
        var isConditional = false;
        for (var at = 0; at < sql.Length;)
        {
            if (char.IsWhiteSpace(sql[at]))
            {
                at++;
            }
            else if (quotes.HasFlag(SqlQuotes.ExecutableComments) && Opening(sql, at) is > 0 and var length)
            {
                at += length;
                isConditional = true;
            }
            else if (isConditional && Starts(sql, at, "*/"))
            {
                at += 2;
                isConditional = false;
            }
            else if (QuotedText.End(sql, at, quotes) is var end && end > at)
            {
                if (KindOfQuoted(sql[at], quotes) is { } kind)
                    yield return new(sql, at, end, kind);
                at = end;
            }
            else
            {
                var token = Bare(sql, at, quotes);
                yield return token;
                at = token.End;
            }
        }
    }

    private static SqlToken Bare(string sql, int at, SqlQuotes quotes)
    {
        if (IsWord(sql[at]))
            return new(sql, at, EndOfWord(sql, at), SqlTokenKind.Word);
        if (sql[at] != '@' || at + 1 == sql.Length)
            return new(sql, at, at + 1, SqlTokenKind.Sign);
        // @@name is a setting of the server.
        if (sql[at + 1] == '@')
            return new(sql, at, EndOfWord(sql, at + 2), SqlTokenKind.Word);
        var end = QuotedText.End(sql, at + 1, quotes) is var quoted && quoted > at + 1 ? quoted : EndOfWord(sql, at + 1);
        return end > at + 1 ? new(sql, at, end, SqlTokenKind.Variable) : new(sql, at, at + 1, SqlTokenKind.Sign);
    }

    // Null for a comment.
    private static SqlTokenKind? KindOfQuoted(char mark, SqlQuotes quotes) => mark switch
    {
        '\'' or '$' => SqlTokenKind.Text,
        '"' => quotes.HasFlag(SqlQuotes.Backslashes) ? SqlTokenKind.Text : SqlTokenKind.Name,
        '`' or '[' => SqlTokenKind.Name,
        _ => null,
    };

    // The length of "/*!", "/*!50701" or "/*M!100100", or 0.
    private static int Opening(string sql, int at)
    {
        var length = Starts(sql, at, "/*!") ? 3 : Starts(sql, at, "/*M!") ? 4 : 0;
        while (length > 0 && at + length < sql.Length && char.IsAsciiDigit(sql[at + length]))
            length++;
        return length;
    }

    private static int EndOfWord(string sql, int at)
    {
        while (at < sql.Length && IsWord(sql[at]))
            at++;
        return at;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private static bool Starts(string sql, int at, string mark) => string.CompareOrdinal(sql, at, mark, 0, mark.Length) == 0;
}
