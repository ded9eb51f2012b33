using System.Buffers;

namespace Alembic.Tool.Compilation;

/// <summary>How deep the brackets of a source are nested. For some code a parser's time and stack grow with it without bounds.</summary>
internal ref struct Nesting
{
    /// <summary>Hand-written code stays far below this.</summary>
    public const int Limit = 500;

    private static readonly SearchValues<char> Openings = SearchValues.Create("([{<");
    private static readonly SearchValues<char> Marks = SearchValues.Create("()[]{}<>;:/'\"$@#");
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\u0085\u2028\u2029");
    private static readonly SearchValues<char> InCharacter = SearchValues.Create("'\\\n\r\u0085\u2028\u2029");
    private static readonly SearchValues<char> InText = SearchValues.Create("\"\\{\n\r\u0085\u2028\u2029");

    private readonly ReadOnlySpan<char> _text;
    private readonly Stack<Open> _open = new();
    private int _at;
    // "<" is also "less than": the end of a statement closes all of them, and so does the bracket around them.
    private int _angles;

    private Nesting(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Gets why a source must not be given to a parser, and where; null if it may.</summary>
    public static string? Problem(ReadOnlySpan<char> text)
    {
        var openings = 0;
        var rest = text;
        for (int at; openings <= Limit && (at = rest.IndexOfAny(Openings)) >= 0; rest = rest[(at + 1)..])
            openings++;
        return openings <= Limit ? null : new Nesting(text).Read();
    }

    // Comments and strings have to be recognized exactly: a bracket inside of them does not close anything.
    private string? Read()
    {
        while (Next(Marks))
        {
            var begun = _at;
            var problem = _text[_at++] switch
            {
                '/' => Comment(),
                '\'' => Text(new Literal('\'', Quotes: 1)),
                '"' or '$' or '@' => String(),
                '#' => Directive(),
                var mark => Bracket(mark),
            };
            if (problem is not null)
                return $"{problem} (line {_text[..begun].Count('\n') + 1})";
        }

        return null;
    }

    private string? Comment()
    {
        if (_at < _text.Length && _text[_at] == '/')
            _ = Next(LineEnds);
        else if (_at < _text.Length && _text[_at] == '*')
        {
            var end = _text[(_at + 1)..].IndexOf("*/");
            if (end < 0)
                return "a comment is not closed";
            _at += end + 3;
        }

        return null;
    }

    // Only the compiler knows which of its branches count.
    private string? Directive()
    {
        var begun = _at;
        _ = Next(LineEnds);
        return _text[begun.._at].TrimStart().StartsWith("if") ? $"a source with #if may have at most {Limit} brackets" : null;
    }

    private string? String()
    {
        var begun = --_at;
        while (_at < _text.Length && _text[_at] is '$' or '@')
            _at++;
        var prefix = _text[begun.._at];
        if (_at == _text.Length || _text[_at] != '"')
            return null;
        var (holes, isVerbatim) = (prefix.Count('$'), prefix.Contains('@'));
        var quotes = isVerbatim || Run('"') < 3 ? 1 : Run('"');
        _at += quotes;
        var line = _text[_at..];
        return Text(new Literal('"', quotes, holes,
            isVerbatim || (quotes > 1 && line[..(line.IndexOfAny(LineEnds) is var end and >= 0 ? end : line.Length)].IsWhiteSpace())));
    }

    // Continues in a string, up to its end or the next hole.
    private string? Text(Literal literal)
    {
        for (; Next(literal.End == '"' ? InText : InCharacter); _at++)
        {
            var c = _text[_at];
            if (c == literal.End)
            {
                var run = literal.Quotes > 1 ? Run(c) : 1;
                var isEscaped = literal is { Quotes: 1, HasLines: true } && Run(c) > 1;
                _at += isEscaped ? 1 : run - 1;
                if (isEscaped || run < literal.Quotes)
                    continue;
                _at++;
                return null;
            }

            if (c == '\\')
                _at += literal is { Quotes: 1, HasLines: false } ? 1 : 0;
            else if (c != '{')
            {
                if (!literal.HasLines)
                    break;
            }
            else if (literal.Holes > 0)
            {
                var run = literal.Quotes > 1 ? Run(c) : Math.Min(Run(c), 2);
                _at += run - 1;
                if (literal.Quotes > 1 ? run < literal.Holes : run == 2)
                    continue;
                _at++;
                return Push(new Open('}', _angles, literal));
            }
        }

        return "a string or character is not closed";
    }

    private string? Bracket(char mark)
    {
        switch (mark)
        {
            case '(':
                return Push(new Open(')', _angles));
            case '[':
                return Push(new Open(']', _angles));
            case '{':
                return Push(new Open('}', _angles));
            case '<':
                _angles++;
                return TooDeep();
            case '>':
                _angles = Math.Max(_angles - 1, 0);
                return null;
            case ';':
                _angles = _open.TryPeek(out var around) ? around.Angles : 0;
                return null;
        }

        if (!_open.TryPeek(out var open))
            return null;
        if (mark == ':' && open.Text is { } format)
        {
            // A format follows. It is text.
            while (_at < _text.Length && _text[_at] != '}' && _text[_at] != '"' && (format.HasLines || !LineEnds.Contains(_text[_at])))
                _at++;
        }
        else if (mark == open.Closing)
        {
            _angles = _open.Pop().Angles;
            if (open.Text is { } literal)
            {
                _at += Math.Min(Run('}'), literal.Quotes > 1 ? literal.Holes - 1 : 0);
                return Text(literal);
            }
        }

        return null;
    }

    private string? Push(Open open)
    {
        _open.Push(open);
        return TooDeep();
    }

    private readonly string? TooDeep() => _open.Count + _angles > Limit ? $"brackets are nested more than {Limit} deep" : null;

    private bool Next(SearchValues<char> marks)
    {
        var at = _at < _text.Length ? _text[_at..].IndexOfAny(marks) : -1;
        _at = at < 0 ? _text.Length : _at + at;
        return at >= 0;
    }

    // Counts how many of a character follow here.
    private readonly int Run(char c) => _text[_at..].IndexOfAnyExcept(c) is var run and >= 0 ? run : _text.Length - _at;

    /// <param name="Closing">The bracket that closes it.</param>
    /// <param name="Angles">How many "&lt;" were open before it.</param>
    /// <param name="Text">The string, if this is a hole of one.</param>
    private readonly record struct Open(char Closing, int Angles, Literal? Text = null);

    /// <param name="End">The quotation mark.</param>
    /// <param name="Quotes">How many there are at either end: three and more for a raw string.</param>
    /// <param name="Holes">How many braces open a hole; 0 for none.</param>
    /// <param name="HasLines">Whether it may span lines. In such a string that is not raw, a second quotation mark escapes the first;
    /// otherwise a backslash does.</param>
    private readonly record struct Literal(char End, int Quotes, int Holes = 0, bool HasLines = false);
}
