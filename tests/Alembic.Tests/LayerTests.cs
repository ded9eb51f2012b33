using System.Text.RegularExpressions;
using Alembic.Databases;

namespace Alembic.Tests;

/// <summary>The table of DESIGN section 2: arrows point down only.</summary>
[TestClass]
public sealed class LayerTests
{
    // What the files of a folder may use besides themselves and the root namespace's exception. A folder that is not here may not exist.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["src/Alembic/Schema"] = [],
        ["src/Alembic/Revisions"] = [],
        ["src/Alembic/Operations"] = ["Alembic.Schema"],
        ["src/Alembic/Databases"] = ["Alembic.Schema", "Alembic.Operations", "Alembic.Databases"],
        ["src/Alembic/Autogenerate"] = ["Alembic.Schema", "Alembic.Operations"],
        ["src/Alembic/Migrations"] = ["Alembic.Schema", "Alembic.Operations", "Alembic.Databases", "Alembic.Autogenerate", "Alembic.Revisions"],
        ["src/Alembic"] = [],
        ["src/Alembic.Sqlite"] = ["Alembic.Databases.Sqlite", "Alembic.Migrations", "Microsoft.Data.Sqlite"],
        ["src/Alembic.PostgreSql"] = ["Alembic.Databases.PostgreSql", "Alembic.Migrations", "Npgsql"],
        ["src/Alembic.MySql"] = ["Alembic.Databases.MySql", "Alembic.Migrations", "MySqlConnector"],
        ["src/Alembic.SqlServer"] = ["Alembic.Databases.SqlServer", "Alembic.Migrations", "Microsoft.Data.SqlClient"],
        ["src/Alembic.Hosting"] = ["Alembic.Migrations"],
        ["src/Alembic.Testing"] = ["Alembic.Autogenerate", "Alembic.Databases", "Alembic.Migrations", "Alembic.Operations", "Alembic.Schema"],
        ["src/Alembic.Compiler"] = ["Microsoft.CodeAnalysis"],
        ["src/Alembic.ModelProbe"] = [],
        ["src/Alembic.Compiler.Native"] = ["Alembic.Compiler"],
        ["src/Alembic.Tool/Output"] = [],
        ["src/Alembic.Tool/Configuration"] = [],
        ["src/Alembic.Tool/Connections"] = ["Alembic.Databases", "Alembic.Operations", "Alembic.Migrations", "Alembic.Sqlite", "Alembic.PostgreSql", "Alembic.MySql", "Alembic.SqlServer", Drivers],
        ["src/Alembic.Tool/Compilation"] = ["Alembic.Compiler", "Alembic.Revisions", "Alembic.Tool"],
        ["src/Alembic.Tool/EntityFramework"] = ["Alembic.ModelProbe", "Alembic.Schema", "Alembic.Operations", "Alembic.Revisions", "Alembic.Tool"],
        ["src/Alembic.Tool/Scripts"] = ["Alembic.Autogenerate", "Alembic.Operations", "Alembic.Revisions", "Alembic.Tool", "Scriban"],
        ["src/Alembic.Tool/Commands"] = ["Alembic.Autogenerate", "Alembic.Revisions", "Alembic.Migrations", "Alembic.Sqlite", "Alembic.Tool", "McMaster"],
        ["src/Alembic.Tool"] = ["Alembic"],
    };

    private const string Drivers = "drivers";
    private static readonly string[] DriverNames = ["Microsoft.Data", "Npgsql", "MySqlConnector"];

    private static string Root => Repository.Root;

    [TestMethod]
    public void Every_using_points_down()
    {
        var wrong = Sources().SelectMany(file => File.ReadLines(file).Index()
            .Where(line => line.Item.StartsWith("using ", StringComparison.Ordinal) && !line.Item.Contains('('))
            .Where(line => !IsAllowed(Folder(file), Name(line.Item)))
            .Select(line => $"{Path.GetRelativePath(Root, file)}:{line.Index + 1}: {line.Item}")).ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    // What one database alone knows stands in its folder: a new one adds a folder, and is asked by the members of Dialect and ComparisonRules.
    [TestMethod]
    public void No_database_is_named_above_its_folder()
    {
        string[] names = [.. Dialects.All.Select(d => $"\"{d.Name}\"")];
        string[] types = ["Sqlite", "PostgreSql", "MySql", "MariaDb", "SqlServer"];
        var wrong = Sources().Where(file => Folder(file) is var folder && new[] { "Schema", "Operations", "Autogenerate", "Migrations" }.Any(f => folder.StartsWith($"src/Alembic/{f}", StringComparison.Ordinal)))
            .SelectMany(file => File.ReadLines(file).Index().Where(line => !line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .Where(line => names.Any(line.Item.Contains) || types.Any(type => Regex.IsMatch(line.Item, $@"\b{type}(Dialect|Type|Alter|Comparison)\b")))
                .Select(line => $"{Path.GetRelativePath(Root, file)}:{line.Index + 1}: {line.Item.Trim()}")).ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    public void Every_folder_stands_in_the_table()
    {
        var unknown = Sources().Select(Folder).Distinct().Where(folder => Row(folder) is null).ToList();
        Assert.IsEmpty(unknown, string.Join("\n", unknown));
        var gone = Allowed.Keys.Where(folder => !Directory.Exists(Path.Combine(Root, folder))).ToList();
        Assert.IsEmpty(gone, string.Join("\n", gone));
    }

    [TestMethod]
    public void A_namespace_says_where_its_file_is()
    {
        var wrong = Sources().SelectMany(file => File.ReadLines(file)
            .Where(line => line.StartsWith("namespace ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1].TrimEnd(';'))
            // What migrations use stands in the root namespace or in that of the schema, beside what it belongs to.
            .Where(name => name is not ("Alembic" or "Alembic.Schema") && !NamespaceOf(Folder(file)).StartsWith(name, StringComparison.Ordinal))
            .Select(name => $"{Path.GetRelativePath(Root, file)}: {name}")).ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    public void What_looks_on_as_steps_are_made_knows_nothing_of_each_other()
    {
        string[] folders = ["Journal", "RunLog", "Backup"];
        string[] Files(string folder) => Directory.GetFiles(Path.Combine(Root, "src/Alembic/Migrations", folder), "*.cs");
        var declared = folders.ToDictionary(folder => folder, folder => Files(folder).SelectMany(
            file => Regex.Matches(File.ReadAllText(file), @"\b(?:class|record|interface|enum) (\w+)").Select(m => m.Groups[1].Value)).ToHashSet());
        Assert.IsTrue(declared.Values.All(names => names.Count > 0));
        var wrong = folders.SelectMany(folder => Files(folder).SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\w+").Select(m => m.Value).Distinct()
            .Where(word => folders.Any(other => other != folder && declared[other].Contains(word)))
            .Select(word => $"{Path.GetRelativePath(Root, file)}: {word}"))).ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    public void The_top_level_holds_what_the_design_lists()
    {
        string[] known = ["src", "tests", "templates", "nuget", "docs", "global.json", "Tool.sln", "LICENSE", "README.md", "CHANGELOG.md"];
        var others = Directory.EnumerateFileSystemEntries(Root).Select(p => Path.GetFileName(p)!)
            .Where(name => !name.StartsWith('.') && !name.StartsWith("Directory.", StringComparison.Ordinal) && name is not ("artifacts" or "TestResults"))
            .Except(known).ToList();
        Assert.IsEmpty(others, string.Join(", ", others));
    }

    [TestMethod]
    public void Files_stay_short()
    {
        var wrong = Sources().Select(file => (Name: Path.GetRelativePath(Root, file).Replace('\\', '/'), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > 300).Select(file => $"{file.Name}: {file.Lines} lines").ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    private static bool IsAllowed(string folder, string name)
    {
        var row = Row(folder)!;
        var own = NamespaceOf(folder);
        if (!name.StartsWith("Alembic", StringComparison.Ordinal))
            return !Restricted(name) || Allowed[row].Any(a => a == Drivers ? DriverNames.Any(d => name.StartsWith(d, StringComparison.Ordinal)) : name.StartsWith(a, StringComparison.Ordinal));
        return name == own || name.StartsWith(own + ".", StringComparison.Ordinal) || Allowed[row].Any(a => name == a || name.StartsWith(a + ".", StringComparison.Ordinal));
    }

    // The libraries that only one layer may know.
    private static bool Restricted(string name) => DriverNames.Concat(["Microsoft.CodeAnalysis", "Scriban", "McMaster"]).Any(r => name.StartsWith(r, StringComparison.Ordinal));

    private static string? Row(string folder) => Allowed.Keys.Where(k => folder == k || folder.StartsWith(k + "/", StringComparison.Ordinal)).MaxBy(k => k.Length);

    private static string NamespaceOf(string folder) => folder["src/".Length..].Replace('/', '.');

    private static string Folder(string file) => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!).Replace('\\', '/');

    private static string Name(string line) => line["using ".Length..].Replace("static ", "", StringComparison.Ordinal).TrimEnd(';').Split('=')[^1].Trim();

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Replace('\\', '/').Split('/').Any(part => part is "obj" or "bin"));
}
