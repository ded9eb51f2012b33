namespace Alembic.Tool.Compilation;

/// <summary>The assemblies that the setting "references" names: paths and patterns.</summary>
internal sealed class ReferenceFiles(IReadOnlyList<string> patterns)
{
    /// <summary>Absolute paths. A pattern that matches nothing stays as it is.</summary>
    public IReadOnlyList<string> All => field ??= [.. patterns.SelectMany(Expand)];

    /// <summary>The assemblies that can be used.</summary>
    public IReadOnlyList<string> Usable => field ??= [.. All.Where(path => ReferenceSet.Problem(path) is null)];

    /// <summary>The problem of the first that cannot be used; null if all can.</summary>
    public AlembicException? Problem => All.Count == Usable.Count ? null : ReferenceSet.Problem(All.Except(Usable).First());

    private static IEnumerable<string> Expand(string pattern)
    {
        if (!SourceGlob.IsPattern(pattern))
            return [pattern];
        // Of several builds, the newest that can run here. The tool's own drivers are taken from the tool.
        var found = SourceGlob.Find(pattern, "*.dll", IsNoOutput)
            .Select(path => (Path: path, File: Assembly(path)))
            .Where(found => found.File is { Name: { CultureName: null or "", Name: { } name } } && !HostAssemblies.IsOwned(name))
            .GroupBy(found => found.File!.Name.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.OrderBy(found => ReferenceSet.Problem(found.Path) is not null)
                .ThenByDescending(found => File.GetLastWriteTimeUtc(found.Path)).First().Path)
            .ToList();
        return found.Count > 0 ? found : [pattern];
    }

    /// <summary>Tells whether a file is an assembly, not a native library.</summary>
    public static bool IsAssembly(string path) => Assembly(path) is not null;

    private static AssemblyFile? Assembly(string path)
    {
        try
        {
            return AssemblyFile.Read(path);
        }
        catch (AlembicException)
        {
            // A native library.
            return null;
        }
    }

    // Folders that the compiler works in, and folders with files for one system: the .deps.json chooses from these.
    private static bool IsNoOutput(string folder) => Path.GetFileName(folder) is "obj" or "ref" or "refint" or "runtimes" or ['.', ..];
}
