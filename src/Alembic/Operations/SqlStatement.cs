namespace Alembic.Operations;

/// <summary>One of the statements of a text.</summary>
/// <param name="Text">The statement as written, without the semicolon.</param>
/// <param name="Tokens">Its tokens; at least one.</param>
internal sealed record SqlStatement(string Text, IReadOnlyList<SqlToken> Tokens)
{
    private static readonly IReadOnlySet<string> Routines = StatementWords.Set("PROCEDURE FUNCTION TRIGGER EVENT PACKAGE");
    private static readonly IReadOnlySet<string> Ends = StatementWords.Set("COMMIT END ROLLBACK ABORT");
    private static readonly IReadOnlySet<string> OfSavepoints = StatementWords.Set("TO SAVEPOINT");

    /// <summary>Splits a text into statements. A semicolon in the body of a routine does not end a statement.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dialect">The database's dialect.</param>
    public static IEnumerable<SqlStatement> In(string text, Dialect dialect)
    {
        List<SqlToken> tokens = [];
        var begin = 0;
        var blocks = new BlockDepth();
        foreach (var token in SqlToken.Read(text, dialect.Quotes))
        {
            var isOutside = blocks.Take(token, () => IsRoutine(tokens, dialect));
            // If scripts are sent in batches, a routine extends to the end of its batch.
            if (!token.Is(';') || !isOutside || (dialect.HasBatches && IsRoutine(tokens, dialect)))
            {
                tokens.Add(token);
                continue;
            }
            if (tokens.Count > 0)
                yield return new(text[begin..token.Start].Trim(), tokens);
            (tokens, begin) = ([], token.End);
        }
        if (tokens.Count > 0)
            yield return new(text[begin..].Trim(), tokens);
    }

    /// <summary>Tells whether it begins with one of these words.</summary>
    public bool Begins(IReadOnlySet<string> words) => Tokens[0].IsAny(words);

    /// <summary>Tells whether it creates a routine or a trigger whose body has several statements.</summary>
    public bool HasBody => Tokens.Any(t => t.Is(';'));

    /// <summary>Tells whether it ends the transaction that it runs in.</summary>
    public bool EndsTransaction => Begins(Ends) && !Tokens.Any(t => t.IsAny(OfSavepoints));

    /// <summary>Tells whether it creates, changes or drops a routine or a trigger.</summary>
    public bool HasRoutine(Dialect dialect) =>
        IsRoutine(Tokens, dialect) || (Tokens[0].Is("DROP") && Tokens.Take(2).Any(t => t.IsAny(Routines)));

    private static bool IsRoutine(IReadOnlyList<SqlToken> tokens, Dialect dialect) =>
        tokens is [var first, ..] && (first.Is("CREATE") || first.Is("ALTER"))
        && tokens.FirstOrDefault(t => t.IsAny(dialect.Words.Objects)) is { Sql: not null } kind
        && kind.IsAny(Routines);
}

/// <summary>Follows the blocks of a routine's body, token by token.</summary>
internal struct BlockDepth
{
    private static readonly IReadOnlySet<string> AfterEnd = StatementWords.Set("IF LOOP WHILE REPEAT FOR");
    private int _depth;
    private bool _isEnd;

    /// <summary>Takes the next token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="isRoutine">Whether the statement has a body at all.</param>
    /// <returns>Whether the token is outside of all blocks.</returns>
    public bool Take(SqlToken token, Func<bool> isRoutine)
    {
        var wasEnd = _isEnd;
        if (wasEnd && !AfterEnd.Contains(token.ToString()))
            _depth--;
        var isOutside = _depth == 0;
        if ((token.Is("BEGIN") || (token.Is("CASE") && !wasEnd)) && isRoutine())
            _depth++;
        _isEnd = _depth > 0 && token.Is("END");
        return isOutside;
    }
}
