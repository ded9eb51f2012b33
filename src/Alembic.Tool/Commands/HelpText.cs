using System.Text;

namespace Alembic.Tool.Commands;

/// <summary>Fits the parser's help to a width: descriptions continue below themselves, and no word is cut.</summary>
internal static class HelpText
{
    // Between a name and its description.
    private const string Gap = "  ";

    public static string Wrap(string text, int width)
    {
        var result = new StringBuilder();
        foreach (var line in text.Replace("[:<", "[=<", StringComparison.Ordinal).TrimEnd().Split('\n'))
            Wrap(line.TrimEnd(), width, result);
        return result.ToString();
    }

    private static void Wrap(string line, int width, StringBuilder result)
    {
        var indent = line.StartsWith(Gap, StringComparison.Ordinal) ? Description(line) : 0;
        while (line.Length > width)
        {
            var end = line.LastIndexOf(' ', width);
            if (end <= indent)
                break;
            result.Append(line.AsSpan(0, end).TrimEnd()).Append('\n');
            line = new string(' ', indent) + line[(end + 1)..];
        }
        result.Append(line).Append('\n');
    }

    // Where the description of "  --name <VALUE>  description" begins.
    private static int Description(string line)
    {
        var gap = line.IndexOf(Gap, Gap.Length, StringComparison.Ordinal);
        return gap < 0 ? Gap.Length : line.Length - line[gap..].TrimStart().Length;
    }
}
