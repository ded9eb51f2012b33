using System.Text;
using System.Text.RegularExpressions;

namespace Alembic.Tests;

/// <summary>Links between the pages lead somewhere: to a file, and to a heading that it has.</summary>
[TestClass]
public sealed partial class LinkTests
{
    [TestMethod]
    public void Each_link_between_pages_leads_to_a_file_and_a_heading()
    {
        var links = Pages.All.SelectMany(page => Link().Matches(Pages.WithoutCode(File.ReadAllText(page)))
            .Select(link => (Page: page, Target: link.Groups["target"].Value))).ToList();
        Assert.IsGreaterThan(100, links.Count);
        Assert.IsEmpty(links.Where(link => !Leads(link.Page, link.Target))
            .Select(link => $"{Path.GetRelativePath(Repository.Root, link.Page)}: {link.Target}"));
    }

    [TestMethod]
    public void A_heading_is_found_by_its_anchor()
    {
        var anchors = Anchors("# Saved plans\n```\n# no heading\n```\n## `op.Query`?\n## Saved plans\n### [Exit](x.md) codes\n");
        Assert.AreEqual("saved-plans opquery saved-plans-1 exit-codes", string.Join(" ", anchors));
    }

    private static bool Leads(string page, string target)
    {
        var (path, anchor) = target.Split('#') is [var file, var heading] ? (file, heading) : (target, null);
        var full = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
        return anchor is null ? Path.Exists(full) : File.Exists(full) && Anchors(File.ReadAllText(full)).Contains(anchor);
    }

    // As GitHub makes them: small letters, hyphens for spaces, a number for a heading that is there twice.
    private static IEnumerable<string> Anchors(string page)
    {
        var seen = new Dictionary<string, int>();
        foreach (Match heading in Heading().Matches(Pages.WithoutBlocks(page)))
        {
            var text = new StringBuilder();
            foreach (var c in Link().Replace(heading.Groups["text"].Value, "[").ToLowerInvariant())
            {
                if (char.IsLetterOrDigit(c) || c is '-' or '_')
                    text.Append(c);
                else if (c == ' ')
                    text.Append('-');
            }
            var anchor = $"{text}";
            yield return seen.TryAdd(anchor, 0) ? anchor : $"{anchor}-{++seen[anchor]}";
        }
    }

    [GeneratedRegex(@"\]\((?!\w+:)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
