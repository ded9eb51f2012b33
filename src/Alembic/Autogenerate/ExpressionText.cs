using System.Text;
using Alembic.Operations;

namespace Alembic.Autogenerate;

/// <summary>
/// Compares expressions apart from their spelling. The answer is exact for a database that keeps the text as written (SQLite). Others
/// rewrite it unpredictably: there it only counts whether an expression exists.
/// </summary>
internal static class ExpressionText
{
    public static bool IsSame(string? a, string? b, Dialect dialect) =>
        a is null || b is null ? a == b : !dialect.Comparison.KeepsExpressions || Canonical(a) == Canonical(b);

    public static bool IsExactly(string? a, string? b, Dialect dialect) =>
        a is null || b is null ? a == b : Canonical(a, FoldsNames(dialect)) == Canonical(b, FoldsNames(dialect));

    // The server keeps the case of a name as written, but ignores it when it looks for the column.
    private static bool FoldsNames(Dialect dialect) => dialect.Comparison.NameCase != NameCase.Matters;

    /// <summary>Normalizes an expression: no outer parentheses, one space between words, lower case outside of quotes.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="foldsNames">Whether names in backticks or brackets become lower case too.</param>
    public static string Canonical(string text, bool foldsNames = false)
    {
        var result = new StringBuilder(text.Length);
        char? quote = null;
        foreach (var c in text)
        {
            if (quote is null && char.IsWhiteSpace(c))
            {
                if (result.Length > 0 && result[^1] != ' ')
                    result.Append(' ');
                continue;
            }
            if (quote is null && !IsWord(c) && result.Length > 0 && result[^1] == ' ')
                result.Length--;
            if (quote is null && IsWord(c) && result.Length > 1 && result[^1] == ' ' && !IsWord(result[^2])
                && result[^2] is not ('\'' or '"' or '`' or ']'))
                result.Length--;
            result.Append(quote is null || (quote == '`' && foldsNames) ? char.ToLowerInvariant(c) : c);
            quote = quote is null ? c is '\'' or '"' or '`' ? c : null : c == quote ? null : quote;
        }
        var canonical = result.ToString().Trim();
        while (IsWrapped(canonical))
            canonical = canonical[1..^1].Trim();
        return canonical;
    }

    /// <summary>Tells whether an expression contains a name. The name may be that of something else, but no use is missed.</summary>
    public static bool Mentions(string expression, string name)
    {
        for (var at = expression.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = expression.IndexOf(name, at + 1,
            StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if ((at == 0 || !IsLetter(expression[at - 1])) && (end == expression.Length || !IsLetter(expression[end])))
                return true;
        }
        return false;
    }

    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private static bool IsWord(char c) => IsLetter(c) || c is '\'' or '"' or '`' or '[';

    // Whether the last character closes the first parenthesis.
    private static bool IsWrapped(string text)
    {
        if (text is not ['(', .., ')'])
            return false;
        var depth = 0;
        char? quote = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote is not null)
                quote = c == quote ? null : quote;
            else if (c is '\'' or '"' or '`')
                quote = c;
            else if (c is '(')
                depth++;
            else if (c is ')' && --depth == 0)
                return i == text.Length - 1;
        }
        return false;
    }
}
