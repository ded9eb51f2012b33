namespace Alembic.Tests;

/// <summary>The pages for users say one thing in one word: the one in the glossary of CONTRIBUTING.md.</summary>
[TestClass]
public sealed class GlossaryTests
{
    [TestMethod]
    public void No_page_for_users_has_a_word_that_the_glossary_replaces()
    {
        Assert.IsGreaterThan(15, Glossary.Replaced.Count);
        Assert.IsGreaterThan(15, Pages.ForUsers.Count);
        Assert.IsEmpty(Pages.ForUsers.SelectMany(page => Found(Glossary.Replaced, File.ReadAllText(page))
            .Select(word => $"{Path.GetFileName(page)}: {word}")));
    }

    [TestMethod]
    public void No_line_of_a_page_for_users_is_longer_than_120_characters() =>
        Assert.IsEmpty(Pages.ForUsers.SelectMany(page => Pages.Prose(File.ReadAllText(page)).Where(line => line.Length > 120)
            .Select(line => $"{Path.GetFileName(page)}: {line}")));

    [TestMethod]
    [DataRow("It is broken off there.", "broken off")]
    [DataRow("`broken off` is a state, and a table says\n| broken off |\n```\nbroken off\n```", "")]
    [DataRow("It is Taken\nback, and unbroken offers stay.", "Taken\nback")]
    public void A_word_is_found_in_prose_alone(string page, string found) =>
        Assert.AreEqual(found, string.Join(' ', Found(["broken off", "taken back"], page)));

    private static IEnumerable<string> Found(IEnumerable<string> words, string page) =>
        Glossary.Finder(words).Matches(Pages.WithoutCode(string.Join('\n', Pages.Prose(page)))).Select(found => found.Value);
}
