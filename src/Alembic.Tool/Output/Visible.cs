using System.Globalization;
using System.Text;

namespace Alembic.Tool.Output;

/// <summary>
/// Shows characters that a terminal would obey, and those that would invisibly turn or break a line: \u001b instead of the escape
/// character.
/// </summary>
internal static class Visible
{
    /// <summary>Gets the text. Line feeds and tabs stay.</summary>
    public static string Text(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            if (isWhole && IsHarmless(rune, followedBy: at + 1 < text.Length ? text[at + 1] : '\0'))
                result.Append(text, at, rune.Utf16SequenceLength);
            else
                result.Append(CultureInfo.InvariantCulture, $"\\{(isWhole && !rune.IsBmp ? $"U{rune.Value:x8}" : $"u{(int)text[at]:x4}")}");
            at += isWhole ? rune.Utf16SequenceLength : 1;
        }

        return result.ToString();
    }

    // The joiners of scripts and of emoji do not change the order.
    private static bool IsHarmless(Rune rune, char followedBy) => rune.Value switch
    {
        '\n' or '\t' or 0x200c or 0x200d => true,
        '\r' => followedBy == '\n',
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator),
    };
}
