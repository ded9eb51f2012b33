namespace Alembic.Databases.Sqlite;

/// <summary>
/// Splits "(expression COLLATE name) DESC" into its parts, without the parentheses around a column, which change nothing.
/// </summary>
internal sealed class DdlIndexElementParser
{
    private readonly DdlToken[] _tokens;
    private readonly int[] _closing;
    private int _start;
    private int _end;

    private DdlIndexElementParser(DdlToken[] tokens)
    {
        (_tokens, _end) = (tokens, tokens.Length);
        _closing = new int[tokens.Length];
        var open = new Stack<int>();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Is("("))
            {
                open.Push(i);
            }
            else if (tokens[i].Is(")"))
            {
                _closing[open.Pop()] = i;
            }
        }
    }

    public static DdlIndexElement Parse(DdlToken[] tokens, DdlClauses clauses) => new DdlIndexElementParser(tokens).Parse(clauses);

    private DdlIndexElement Parse(DdlClauses clauses)
    {
        if (_end > 2 && _tokens[_end - 2].Is("NULLS"))
        {
            _end -= 2;
        }
        var descending = Order();
        string? collation = null;
        while (Collation(ref collation) || Parentheses())
        {
        }
        if (_end - _start == 1 && _tokens[_start] is { IsName: true } column)
        {
            clauses.ColumnMentions.Add(column);
            return new DdlIndexElement(DdlName.Of(column), column.ToString(), collation, descending);
        }
        return new DdlIndexElement(null, clauses.Expression(_tokens.AsSpan(_start.._end)), collation, descending);
    }

    private bool? Order()
    {
        // A column may be called "desc": an order has something before it.
        if (_end < 2 || !(_tokens[_end - 1].Is("ASC") || _tokens[_end - 1].Is("DESC")) || !DdlExpression.EndsOperand(_tokens[_end - 2]))
        {
            return null;
        }
        _end--;
        return _tokens[_end].Is("DESC");
    }

    // COLLATE binds tighter than any operator: after "a || b" it belongs to b alone. If there are several, the last one counts.
    private bool Collation(ref string? collation)
    {
        var end = _end;
        while (end - _start > 2 && _tokens[end - 2].Is("COLLATE"))
        {
            end -= 2;
        }
        if (end == _end || !IsPrimary(end))
        {
            return false;
        }
        collation ??= DdlName.Of(_tokens[_end - 1]);
        _end = end;
        return true;
    }

    private bool Parentheses()
    {
        if (_end - _start < 3 || !_tokens[_start].Is("(") || _closing[_start] != _end - 1)
        {
            return false;
        }
        (_start, _end) = (_start + 1, _end - 1);
        return true;
    }

    // A name, a group in parentheses, or a function with its arguments.
    private bool IsPrimary(int end)
    {
        var group = _tokens[_start].IsName ? _start + 1 : _start;
        return (group == end && group > _start) || (group < end && _tokens[group].Is("(") && _closing[group] == end - 1);
    }
}
