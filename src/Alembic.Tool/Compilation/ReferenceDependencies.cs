using System.Text.Json;

namespace Alembic.Tool.Compilation;

/// <summary>
/// What the user's references depend on: the projects and packages of their deps.json, beside them or in NuGet's folders, and the
/// frameworks of their runtimeconfig.json. A missing one matters only if it is used.
/// </summary>
internal sealed class ReferenceDependencies
{
    private readonly string? _packages;
    private readonly Dictionary<string, string> _assemblies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _natives = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (DepsFile Deps, DepsLibrary Library)> _missing = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _frameworks = [];
    private readonly List<(string Name, string Version, string NeededBy)> _missingFrameworks = [];
    private readonly List<string> _folders = [];
    private readonly List<string> _inputs = [];
    private readonly List<string> _projects = [];

    public ReferenceDependencies(IReadOnlyList<string> references, Func<string, string?> environment)
    {
        _packages = PackageFolders.Default(environment);
        foreach (var reference in references)
        {
            if (Existing(DepsFile.Beside(reference)) is { } deps)
                Add(DepsFile.Read(deps));
            else
                _folders.Add(Path.GetDirectoryName(reference)!);
            if (Existing(Path.ChangeExtension(reference, ".runtimeconfig.json")) is { } config)
                AddFrameworks(config);
        }
    }

    /// <summary>The files that list the dependencies.</summary>
    public IReadOnlyList<string> Inputs => _inputs;

    /// <summary>The assemblies of projects that the references need. They change without a change of any list.</summary>
    public IReadOnlyList<string> Projects => _projects;

    /// <summary>The native libraries that the references need.</summary>
    public IEnumerable<string> Natives => _natives.Values.Distinct();

    /// <summary>Gets the assemblies to compile against: the listed ones, and those of all frameworks.</summary>
    /// <param name="references">The user's references.</param>
    public IEnumerable<string> ToCompile(IReadOnlyList<AssemblyFile> references)
    {
        var found = new Dictionary<string, string>(_assemblies, StringComparer.OrdinalIgnoreCase);
        var needed = new Queue<AssemblyFile>(references);
        var frameworks = _frameworks.ToHashSet();
        foreach (var assembly in _assemblies.Values)
            needed.Enqueue(AssemblyFile.Read(assembly));
        // Without a list, the assemblies beside them are used. A library does not say that it needs ASP.NET Core.
        while (needed.TryDequeue(out var file))
        {
            foreach (var name in file.References.Select(r => r.Name!))
            {
                if (HostAssemblies.IsVisible(name) || found.ContainsKey(name) || Find(name) is not { } path)
                    continue;
                var folder = Path.GetDirectoryName(path)!;
                if (SharedFrameworks.Contains(folder))
                    frameworks.Add(folder);
                else if (found.TryAdd(name, path))
                    needed.Enqueue(AssemblyFile.Read(path));
            }
        }
        return found.Values.Concat(frameworks.SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")));
    }

    public string? Find(string name) =>
        _assemblies.GetValueOrDefault(name)
        ?? _folders.Concat(_frameworks).Append(SharedFrameworks.Find(SharedFrameworks.AspNetCore)).OfType<string>()
            .Select(folder => Path.Combine(folder, $"{name}.dll")).FirstOrDefault(File.Exists);

    /// <param name="name">As code names it, with or without the prefix and the extension of the system.</param>
    public string? FindNative(string name)
    {
        string[] names = [name, $"lib{name}", Path.GetFileNameWithoutExtension(name), $"lib{Path.GetFileNameWithoutExtension(name)}"];
        return names.Select(n => _natives.GetValueOrDefault(n)).FirstOrDefault(path => path is not null)
            ?? _folders.SelectMany(folder => names.SelectMany(n => new[] { n, $"{n}.so", $"{n}.dylib", $"{n}.dll" })
                .Select(file => Path.Combine(folder, file))).FirstOrDefault(File.Exists);
    }

    /// <summary>Explains why an assembly is missing, and the fix; null if nothing is known of it.</summary>
    public string? Explain(string name)
    {
        if (_missing.TryGetValue(name, out var missing))
        {
            var (deps, library) = missing;
            var kind = library.IsProject ? $"project {library.Name}" : $"package {library.Name} {library.Version}";
            var wayOut = library.IsProject ? ": build the project"
                : $" and not in {_packages}: restore the packages, or name the assembly of 'dotnet publish' in 'references'";
            return $"{name}.dll of the {kind}, which {Path.GetFileName(deps.Path)} lists, is not in "
                + $"{Path.GetDirectoryName(deps.Path)}{wayOut}";
        }
        // The framework's own list is missing, so its parts are recognized by their names.
        var isWeb = name.StartsWith("Microsoft.AspNetCore", StringComparison.OrdinalIgnoreCase);
        var (framework, version, neededBy) = _missingFrameworks.FirstOrDefault(f => f.Name == SharedFrameworks.AspNetCore == isWeb);
        if (framework is null && isWeb && SharedFrameworks.Find(SharedFrameworks.AspNetCore) is null)
            (framework, neededBy) = (SharedFrameworks.AspNetCore, $"{name}.dll");
        return framework is null
            ? $"{name}.dll is not beside any reference: add it to 'references' in alembic.ini, or have its project write a .deps.json"
            : $"{neededBy} needs the framework {framework} {version}, which is not in {SharedFrameworks.Root}: install that runtime";
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    private void Add(DepsFile deps)
    {
        _inputs.Add(deps.Path);
        foreach (var library in deps.Libraries)
        {
            foreach (var asset in library.Assemblies)
            {
                if (Locate(deps, library, asset) is not { } path)
                    _missing.TryAdd(asset.Name, (deps, library));
                else if (_assemblies.TryAdd(asset.Name, path) && library.IsProject)
                    _projects.Add(path);
            }
            foreach (var asset in library.Natives)
            {
                if (Locate(deps, library, asset) is { } path)
                    _natives.TryAdd(asset.Name, path);
            }
        }
    }

    private string? Locate(DepsFile deps, DepsLibrary library, DepsAsset asset) =>
        Existing(Path.Combine(Path.GetDirectoryName(deps.Path)!, asset.InOutput))
        ?? (_packages is null || library.IsProject ? null : Existing(Path.Combine(_packages, library.Folder, asset.InPackage)));

    private void AddFrameworks(string config)
    {
        _inputs.Add(config);
        using var json = JsonDocument.Parse(File.ReadAllBytes(config));
        var options = json.RootElement.GetProperty("runtimeOptions");
        List<JsonElement> frameworks =
        [
            .. options.TryGetProperty("framework", out var only) ? [only] : Array.Empty<JsonElement>(),
            .. options.TryGetProperty("frameworks", out var several) ? several.EnumerateArray() : Enumerable.Empty<JsonElement>(),
        ];
        foreach (var framework in frameworks)
        {
            var (name, version) = (framework.GetProperty("name").GetString()!, framework.GetProperty("version").GetString()!);
            if (name == "Microsoft.NETCore.App")
                continue;
            if (SharedFrameworks.Find(name, Version.TryParse(version.Split('-')[0], out var needed) ? needed : null) is { } folder)
                _frameworks.Add(folder);
            else
                _missingFrameworks.Add((name, version, Path.GetFileName(config)));
        }
    }
}
