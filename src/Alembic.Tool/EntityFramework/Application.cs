using System.Text.Json.Nodes;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.EntityFramework;

/// <summary>A built application or library, and what it needs to run: as <c>dotnet</c> itself would find it.</summary>
/// <param name="Assemblies">Its assembly, then those of the projects that it references.</param>
/// <param name="DepsFile">The list of its dependencies.</param>
/// <param name="RuntimeConfigFile">Its runtime and frameworks; a library has no such file.</param>
/// <param name="AssetsFile">What restoring its packages found; null where the project is not at hand.</param>
/// <param name="Framework">Its target framework, for example <c>net10.0</c>, or null.</param>
/// <param name="Folder">The folder that it starts in.</param>
internal sealed record Application(
    IReadOnlyList<string> Assemblies, string DepsFile, string RuntimeConfigFile, string? AssetsFile, string? Framework, string Folder)
{
    private const string Runtime = "Microsoft.NETCore.App";

    public static Application Of(ProjectFacts facts, string projectFile) =>
        new(facts.Assemblies, facts.DepsFile, facts.RuntimeConfigFile, facts.AssetsFile, facts.Framework,
            Path.GetDirectoryName(projectFile)!);

    /// <summary>One of which only the build output is there.</summary>
    /// <exception cref="AlembicException">It does not say what it depends on.</exception>
    public static Application Of(string assembly)
    {
        var deps = Compilation.DepsFile.Beside(assembly);
        if (!File.Exists(deps))
        {
            throw new AlembicException($"{deps} does not exist: without it nobody knows what {Path.GetFileName(assembly)} needs to run")
            {
                Hint = "name the project in place of the assembly, or copy the whole of its build output",
            };
        }
        var list = Compilation.DepsFile.Read(deps);
        var folder = Path.GetDirectoryName(assembly)!;
        var files = list.Libraries.Where(l => l.IsProject).SelectMany(l => l.Assemblies).Select(a => Path.Combine(folder, a.InOutput));
        // ".NETCoreApp,Version=v10.0"
        var target = list.Target.Split(['=', '/']);
        return new Application(
            [assembly, .. files.Where(f => f != assembly && File.Exists(f)).Distinct()], deps,
            Path.ChangeExtension(assembly, ".runtimeconfig.json"), null,
            target[0].StartsWith(".NETCoreApp", StringComparison.Ordinal) ? "net" + target[1].TrimStart('v') : null, folder);
    }

    /// <summary>The folders of packages that the dependencies may lie in.</summary>
    public IEnumerable<string> ProbingPaths(Func<string, string?> environment)
    {
        if (Assets() is { } assets)
            return assets["packageFolders"]!.AsObject()
                .Select(folder => Path.TrimEndingDirectorySeparator(folder.Key)).Where(Directory.Exists);
        return new[] { PackageFolders.Default(environment) }.OfType<string>().Where(Directory.Exists);
    }

    /// <summary>
    /// The runtime and frameworks to run with, in a file: its own, or one that is written as its build would for an application.
    /// </summary>
    /// <param name="scratch">Where to write it.</param>
    public string RuntimeConfig(string scratch)
    {
        var isThere = File.Exists(RuntimeConfigFile);
        var options = isThere ? JsonNode.Parse(File.ReadAllBytes(RuntimeConfigFile))!["runtimeOptions"]!.AsObject() : [];
        // A self-contained application brings its frameworks along; here the machine's are used.
        if (options.Remove("includedFrameworks", out var included))
            options["frameworks"] = included!.DeepClone();
        else if (isThere)
            return RuntimeConfigFile;
        else
            options["frameworks"] =
                new JsonArray([.. Frameworks().Select(name => new JsonObject { ["name"] = name, ["version"] = FrameworkVersion })]);
        var file = Path.Combine(scratch, "model.runtimeconfig.json");
        File.WriteAllText(file, new JsonObject { ["runtimeOptions"] = options }.ToJsonString());
        return file;
    }

    private string FrameworkVersion =>
        Framework is not null && Framework.StartsWith("net", StringComparison.Ordinal)
            && Version.TryParse(Framework[3..].Split('-')[0], out var version) && version.Major >= 5
            ? $"{version.Major}.{version.Minor}.0"
            : $"{Environment.Version.Major}.{Environment.Version.Minor}.0";

    // What the project and its packages ask for; of a library whose project is not at hand, what its runtime may need.
    private IEnumerable<string> Frameworks()
    {
        if (Assets() is not { } assets)
            return SharedFrameworks.Find(SharedFrameworks.AspNetCore) is not null ? [Runtime, SharedFrameworks.AspNetCore] : [Runtime];
        var asked = assets["project"]!["frameworks"]!.AsObject()
            .Where(f => Framework is null || f.Key.Equals(Framework, StringComparison.OrdinalIgnoreCase))
            .SelectMany(f => f.Value!["frameworkReferences"]?.AsObject().Select(r => r.Key) ?? []);
        var byPackages = assets["targets"]!.AsObject().SelectMany(t => t.Value!.AsObject())
            .SelectMany(l => l.Value!["frameworkReferences"]?.AsArray().Select(r => r!.GetValue<string>()) ?? []);
        return asked.Concat(byPackages).Append(Runtime).Distinct()
            .Where(name => OperatingSystem.IsWindows() || !name.StartsWith("Microsoft.WindowsDesktop", StringComparison.Ordinal));
    }

    private JsonNode? Assets() => AssetsFile is not null && File.Exists(AssetsFile) ? JsonNode.Parse(File.ReadAllBytes(AssetsFile)) : null;
}
