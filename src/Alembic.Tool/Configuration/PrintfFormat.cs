using System.Globalization;
using System.Text;

namespace Alembic.Tool.Configuration;

/// <summary>A Python format string with named fields, such as <c>%(levelname)-5.5s</c> or <c>%(month).2d</c>.</summary>
internal sealed class PrintfFormat
{
    private const int WidthLimit = 1000;

    private readonly List<Part> _parts = [];

    private PrintfFormat()
    {
    }

    /// <summary>A literal (no name), or a field with its printf flags.</summary>
    private sealed record Part(string Text, string? Name = null, char Type = 's', bool Left = false, bool Zero = false, bool Plus = false,
        int Width = 0, int? Precision = null);

    /// <exception cref="FormatException">The text is not a format string; the message is the end of a sentence about it.</exception>
    public static PrintfFormat Parse(string text)
    {
        var format = new PrintfFormat();
        for (var at = 0; at < text.Length;)
        {
            var percent = text.IndexOf('%', at);
            var end = percent < 0 ? text.Length : percent;
            format._parts.Add(new Part(text[at..end]));
            at = percent < 0 ? end : format.ParseField(text, percent + 1);
        }

        return format;
    }

    /// <summary>The names of its fields.</summary>
    public IEnumerable<string> Names => _parts.Where(part => part.Name is not null).Select(part => part.Name!);

    /// <param name="value">Gets the value of a field: text, a whole number (long) or a number (double); null if there is no such
    /// field.</param>
    /// <exception cref="FormatException">A field is unknown, or is not a number although one is needed.</exception>
    public string Render(Func<string, object?> value)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part.Name is null
                ? part.Text
                : Render(part, value(part.Name) ?? throw new FormatException($"has an unknown field '{part.Name}'")));
        }

        return text.ToString();
    }

    private int ParseField(string text, int at)
    {
        if (at < text.Length && text[at] == '%')
        {
            _parts.Add(new Part("%"));
            return at + 1;
        }

        var close = at < text.Length && text[at] == '(' ? text.IndexOf(')', at) : -1;
        if (close < 0)
        {
            throw new FormatException("has a '%' that is followed neither by '%' nor by '(name)'");
        }

        var part = new Part("", text[(at + 1)..close]);
        for (at = close + 1; at < text.Length && text[at] is '-' or '0' or '+' or ' ' or '#'; at++)
        {
            part = part with
            {
                Left = part.Left || text[at] == '-', Zero = part.Zero || text[at] == '0', Plus = part.Plus || text[at] == '+'
            };
        }

        part = part with { Width = Number(text, ref at) };
        if (at < text.Length && text[at] == '.')
        {
            at++;
            part = part with { Precision = Number(text, ref at) };
        }

        if (at >= text.Length || text[at] is not ('s' or 'd' or 'i' or 'f'))
        {
            throw new FormatException($"has a field '{part.Name}' without one of the types s, d, i, f");
        }

        _parts.Add(part with { Type = text[at] });
        return at + 1;
    }

    private static int Number(string text, ref int at)
    {
        var number = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
        {
            number = (number * 10) + (text[at] - '0');
            if (number > WidthLimit)
            {
                throw new FormatException($"has a field wider than {WidthLimit}");
            }
        }

        return number;
    }

    private static string Render(Part part, object value)
    {
        var text = part.Type switch
        {
            's' => Convert.ToString(value, CultureInfo.InvariantCulture)! is var s && part.Precision is { } most && s.Length > most
                ? s[..most]
                : s,
            _ when value is string => throw new FormatException($"formats the field '{part.Name}' as a number, but it is text"),
            'f' => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString($"F{part.Precision ?? 6}", CultureInfo.InvariantCulture),
            _ => Digits(Convert.ToInt64(value, CultureInfo.InvariantCulture), part.Precision ?? 0),
        };
        if (part.Plus && part.Type != 's' && !text.StartsWith('-'))
        {
            text = "+" + text;
        }

        if (part.Left)
        {
            return text + Blank(part.Width - text.Length);
        }

        var sign = part.Type != 's' && text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        return part.Zero && part.Type != 's'
            ? text[..sign] + text[sign..].PadLeft(Math.Max(0, part.Width - sign), '0')
            : text.PadLeft(part.Width);
    }

    // The method that fills a string is compiled at run time, which takes too long for the few blanks after a log level.
    private static string Blank(int count) => count <= 0 ? "" : count <= 8 ? "        "[..count] : new string(' ', count);

    private static string Digits(long number, int least) => number.ToString($"D{least}", CultureInfo.InvariantCulture);
}
