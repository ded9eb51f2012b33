using System.Text;

namespace Alembic.Tool.Scripts;

/// <summary>Splits a command line as a POSIX shell does, and does nothing else that a shell does.</summary>
internal static class ShellWords
{
    /// <param name="backslashEscapes">False on Windows, whose paths have backslashes.</param>
    /// <exception cref="FormatException">A quotation or an escape has no end.</exception>
    public static IReadOnlyList<string> Split(string text, bool backslashEscapes)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '\\' && backslashEscapes && quote != '\'')
            {
                var next = ++at < text.Length ? text[at] : throw new FormatException("No escaped character");
                (word ??= new()).Append(quote == '"' && next is not ('"' or '\\') ? $"\\{next}" : $"{next}");
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                word!.Append(quote == '\0' ? "" : $"{c}");
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                word ??= new();
            }
            else if (!char.IsWhiteSpace(c))
            {
                (word ??= new()).Append(c);
            }
            else if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }

        if (quote != '\0')
        {
            throw new FormatException("No closing quotation");
        }

        return word is null ? words : [.. words, word.ToString()];
    }
}
