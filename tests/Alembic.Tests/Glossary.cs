using System.Text.RegularExpressions;

namespace Alembic.Tests;

/// <summary>The table of words in CONTRIBUTING.md.</summary>
internal static class Glossary
{
    /// <summary>Those that another word replaces: the last column.</summary>
    public static IReadOnlyList<string> Replaced { get; } =
        Read(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md")));

    /// <summary>Finds words, wherever the lines of a text end.</summary>
    public static Regex Finder(IEnumerable<string> words) =>
        new($@"\b(?:{string.Join('|', words.Select(word => Regex.Escape(word).Replace("\\ ", @"\s+", StringComparison.Ordinal)))})\b",
            RegexOptions.IgnoreCase);

    private static IReadOnlyList<string> Read(string contributing) =>
    [
        .. contributing[contributing.IndexOf("## Words", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .SelectMany(line => line.Split('|')[3].Split(',', StringSplitOptions.TrimEntries)),
    ];
}
