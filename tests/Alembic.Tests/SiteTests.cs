using System.Text.Json;
using System.Text.RegularExpressions;

namespace Alembic.Tests;

/// <summary>What the site is built from: docfx.json takes the pages, and each section's toc.yml names them.</summary>
[TestClass]
public sealed partial class SiteTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    [TestMethod]
    public void Each_page_is_named_once_in_a_table_of_contents()
    {
        var named = Contents().SelectMany(Named).Where(IsPage).ToList();
        IsEmpty("named twice", named.GroupBy(page => page).Where(page => page.Count() > 1).Select(page => page.Key));
        IsEmpty("not named", Pages.All.Except(named));
        IsEmpty("missing", named.Where(page => !File.Exists(page)));
    }

    [TestMethod]
    public void Each_table_of_contents_is_a_section()
    {
        var sections = Named(Path.Combine(Docs, "toc.yml")).Where(entry => !IsPage(entry))
            .Select(folder => Path.Combine(folder, "toc.yml")).ToList();
        IsEmpty("no section", Contents().Where(file => Path.GetDirectoryName(file) != Docs).Except(sections));
        IsEmpty("missing", sections.Where(file => !File.Exists(file)));
    }

    [TestMethod]
    public void The_site_is_built_from_the_pages_that_are_named()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docfx.json")));
        var built = config.RootElement.GetProperty("build").GetProperty("content").EnumerateArray().SelectMany(Files).ToList();
        var named = Contents().SelectMany(Named).Where(IsPage).ToList();
        IsEmpty("not built", named.Except(built));
        IsEmpty("not named", built.Except(named));
    }

    // GitHub reads it as a bar, DocFX as two characters.
    [TestMethod]
    public void No_code_in_a_table_has_an_escaped_bar() =>
        IsEmpty("with a bar",
            Pages.All.Where(page => Pages.WithoutBlocks(File.ReadAllText(page)).Contains(@"\|", StringComparison.Ordinal)));

    private static IEnumerable<string> Contents() => Directory.EnumerateFiles(Docs, "toc.yml", SearchOption.AllDirectories);

    private static IEnumerable<string> Named(string contents) => Entry().Matches(File.ReadAllText(contents))
        .Select(entry => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(contents)!, entry.Groups["target"].Value)));

    private static IEnumerable<string> Files(JsonElement content)
    {
        var folder = Path.GetFullPath(content.TryGetProperty("src", out var src) ? src.GetString()! : ".", Repository.Root);
        return content.GetProperty("files").EnumerateArray().Select(files => files.GetString()!)
            .Where(IsPage)
            .SelectMany(files => files.StartsWith("**/", StringComparison.Ordinal)
                ? Directory.EnumerateFiles(folder, files[3..], SearchOption.AllDirectories)
                : [Path.Combine(folder, files)]);
    }

    private static bool IsPage(string path) => path.EndsWith(".md", StringComparison.Ordinal);

    private static void IsEmpty(string what, IEnumerable<string> paths) =>
        Assert.AreEqual("", string.Join(", ", paths.Select(path => Path.GetRelativePath(Repository.Root, path))), what);

    [GeneratedRegex(@"^ *(?:- )?href: (?<target>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
