using System.Text.RegularExpressions;

namespace Alembic.Tool.Tests.Layers;

/// <summary>The page about messages explains those that the code has: a heading that is code is one of its texts.</summary>
[TestClass]
public sealed partial class MessagesPageTests
{
    private static readonly List<string> Texts = [.. Sources.All.Trees.SelectMany(MessageWordsTests.Texts).Select(text => text.Text)];

    [TestMethod]
    public void Each_message_on_the_page_is_a_text_in_the_code()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "how-to", "messages.md"));
        var messages = Heading().Matches(page).Select(heading => heading.Groups["message"].Value).ToList();
        Assert.IsGreaterThan(15, messages.Count);
        Assert.IsEmpty(messages.Where(message => !IsInCode(message)));
    }

    [TestMethod]
    [DataRow("Can't locate revision identified by '…'", true)]
    [DataRow("… was not released within … s", true)]
    [DataRow("Can't find revision '…'", false)]
    [DataRow("… s was not released within …", false)]
    public void A_message_is_found_by_its_fixed_parts(string message, bool isFound) => Assert.AreEqual(isFound, IsInCode(message));

    // What differs from one message to the next is "…" on the page.
    private static bool IsInCode(string message)
    {
        var parts = string.Join(".*", message.Split('…').Select(Regex.Escape));
        return Texts.Any(text => Regex.IsMatch(text, parts, RegexOptions.Singleline));
    }

    [GeneratedRegex("^### `(?<message>.+)`$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
