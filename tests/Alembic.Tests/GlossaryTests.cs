using System.Text.RegularExpressions;

namespace Alembic.Tests;

/// <summary>The pages for users say one thing in one word: the one in the glossary of CONTRIBUTING.md.</summary>
[TestClass]
public sealed partial class GlossaryTests
{
    [TestMethod]
    public void No_page_for_users_has_a_word_that_the_glossary_replaces()
    {
        var words = Replaced(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md")));
        Assert.IsGreaterThan(15, words.Count);
        Assert.IsGreaterThan(15, Pages.ForUsers.Count);
        Assert.IsEmpty(Pages.ForUsers.SelectMany(page => Found(words, File.ReadAllText(page))
            .Select(word => $"{Path.GetFileName(page)}: {word}")));
    }

    [TestMethod]
    public void No_line_of_a_page_for_users_is_longer_than_120_characters() =>
        Assert.IsEmpty(Pages.ForUsers.SelectMany(page => Pages.Prose(File.ReadAllText(page)).Where(line => line.Length > 120)
            .Select(line => $"{Path.GetFileName(page)}: {line}")));

    [TestMethod]
    [DataRow("It is broken off there.", "broken off")]
    [DataRow("`broken off` is a state, and a table says\n| broken off |\n```\nbroken off\n```", "")]
    [DataRow("It is Taken\nback, and unbroken offers stay.", "taken back")]
    public void A_word_is_found_in_prose_alone(string page, string found) =>
        Assert.AreEqual(found, string.Join(' ', Found(["broken off", "taken back"], page)));

    // The last column of the table.
    private static List<string> Replaced(string contributing) =>
    [
        .. contributing[contributing.IndexOf("## Words", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .SelectMany(line => line.Split('|')[3].Split(',', StringSplitOptions.TrimEntries)),
    ];

    private static IEnumerable<string> Found(IEnumerable<string> words, string page)
    {
        var text = Space().Replace(Pages.WithoutCode(string.Join('\n', Pages.Prose(page))), " ");
        return words.Where(word => Regex.IsMatch(text, $@"\b{Regex.Escape(word)}\b", RegexOptions.IgnoreCase));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
