using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Alembic.Tool.Tests.Layers;

/// <summary>The sources of all projects of src, compiled in memory as their project files say.</summary>
internal sealed class Sources
{
    private static readonly Lazy<Sources> Loaded = new(() => new());
    private static readonly string Root = Path.Combine(Repository.Root, "src");

    // What the SDK writes into each project.
    private const string Implicit = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    private readonly Dictionary<string, XDocument> _projects = Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(project => project, XDocument.Load);

    private readonly ConcurrentDictionary<string, SyntaxTree> _trees = [];
    private readonly Dictionary<string, CSharpCompilation> _compilations = [];
    private readonly List<MetadataReference> _libraries;

    private Sources()
    {
        // Whatever this test runs with: a compiler takes from it what a project uses.
        var own = _projects.Keys.Select(AssemblyName).ToHashSet();
        _libraries =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(file => !own.Contains(Path.GetFileNameWithoutExtension(file)))
                .Select(file => MetadataReference.CreateFromFile(file)),
        ];
        Parallel.ForEach(_projects.Keys.SelectMany(Files).Distinct(),
            file => _trees[file] = Parse(File.ReadAllText(file), Path.GetRelativePath(Root, file)));
        foreach (var project in _projects.Keys)
            Compile(project);
        Uses =
        [
            .. _compilations.Values
                .SelectMany(project => project.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).Select(tree => (project, tree)))
                .AsParallel().SelectMany(file => Use.In(file.project, file.tree)),
        ];
    }

    public static Sources All => Loaded.Value;

    public IReadOnlyList<Use> Uses { get; }

    public IEnumerable<SyntaxTree> Trees => _trees.Values;

    /// <summary>The errors of declarations, but for what source generators would add.</summary>
    public IEnumerable<Diagnostic> Errors => _compilations.Values.SelectMany(project => project.GetDeclarationDiagnostics())
        .Where(found => found.Severity == DiagnosticSeverity.Error && found.Id is not ("CS8795" or "CS0534"));

    private CSharpCompilation Compile(string project)
    {
        if (_compilations.TryGetValue(project, out var known))
            return known;
        var friends = Included(project, "InternalsVisibleTo")
            .Select(name => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{name}\")]");
        return _compilations[project] = CSharpCompilation.Create(
            AssemblyName(project),
            [Parse(Implicit + string.Join('\n', friends), ""), .. Files(project).Select(file => _trees[file])],
            [.. _libraries, .. References(project).Distinct().Select(other => Compile(other).ToMetadataReference())],
            new(
                _projects[project].Descendants("OutputType").Any() ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    private string AssemblyName(string project) =>
        _projects[project].Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);

    private IEnumerable<string> Included(string project, string item) => _projects[project].Descendants(item)
        .Where(element => (string?)element.Attribute("ReferenceOutputAssembly") != "false")
        .Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));

    private IEnumerable<string> Files(string project) => Directory
        .EnumerateFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Concat(Included(project, "Compile").Select(path => Beside(project, path)));

    private IEnumerable<string> References(string project) => Included(project, "ProjectReference").Select(path => Beside(project, path))
        .SelectMany(other => References(other).Prepend(other));

    private static string Beside(string project, string path) => Path.GetFullPath(path, Path.GetDirectoryName(project)!);

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text), new CSharpParseOptions(LanguageVersion.Preview), path.Replace('\\', '/'));
}
