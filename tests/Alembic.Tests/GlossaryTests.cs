using System.Text.RegularExpressions;

namespace Alembic.Tests;

/// <summary>The pages for users say one thing in one word: the one in the glossary of CONTRIBUTING.md.</summary>
[TestClass]
public sealed partial class GlossaryTests
{
    // It is for whoever opens the code.
    private static readonly string[] Others = ["architecture.md"];

    private static IEnumerable<string> Pages =>
    [
        Path.Combine(Repository.Root, "README.md"),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "reference"), "*.md"),
    ];

    [TestMethod]
    public void No_page_for_users_has_a_word_that_the_glossary_replaces()
    {
        var words = Words(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md")));
        Assert.IsGreaterThan(15, words.Count);
        var pages = Pages.Where(page => !Others.Contains(Path.GetFileName(page))).ToList();
        Assert.IsGreaterThan(15, pages.Count);
        Assert.IsEmpty(pages.SelectMany(page => Found(words, File.ReadAllText(page))
            .Select(found => $"{Path.GetFileName(page)}: {found}")));
    }

    [TestMethod]
    public void No_line_of_a_page_is_longer_than_120_characters()
    {
        Assert.IsEmpty(Pages.SelectMany(page => Prose(File.ReadAllText(page)).Where(line => line.Length > 120)
            .Select(line => $"{Path.GetFileName(page)}: {line}")));
    }

    [TestMethod]
    [DataRow("It is broken off there.", "broken off")]
    [DataRow("`broken off` is a state, and a table says\n| broken off |\n```\nbroken off\n```", "")]
    [DataRow("It is Taken\nback, and unbroken offers stay.", "taken back")]
    public void A_word_is_found_in_prose_alone(string page, string found) =>
        Assert.AreEqual(found, string.Join(' ', Found(["broken off", "taken back"], page)));

    private static List<string> Words(string contributing) =>
    [
        .. contributing[contributing.IndexOf("## Words", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .SelectMany(line => line.Split('|')[3].Split(',', StringSplitOptions.TrimEntries)),
    ];

    private static IEnumerable<string> Found(IEnumerable<string> words, string page)
    {
        var text = Space().Replace(Span().Replace(string.Join('\n', Prose(page)), ""), " ");
        return words.Where(word => Regex.IsMatch(text, $@"\b{Regex.Escape(word)}\b", RegexOptions.IgnoreCase));
    }

    // Without blocks of code and tables.
    private static IEnumerable<string> Prose(string page)
    {
        var isCode = false;
        foreach (var line in page.ReplaceLineEndings("\n").Split('\n'))
        {
            var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isCode ^= isFence;
            if (!isCode && !isFence && !line.TrimStart().StartsWith('|'))
                yield return line;
        }
    }

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
