using System.Text;

namespace Alembic.Tool.Configuration;

/// <summary>
/// Reads the arguments that Python's fileConfig evaluates, if they are plain: strings, numbers and names, such as <c>('alembic.log',
/// 'a')</c>.
/// </summary>
internal static class PythonLiterals
{
    /// <summary>Gets the items of a tuple; null if the text is anything else. A name such as sys.stderr is returned as it is.</summary>
    public static IReadOnlyList<string>? Tuple(string text) =>
        text.Trim() is ['(', .. var inner, ')'] ? Items(inner, ',') : text.Trim().Length == 0 ? [] : null;

    /// <summary>Gets the pairs of a dictionary; null if the text is anything else.</summary>
    public static IReadOnlyList<(string Key, string Value)>? Dictionary(string text)
    {
        if (text.Trim() is not ['{', .. var inner, '}'])
            return text.Trim().Length == 0 ? [] : null;
        // Strings are read once for both separators, so a colon in a string (C:\logs) separates nothing.
        return Items(inner, ',', ':') is { } items && items.Count % 2 == 0 ? [.. items.Chunk(2).Select(pair => (pair[0], pair[1]))] : null;
    }

    private static List<string>? Items(string text, params ReadOnlySpan<char> separators)
    {
        List<string> items = [];
        for (var at = 0; ;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                return items;
            if (Item(text, ref at, separators) is not { } item)
                return null;
            items.Add(item);
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at < text.Length && !separators.Contains(text[at++]))
                return null;
        }
    }

    private static string? Item(string text, ref int at, ReadOnlySpan<char> separators)
    {
        var raw = text[at] is 'r' or 'R';
        var quote = at + 1 < text.Length && text[at] is 'r' or 'R' or 'u' or 'U' && text[at + 1] is '\'' or '"' ? text[++at] : text[at];
        if (quote is not ('\'' or '"'))
        {
            var start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.' or '-'))
                at++;
            return at > start ? text[start..at] : null;
        }
        var item = new StringBuilder();
        for (at++; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] != '\\' || raw || at + 1 == text.Length)
                item.Append(text[at]);
            else if (text[++at] is '\\' or '\'' or '"')
                item.Append(text[at]);
            else
                item.Append('\\').Append(text[at]);
        }
        return at++ < text.Length ? item.ToString() : null;
    }
}
