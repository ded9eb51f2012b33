namespace Alembic.Tests;

/// <summary>Where things stand in the repository. Which folder may use which is in LayerTests of the tool's tests.</summary>
[TestClass]
public sealed class LayoutTests
{
    private static string Root => Repository.Root;

    [TestMethod]
    public void A_namespace_says_where_its_file_is()
    {
        var wrong = Sources().SelectMany(file => File.ReadLines(file)
            .Where(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1].TrimEnd(';'))
            // What migrations use stands in the root namespace or in that of the schema, beside what it belongs to.
            .Where(name => name is not ("Alembic" or "Alembic.Schema") && !NamespaceOf(file).StartsWith(name, StringComparison.Ordinal))
            .Select(name => $"{Path.GetRelativePath(Root, file)}: {name}")).ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    public void The_top_level_holds_what_the_design_lists()
    {
        string[] known = ["src", "tests", "templates", "nuget", "docs", "global.json", "docfx.json", "Tool.sln", "LICENSE", "README.md",
            "CHANGELOG.md", "CONTRIBUTING.md"];
        var others = Directory.EnumerateFileSystemEntries(Root).Select(p => Path.GetFileName(p)!)
            .Where(name => !name.StartsWith('.') && !name.StartsWith("Directory.", StringComparison.Ordinal)
                && name is not ("artifacts" or "TestResults"))
            .Except(known).ToList();
        Assert.IsEmpty(others, string.Join(", ", others));
    }

    [TestMethod]
    public void Files_stay_short()
    {
        var wrong = Sources()
            .Select(file => (Name: Path.GetRelativePath(Root, file).Replace('\\', '/'), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > 300).Select(file => $"{file.Name}: {file.Lines} lines").ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    // The compiler's rule about long lines passes over comments and texts of several lines.
    [TestMethod]
    public void Lines_stay_short()
    {
        var wrong = Sources().SelectMany(file => File.ReadLines(file).Index()
            .Where(line => line.Item.Length > 140)
            .Select(line => $"{Path.GetRelativePath(Root, file)}:{line.Index + 1}")).ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    public void Random_samples_are_the_same_in_every_run()
    {
        var wrong = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not ("FixedSamples.cs" or "LayoutTests.cs"))
            .Where(file => File.ReadAllText(file).Contains(".Sample(", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file)).ToList();
        Assert.IsEmpty(wrong, "FixedSamples.Check is for these: " + string.Join("\n", wrong));
    }

    private static string NamespaceOf(string file) =>
        Path.GetRelativePath(Path.Combine(Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Replace('\\', '/').Split('/').Any(part => part is "obj" or "bin"));
}
