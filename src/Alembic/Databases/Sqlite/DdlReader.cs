namespace Alembic.Databases.Sqlite;

/// <summary>Walks over the tokens that are neither white space nor comments.</summary>
internal sealed class DdlReader
{
    private readonly DdlToken[] _tokens;
    private readonly string _sql;
    private int _next;

    public DdlReader(string sql, IEnumerable<DdlToken> tokens)
    {
        _sql = sql;
        _tokens = [.. tokens.Where(t => !t.IsTrivia), new DdlToken(sql, DdlTokenKind.End, sql.Length, sql.Length)];
    }

    /// <summary>The thing that error messages are about.</summary>
    public string Subject { get; set; } = "a table";

    public DdlToken Next => Ahead(0);

    /// <summary>The end of the last token taken.</summary>
    public int Position => _next == 0 ? 0 : _tokens[_next - 1].End;

    public DdlToken Ahead(int distance) => _tokens[Math.Min(_next + distance, _tokens.Length - 1)];

    public DdlToken Take() => _tokens[_next < _tokens.Length - 1 ? _next++ : _next];

    public bool At(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Ahead(i).Is(words[i]))
            {
                return false;
            }
        }
        return true;
    }

    public bool Skip(params ReadOnlySpan<string> words)
    {
        if (!At(words))
        {
            return false;
        }
        _next += words.Length;
        return true;
    }

    public void Expect(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (!Skip(word))
            {
                throw NotUnderstood(word);
            }
        }
    }

    public DdlToken Name() => Next.IsName ? Take() : throw NotUnderstood("a name");

    /// <summary>Takes "( … )" and returns what is inside.</summary>
    public ArraySegment<DdlToken> Parenthesised()
    {
        Expect("(");
        var first = _next;
        for (var depth = 1; depth > 0; _next++)
        {
            depth += Next.Is("(") ? 1 : Next.Is(")") ? -1 : 0;
            if (Next.Kind is DdlTokenKind.End or DdlTokenKind.Illegal)
            {
                throw NotUnderstood(")");
            }
        }
        return new ArraySegment<DdlToken>(_tokens, first, _next - 1 - first);
    }

    /// <summary>Takes everything up to the statement's end.</summary>
    public ArraySegment<DdlToken> Rest()
    {
        var first = _next;
        while (Next.Kind is not (DdlTokenKind.End or DdlTokenKind.Illegal) && !At(";"))
        {
            _next++;
        }
        return _next > first ? new ArraySegment<DdlToken>(_tokens, first, _next - first) : throw NotUnderstood("an expression");
    }

    public void ExpectEnd()
    {
        Skip(";");
        if (Next.Kind is not DdlTokenKind.End)
        {
            throw NotUnderstood("the end");
        }
    }

    public DdlNotUnderstoodException NotUnderstood(string expected) => new(Subject, _sql, Next.Start, expected);
}
