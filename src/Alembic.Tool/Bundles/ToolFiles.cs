using System.Text.Json.Nodes;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.Bundles;

/// <summary>The files of this program that a bundle needs, taken from the list of the program's dependencies.</summary>
internal sealed class ToolFiles
{
    private const string Name = "dotnet-alembic";
    private const string Configuration = $"{Name}.runtimeconfig.json";

    // Only commands that need the project use these.
    private static readonly string[] NeverNeeded =
        ["Alembic.Testing", "Microsoft.CodeAnalysis.Common", "Microsoft.CodeAnalysis.CSharp", "Scriban.Signed"];

    private readonly string _folder = Path.GetDirectoryName(typeof(ToolFiles).Assembly.Location)!;
    private readonly DepsFile _list;
    private readonly IReadOnlyList<DepsLibrary> _kept;

    /// <param name="unused">The drivers that are not needed.</param>
    /// <param name="shared">The simple names of the assemblies that user code needs. They are always included.</param>
    public ToolFiles(IEnumerable<string> unused, IReadOnlySet<string> shared)
    {
        _list = DepsFile.Read(Path.Combine(_folder, $"{Name}.deps.json"));
        var libraries = _list.Libraries.ToDictionary(library => library.Name);
        HashSet<string> left = [.. NeverNeeded, .. unused];
        var asked = _list.Libraries.Where(library => library.Assemblies.Any(assembly => shared.Contains(assembly.Name)));
        var kept = new HashSet<string>([Name, .. asked.Select(library => library.Name)]);
        var open = new Queue<string>(kept);
        while (open.TryDequeue(out var name))
        {
            foreach (var next in libraries[name].Dependencies.Where(d => libraries.ContainsKey(d) && !left.Contains(d) && kept.Add(d)))
                open.Enqueue(next);
        }
        _kept = [.. _list.Libraries.Where(library => kept.Contains(library.Name))];
    }

    public bool HasProgram => File.Exists(StartProgram);

    // The start program exists on platforms with a package of their own.
    private string StartProgram => Path.Combine(_folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);

    /// <summary>Copies the files into a folder.</summary>
    /// <returns>The words that start the program from there.</returns>
    public IReadOnlyList<string> CopyTo(string target)
    {
        foreach (var file in _kept.SelectMany(library => library.Assemblies.Concat(library.Natives)).Select(asset => asset.InOutput))
            Copy(file, file);
        Copy(Configuration, Configuration);
        File.WriteAllText(Path.Combine(target, Path.GetFileName(_list.Path)), List());
        if (!HasProgram)
            return ["dotnet", $"{Name}.dll"];
        var program = Bundle.Program + Path.GetExtension(StartProgram);
        Copy(Path.GetFileName(StartProgram), program);
        return [program];

        void Copy(string from, string to)
        {
            var copy = Path.Combine(target, to);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(_folder, from), copy);
        }
    }

    // The runtime reads the list, and so do scanners that look for vulnerable packages.
    private string List()
    {
        var json = JsonNode.Parse(File.ReadAllBytes(_list.Path))!;
        var (targets, libraries) = (json["targets"]![_list.Target]!.AsObject(), json["libraries"]!.AsObject());
        var kept = _kept.ToDictionary(library => $"{library.Name}/{library.Version}");
        Keep(targets, kept.ContainsKey);
        Keep(libraries, kept.ContainsKey);
        var names = kept.Values.Select(library => library.Name).ToHashSet();
        foreach (var (name, library) in kept)
        {
            Keep(targets[name]!["dependencies"], names.Contains);
            Keep(targets[name]!["runtimeTargets"], library.Assemblies.Concat(library.Natives).Select(asset => asset.InPackage).Contains);
        }
        return json.ToJsonString(new() { WriteIndented = true });
    }

    private static void Keep(JsonNode? list, Func<string, bool> isKept)
    {
        foreach (var name in (list as JsonObject ?? []).Select(entry => entry.Key).Where(name => !isKept(name)).ToList())
            list!.AsObject().Remove(name);
    }
}
