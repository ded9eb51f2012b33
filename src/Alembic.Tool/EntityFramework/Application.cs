using System.Text.Json.Nodes;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.EntityFramework;

/// <summary>A built application or library, and what it needs to run, found as <c>dotnet</c> itself would.</summary>
/// <param name="Assemblies">Its assembly, then those of the projects that it references.</param>
/// <param name="DepsFile">The list of its dependencies.</param>
/// <param name="RuntimeConfigFile">Its runtime and frameworks; a library has no such file.</param>
/// <param name="AssetsFile">The result of restoring its packages; null if there is no project.</param>
/// <param name="Framework">Its target framework, for example <c>net10.0</c>, or null.</param>
/// <param name="Folder">The folder that it starts in.</param>
internal sealed record Application(
    IReadOnlyList<string> Assemblies, string DepsFile, string RuntimeConfigFile, string? AssetsFile, string? Framework, string Folder)
{
    private const string Runtime = "Microsoft.NETCore.App";

    public static Application Of(ProjectFacts facts, string projectFile) =>
        new(facts.Assemblies, facts.DepsFile, facts.RuntimeConfigFile, facts.AssetsFile, facts.Framework,
            Path.GetDirectoryName(projectFile)!);

    /// <summary>Gets an application that has only its build output.</summary>
    /// <exception cref="AlembicException">The output has no list of its dependencies.</exception>
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

    /// <summary>Gets the package folders that the dependencies may be in.</summary>
    public IEnumerable<string> ProbingPaths(Func<string, string?> environment)
    {
        if (Assets() is { } assets)
            return assets["packageFolders"]!.AsObject()
                .Select(folder => Path.TrimEndingDirectorySeparator(folder.Key)).Where(Directory.Exists);
        return new[] { PackageFolders.Default(environment) }.OfType<string>().Where(Directory.Exists);
    }

    /// <summary>
    /// Gets a file with the runtime and frameworks to run with: the application's own, or one that is written as its build would for an
    /// application.
    /// </summary>
    /// <param name="scratch">The folder to write it into.</param>
    public string RuntimeConfig(string scratch)
    {
        var isThere = File.Exists(RuntimeConfigFile);
        var options = isThere ? JsonNode.Parse(File.ReadAllBytes(RuntimeConfigFile))!["runtimeOptions"]!.AsObject() : [];
        // A self-contained application includes its frameworks. Here the machine's are used.
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

    // The frameworks of the project and its packages; for a library without its project, those that its runtime may need.
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
