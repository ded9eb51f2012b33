using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Alembic.Tool.Tests.Layers;

/// <summary>Arrows between folders point down only. An arrow is a symbol that one folder uses and another declares.</summary>
[TestClass]
public sealed class LayerTests
{
    // For each folder of src the folders and libraries that it uses, those of the library's root apart. A new arrow is a line in
    // review; an old one that
    // is gone has to go here too.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Alembic"] = [],
        ["Alembic/Schema"] = [],
        ["Alembic/Schema/Annotations"] = ["Alembic/Schema"],
        ["Alembic/Revisions"] = [],
        ["Alembic/Operations"] = ["Alembic/Schema"],
        ["Alembic/Lint"] = ["Alembic/Operations", "Alembic/Schema"],
        ["Alembic/Autogenerate"] = ["Alembic/Operations", "Alembic/Revisions", "Alembic/Schema"],
        ["Alembic/Databases/MySql"] = ["Alembic/Lint", "Alembic/Operations", "Alembic/Schema"],
        ["Alembic/Databases/PostgreSql"] = ["Alembic/Lint", "Alembic/Operations", "Alembic/Schema"],
        ["Alembic/Databases/SqlServer"] = ["Alembic/Lint", "Alembic/Operations", "Alembic/Schema"],
        ["Alembic/Databases/Sqlite"] = ["Alembic/Lint", "Alembic/Operations", "Alembic/Schema"],
        ["Alembic/Databases"] =
        [
            "Alembic/Databases/MySql", "Alembic/Databases/PostgreSql", "Alembic/Databases/SqlServer",
            "Alembic/Databases/Sqlite", "Alembic/Lint", "Alembic/Operations", "Alembic/Schema",
        ],
        ["Alembic/Migrations"] = ["Alembic/Autogenerate", "Alembic/Operations", "Alembic/Revisions", "Alembic/Schema"],
        ["Alembic/Migrations/Sessions"] = ["Alembic/Migrations", "Alembic/Operations"],
        // What looks on as steps are made knows nothing of each other.
        ["Alembic/Migrations/Backup"] = ["Alembic/Migrations", "Alembic/Migrations/Sessions", "Alembic/Operations", "Alembic/Revisions"],
        ["Alembic/Migrations/Journal"] =
        [
            "Alembic/Migrations", "Alembic/Migrations/Sessions", "Alembic/Operations", "Alembic/Revisions", "Alembic/Schema",
        ],
        ["Alembic/Migrations/RunLog"] =
        [
            "Alembic/Migrations", "Alembic/Migrations/Sessions", "Alembic/Operations", "Alembic/Revisions", "Alembic/Schema",
        ],
        ["Alembic/Migrations/Online"] =
        [
            "Alembic/Migrations", "Alembic/Migrations/Backup", "Alembic/Migrations/Journal", "Alembic/Migrations/RunLog",
            "Alembic/Migrations/Sessions", "Alembic/Operations", "Alembic/Revisions",
        ],
        ["Alembic/Migrations/Offline"] = ["Alembic/Migrations", "Alembic/Migrations/Sessions", "Alembic/Operations", "Alembic/Revisions"],
        ["Alembic/Migrations/Preview"] =
            ["Alembic/Migrations", "Alembic/Migrations/Offline", "Alembic/Operations", "Alembic/Revisions", "Alembic/Schema"],
        ["Alembic/Migrations/Verbs"] =
        [
            "Alembic/Autogenerate", "Alembic/Migrations", "Alembic/Migrations/Journal", "Alembic/Migrations/Offline",
            "Alembic/Migrations/Online", "Alembic/Migrations/Preview", "Alembic/Migrations/RunLog", "Alembic/Migrations/Sessions",
            "Alembic/Operations", "Alembic/Revisions", "Alembic/Schema",
        ],
        ["Alembic.Sqlite"] = ["Alembic/Databases/Sqlite", "Alembic/Migrations", "Alembic/Migrations/Verbs", "Microsoft.Data.Sqlite"],
        ["Alembic.PostgreSql"] =
            ["Alembic/Databases/PostgreSql", "Alembic/Migrations", "Alembic/Migrations/Verbs", "Alembic/Operations", "Npgsql"],
        ["Alembic.MySql"] =
            ["Alembic/Databases/MySql", "Alembic/Migrations", "Alembic/Migrations/Verbs", "Alembic/Operations", "MySqlConnector"],
        ["Alembic.SqlServer"] =
        [
            "Alembic/Databases/SqlServer", "Alembic/Migrations", "Alembic/Migrations/Verbs", "Alembic/Operations",
            "Microsoft.Data.SqlClient",
        ],
        ["Alembic.Hosting"] = ["Alembic/Migrations", "Alembic/Migrations/Verbs", "Alembic/Revisions"],
        ["Alembic.Testing"] =
        [
            "Alembic/Autogenerate", "Alembic/Databases", "Alembic/Migrations", "Alembic/Migrations/Verbs",
            "Alembic/Operations", "Alembic/Revisions", "Alembic/Schema",
        ],
        ["Alembic.Compiler"] = ["Microsoft.CodeAnalysis"],
        ["Alembic.Compiler/Remote"] = ["Alembic.Compiler"],
        ["Alembic.Compiler.Native"] = ["Alembic.Compiler", "Alembic.Compiler/Remote"],
        ["Alembic.ModelProbe"] = [],
        ["Alembic.Tool.Native"] = ["Alembic.Tool", "Alembic.Tool/Platform"],
        ["Alembic.Tool/Output"] = [],
        ["Alembic.Tool/Platform"] = ["Alembic.Tool/Output"],
        ["Alembic.Tool/Configuration"] = ["Alembic.Tool/Platform"],
        ["Alembic.Tool/Connections"] =
        [
            "Alembic.MySql", "Alembic.PostgreSql", "Alembic.SqlServer", "Alembic.Sqlite", "Alembic.Tool/Platform",
            "Alembic/Databases", "Alembic/Migrations", "Alembic/Operations", "Microsoft.Data.SqlClient",
            "Microsoft.Data.Sqlite", "MySqlConnector", "Npgsql",
        ],
        ["Alembic.Tool/Compilation"] =
        [
            "Alembic.Compiler", "Alembic.Compiler/Remote", "Alembic.Tool/Configuration", "Alembic.Tool/Platform",
            "Alembic/Migrations", "Alembic/Operations", "Alembic/Revisions",
        ],
        ["Alembic.Tool/Scripts"] =
        [
            "Alembic.Compiler", "Alembic.Tool/Compilation", "Alembic.Tool/Configuration", "Alembic.Tool/Platform",
            "Alembic/Migrations", "Alembic/Operations", "Alembic/Revisions", "Scriban",
        ],
        ["Alembic.Tool/Bundles"] =
        [
            "Alembic.Tool/Compilation", "Alembic.Tool/Configuration", "Alembic.Tool/Output", "Alembic/Migrations", "Alembic/Revisions",
        ],
        ["Alembic.Tool/EntityFramework"] =
        [
            "Alembic.ModelProbe", "Alembic.Tool/Compilation", "Alembic.Tool/Configuration", "Alembic.Tool/Platform", "Alembic.Tool/Scripts",
            "Alembic/Migrations", "Alembic/Operations", "Alembic/Revisions", "Alembic/Schema",
        ],
        ["Alembic.Tool/Documents"] =
        [
            "Alembic.Tool/Output", "Alembic.Tool/Platform", "Alembic.Tool/Scripts", "Alembic/Autogenerate", "Alembic/Lint",
            "Alembic/Migrations", "Alembic/Migrations/Preview", "Alembic/Operations", "Alembic/Revisions",
        ],
        ["Alembic.Tool/Watching"] = ["Alembic.Tool/Documents", "Alembic.Tool/Platform"],
        ["Alembic.Tool/Projects"] =
        [
            "Alembic.Tool/Bundles",
            "Alembic.Tool/Compilation", "Alembic.Tool/Configuration", "Alembic.Tool/Connections", "Alembic.Tool/Documents",
            "Alembic.Tool/EntityFramework", "Alembic.Tool/Output", "Alembic.Tool/Platform", "Alembic.Tool/Scripts",
            "Alembic/Autogenerate", "Alembic/Databases", "Alembic/Databases/Sqlite", "Alembic/Migrations",
            "Alembic/Migrations/Verbs", "Alembic/Operations", "Alembic/Revisions", "Alembic/Schema", "McMaster",
        ],
        ["Alembic.Tool/Commands"] =
        [
            "Alembic.Sqlite", "Alembic.Testing", "Alembic.Tool/Bundles", "Alembic.Tool/Configuration", "Alembic.Tool/Connections",
            "Alembic.Tool/Documents", "Alembic.Tool/EntityFramework",
            "Alembic.Tool/Platform", "Alembic.Tool/Projects", "Alembic.Tool/Scripts", "Alembic/Autogenerate", "Alembic/Databases",
            "Alembic/Lint", "Alembic/Migrations", "Alembic/Migrations/Preview", "Alembic/Migrations/Verbs",
            "Alembic/Operations", "Alembic/Revisions", "McMaster",
        ],
        ["Alembic.Tool"] =
        [
            "Alembic.Compiler", "Alembic.Tool/Bundles", "Alembic.Tool/Commands", "Alembic.Tool/Compilation", "Alembic.Tool/Configuration",
            "Alembic.Tool/Documents", "Alembic.Tool/Output", "Alembic.Tool/Platform", "Alembic.Tool/Projects", "Alembic.Tool/Scripts",
            "Alembic.Tool/Watching", "Alembic/Databases", "Alembic/Migrations", "Alembic/Migrations/Sessions", "Alembic/Operations",
            "Alembic/Revisions",
        ],
    };

    // The libraries that only those may use who say so.
    private static readonly string[] Restricted =
        ["Microsoft.Data.Sqlite", "Microsoft.Data.SqlClient", "Npgsql", "MySqlConnector", "Microsoft.CodeAnalysis", "Scriban", "McMaster"];

    // The files of the library that touch files or the console, each with its reason.
    private static readonly Dictionary<string, string> Touching = new()
    {
        ["Alembic/EnvironmentContext.cs"] = "what env.cs prints goes there unless somebody hands in a writer",
        ["Alembic/Databases/Sqlite/SqliteLock.cs"] = "for SQLite the file system is the server: a file is its lock (decision 28)",
    };

    private static readonly string[] FileTypes =
    [
        "File", "FileInfo", "FileStream", "FileSystemInfo", "FileSystemWatcher", "Directory", "DirectoryInfo", "DriveInfo", "RandomAccess",
    ];

    [TestMethod]
    public void The_sources_are_read_without_an_error()
    {
        var errors = Sources.All.Errors.ToList();
        Assert.IsEmpty(errors, string.Join("\n", errors));
    }

    [TestMethod]
    public void Every_folder_uses_what_its_row_says()
    {
        var arrows = Sources.All.Uses.Select(use => (use.Folder, Target: Target(use), use))
            .Where(arrow => arrow.Target is not (null or "Alembic"))
            .GroupBy(arrow => (arrow.Folder, arrow.Target), arrow => arrow.use).ToDictionary(group => group.Key, group => group.First());
        var wrong = arrows.Where(arrow => Allowed.TryGetValue(arrow.Key.Folder, out var row) && !row.Contains(arrow.Key.Target))
            .Select(arrow => $"{arrow.Key.Folder} may not use {arrow.Key.Target}: {arrow.Value}")
            .Concat(from row in Allowed
                from target in row.Value
                where !arrows.ContainsKey((row.Key, target))
                select $"{row.Key} does not use {target}: take it out of the row")
            .Order(StringComparer.Ordinal).ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    public void Every_folder_has_a_row()
    {
        var folders = Sources.All.Trees.Select(Use.FolderOf).Distinct().ToList();
        Assert.IsEmpty(folders.Except(Allowed.Keys), "have no row");
        Assert.IsEmpty(Allowed.Keys.Except(folders), "are no folders");
    }

    [TestMethod]
    public void No_folders_use_each_other_in_a_ring()
    {
        var ring = Ring(Sources.All.Uses);
        Assert.IsEmpty(ring, string.Join("\n", ring));
    }

    [TestMethod]
    public void The_library_touches_no_files_and_no_console()
    {
        var uses = Sources.All.Uses.Where(use => use.Folder.Split('/')[0] == "Alembic" && TouchesTheSystem(use.Symbol)).ToList();
        var wrong = uses.Where(use => !Touching.ContainsKey(use.Place.Split(':')[0])).ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
        Assert.IsEmpty(Touching.Keys.Except(uses.Select(use => use.Place.Split(':')[0])), "touch nothing: take them out of the list");
    }

    [TestMethod]
    public void A_use_is_found_by_its_symbol()
    {
        var uses = Uses(
            ("low/A.cs", "public class A { public B Next => new(); }"),
            ("high/B.cs", "public class B { public void Go() { } }"),
            ("user/C.cs", "class C { void M(A a) { var next = a.Next; next.Go(); } }")).Where(use => use.Target is not null)
            .Select(use => $"{use.Folder} -> {use.Target} by {use}").Distinct();
        Assert.AreEqual(
            """
            low -> high by low/A.cs:1: B
            low -> high by low/A.cs:1: B.B()
            user -> high by user/C.cs:1: B
            user -> high by user/C.cs:1: B.Go()
            user -> low by user/C.cs:1: A
            user -> low by user/C.cs:1: A.Next
            """.ReplaceLineEndings("\n"),
            string.Join('\n', uses.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void A_ring_is_told_with_its_symbols()
    {
        var ring = Ring(Uses(
            ("one/A.cs", "class A { B? b; }"),
            ("two/B.cs", "class B { C? c; }"),
            ("three/C.cs", "class C { A? a; }"),
            ("four/D.cs", "class D { A? a; }")));
        Assert.AreEqual(
            "one -> two: one/A.cs:1: B\nthree -> one: three/C.cs:1: A\ntwo -> three: two/B.cs:1: C",
            string.Join('\n', ring.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    [DataRow("new System.IO.StreamReader(path)", true)]
    [DataRow("System.IO.File.Exists(path)", true)]
    [DataRow("System.IO.Path.Exists(path)", true)]
    [DataRow("System.IO.Path.GetTempFileName()", true)]
    [DataRow("System.Console.In", true)]
    [DataRow("new System.IO.StreamReader(stream)", false)]
    [DataRow("System.IO.Path.Combine(path, path)", false)]
    public void What_touches_a_file_is_known_by_its_symbol(string expression, bool touches) => Assert.AreEqual(
        touches,
        Uses(("a/A.cs", $"class A {{ object M(string path, System.IO.Stream stream) => {expression}; }}"))
            .Any(use => TouchesTheSystem(use.Symbol)));

    private static string? Target(Use use) => use.Target
        ?? Restricted.FirstOrDefault(library => use.Symbol.ContainingAssembly?.Name.StartsWith(library, StringComparison.Ordinal) == true);

    // A shortest way from a folder back to itself, as one use for each arrow; empty where there is none.
    private static IReadOnlyList<string> Ring(IEnumerable<Use> uses)
    {
        var arrows = uses.Where(use => use.Target is not null).GroupBy(use => use.Folder)
            .ToDictionary(group => group.Key, group => group.DistinctBy(use => use.Target).ToList());
        foreach (var start in arrows.Keys)
        {
            Queue<IReadOnlyList<Use>> ways = new(arrows[start].Select(use => new[] { use }));
            HashSet<string> seen = [];
            while (ways.TryDequeue(out var way))
            {
                var end = way[^1].Target!;
                if (end == start)
                    return [.. way.Select(use => $"{use.Folder} -> {use.Target}: {use}")];
                if (seen.Add(end))
                    arrows.GetValueOrDefault(end, []).ForEach(use => ways.Enqueue([.. way, use]));
            }
        }
        return [];
    }

    // The names of paths are only text; asking what is there is not.
    private static bool TouchesTheSystem(ISymbol symbol) => (symbol as INamedTypeSymbol ?? symbol.ContainingType) is { } type
        && type.ContainingNamespace.ToDisplayString() switch
        {
            "System.IO" => FileTypes.Contains(type.Name)
                || type.Name == "Path" && symbol.Name is "Exists" or "GetTempFileName" or "GetTempPath"
                || type.Name is "StreamReader" or "StreamWriter"
                    && symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [var first, ..] }
                    && first.Type.SpecialType == SpecialType.System_String,
            "System" => type.Name == "Console",
            _ => false,
        };

    private static IEnumerable<Use> Uses(params (string Path, string Text)[] files)
    {
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Path)).ToList();
        var libraries = new[] { "System.Private.CoreLib", "System.Runtime", "System.Console" }.Select(System.Reflection.Assembly.Load);
        var compilation = CSharpCompilation.Create("test", trees,
            libraries.Select(library => MetadataReference.CreateFromFile(library.Location)));
        return trees.SelectMany(tree => Use.In(compilation, tree));
    }
}
