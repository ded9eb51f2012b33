using System.Runtime.InteropServices;
using System.Text.Json;

namespace Alembic.Tool.Compilation;

/// <summary>The list that a build writes beside an assembly: the projects and packages that it needs, with their files.</summary>
internal sealed record DepsFile(string Path, string Target, IReadOnlyList<DepsLibrary> Libraries)
{
    public static string Beside(string assembly) => System.IO.Path.ChangeExtension(assembly, ".deps.json");

    /// <exception cref="AlembicException">The file is not such a list.</exception>
    public static DepsFile Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var (root, target) = (json.RootElement, json.RootElement.GetProperty("runtimeTarget").GetProperty("name").GetString()!);
            var libraries = root.GetProperty("libraries");
            var listed = root.GetProperty("targets").GetProperty(target).EnumerateObject();
            return new DepsFile(path, target, [.. listed.Select(l => Library(l, libraries.GetProperty(l.Name)))]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new AlembicException($"{path} can't be read: {exception.Message}", exception) { Hint = "build the project again" };
        }
    }

    private static DepsLibrary Library(JsonProperty target, JsonElement library)
    {
        var (name, version) = target.Name.Split('/') is [var first, var second] ? (first, second) : (target.Name, "");
        var specific = Assets(target.Value, "runtimeTargets").ToLookup(asset => asset.Value.GetProperty("assetType").GetString());
        return new DepsLibrary(
            name, version, library.GetProperty("type").GetString() == "project",
            library.TryGetProperty("path", out var path) ? path.GetString()! : $"{name}/{version}", Chosen("runtime"), Chosen("native"),
            [.. Assets(target.Value, "dependencies").Select(dependency => dependency.Name)]);

        // Files for this system replace files for all systems.
        IReadOnlyList<DepsAsset> Chosen(string type)
        {
            var byRid = specific[type].ToLookup(asset => asset.Value.GetProperty("rid").GetString());
            return Rids().FirstOrDefault(byRid.Contains) is { } rid ? [.. byRid[rid].Select(asset => new DepsAsset(asset.Name, asset.Name))]
                : [.. Assets(target.Value, type).Select(asset => new DepsAsset(asset.Name, InOutput(asset)))];
        }
    }

    private static string InOutput(JsonProperty asset) =>
        asset.Value.TryGetProperty("localPath", out var local) ? local.GetString()! : System.IO.Path.GetFileName(asset.Name);

    private static IEnumerable<JsonProperty> Assets(JsonElement library, string kind) => library.TryGetProperty(kind, out var assets)
        ? assets.EnumerateObject().Where(asset => !asset.Name.EndsWith("/_._", StringComparison.Ordinal)) : [];

    // The names of this system, the most specific first.
    private static IEnumerable<string> Rids()
    {
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var own = RuntimeInformation.RuntimeIdentifier;
        var isMusl = own.Contains("musl", StringComparison.Ordinal) || own.StartsWith("alpine", StringComparison.Ordinal);
        string[] systems = OperatingSystem.IsWindows() ? ["win"] : OperatingSystem.IsMacOS() ? ["osx", "unix"]
            : isMusl ? ["linux-musl", "linux", "unix"] : ["linux", "unix"];
        return [.. systems.SelectMany(system => new[] { $"{system}-{architecture}", system }), "any"];
    }
}

/// <summary>A project or a package of the list.</summary>
/// <param name="Folder">The folder of its files, below a folder of packages.</param>
/// <param name="Dependencies">The names of the libraries that it needs.</param>
internal sealed record DepsLibrary(
    string Name, string Version, bool IsProject, string Folder, IReadOnlyList<DepsAsset> Assemblies, IReadOnlyList<DepsAsset> Natives,
    IReadOnlyList<string> Dependencies);

/// <summary>A file of a library.</summary>
/// <param name="InPackage">Its path in the package.</param>
/// <param name="InOutput">Its path in the build's output, if the build copied it.</param>
internal sealed record DepsAsset(string InPackage, string InOutput)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(InPackage);
}
