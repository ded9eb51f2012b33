using System.Globalization;

namespace Alembic.Revisions;

/// <summary>
/// "[label@][symbol](+|-)digits": a number of steps from a revision, or from the current one. Text after the digits is ignored.
/// </summary>
internal readonly record struct RelativeIdentifier(string? Label, string? Symbol, string Text, int Steps)
{
    public static RelativeIdentifier? Parse(string text)
    {
        // A label may contain any character, even @: it ends at the first @ with a valid rest.
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '@' && ParseStep(text[(at + 1)..]) is { } step) return step with { Label = text[..at] };
        }

        return ParseStep(text);
    }

    private static RelativeIdentifier? ParseStep(string text)
    {
        var sign = 0;
        while (sign < text.Length && IsWordCharacter(text[sign])) sign++;
        var end = sign + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end > text.Length || text[sign] is not ('+' or '-') || end == sign + 1) return null;

        // A number beyond int means more steps than any graph has.
        var digits = text[(sign + 1)..end];
        var steps = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return new(null, sign == 0 ? null : text[..sign], text[sign..end], text[sign] == '-' ? -steps : steps);
    }

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';
}
