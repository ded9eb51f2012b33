using Alembic.Operations;

namespace Alembic.Lint;

/// <summary>Reads the tokens of a statement, or of a part of one, from first to last.</summary>
/// <param name="tokens">The tokens.</param>
/// <param name="dialect">The database's dialect.</param>
internal sealed class SqlCursor(IReadOnlyList<SqlToken> tokens, Dialect dialect)
{
    private int _at;

    public Dialect Dialect => dialect;

    public bool IsEnd => _at == tokens.Count;

    /// <summary>The tokens that are left.</summary>
    public IReadOnlyList<SqlToken> Rest => [.. tokens.Skip(_at)];

    /// <summary>Goes to the next token.</summary>
    public SqlToken Next() => tokens[_at++];

    public bool Is(string word) => !IsEnd && tokens[_at].Is(word);

    public bool IsAny(IReadOnlySet<string> words) => !IsEnd && tokens[_at].IsAny(words);

    /// <summary>Skips these words, if all of them come next.</summary>
    public bool Take(string words)
    {
        var all = words.Split(' ');
        if (_at + all.Length > tokens.Count || !all.Index().All(w => tokens[_at + w.Index].Is(w.Item)))
            return false;
        _at += all.Length;
        return true;
    }

    public bool Take(char sign)
    {
        var isThere = !IsEnd && tokens[_at].Is(sign);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    /// <summary>Skips as many of these words as come next.</summary>
    public void TakeAny(IReadOnlySet<string> words)
    {
        while (IsAny(words))
            _at++;
    }

    /// <summary>Takes a name, as the database stores it; null if none comes next.</summary>
    public string? Name()
    {
        if (IsEnd || !tokens[_at].IsIdentifier)
            return null;
        var token = Next();
        return token.Kind == SqlTokenKind.Word && dialect.Comparison.NameCase == NameCase.Matters
            ? token.ToString().ToLowerInvariant()
            : token.ToString();
    }

    /// <summary>Takes a name with a schema or without.</summary>
    public (string? Schema, string Name)? QualifiedName()
    {
        string? schema = null;
        if (Name() is not { } name)
            return null;
        while (Take('.'))
            (schema, name) = (name, Name() ?? "");
        return (schema, name);
    }

    /// <summary>Takes what is in the parentheses that come next; null if none come.</summary>
    public SqlCursor? Inside()
    {
        if (!Take('('))
            return null;
        var (begin, depth) = (_at, 1);
        while (!IsEnd && depth > 0)
            depth += Next() is var token && token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
        return Part(begin, depth == 0 ? _at - 1 : _at);
    }

    /// <summary>Takes the parts between commas outside of parentheses.</summary>
    public IEnumerable<SqlCursor> Items()
    {
        while (!IsEnd)
        {
            yield return Until(t => t.Is(','));
            Take(',');
        }
    }

    /// <summary>Takes the names in the parentheses that come next.</summary>
    public IReadOnlyList<string> Names() => [.. (Inside()?.Items() ?? []).Select(item => item.Name() ?? item.Text)];

    /// <summary>Takes tokens up to one outside of parentheses.</summary>
    public SqlCursor Until(Func<SqlToken, bool> isEnd)
    {
        var (begin, depth) = (_at, 0);
        for (; !IsEnd && (depth > 0 || !isEnd(tokens[_at])); _at++)
            depth += tokens[_at].Is('(') ? 1 : tokens[_at].Is(')') ? -1 : 0;
        return Part(begin, _at);
    }

    /// <summary>What is left, as written in the text.</summary>
    public string Text => IsEnd ? "" : tokens[_at].Sql[tokens[_at].Start..tokens[^1].End];

    private SqlCursor Part(int begin, int end) => new([.. tokens.Take(end).Skip(begin)], dialect);
}
