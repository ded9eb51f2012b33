namespace Alembic.Tool.Compilation;

/// <summary>The assemblies that the setting "references" means: paths, and patterns of them.</summary>
internal sealed class ReferenceFiles(IReadOnlyList<string> patterns)
{
    /// <summary>Absolute paths; a pattern that matches nothing stands for itself.</summary>
    public IReadOnlyList<string> All => field ??= [.. patterns.SelectMany(Expand)];

    /// <summary>Those that can be used.</summary>
    public IReadOnlyList<string> Usable => field ??= [.. All.Where(path => ReferenceSet.Problem(path) is null)];

    /// <summary>What is wrong with the first that can't; null where all can.</summary>
    public AlembicException? Problem => All.Count == Usable.Count ? null : ReferenceSet.Problem(All.Except(Usable).First());

    private static IEnumerable<string> Expand(string pattern)
    {
        if (!SourceGlob.IsPattern(pattern))
            return [pattern];
        // Of several builds the newest that can run here. The tool's own drivers are taken from the tool.
        var found = SourceGlob.Find(pattern, "*.dll", IsNoOutput)
            .Select(path => (Path: path, File: Assembly(path)))
            .Where(found => found.File is { Name: { CultureName: null or "", Name: { } name } } && !HostAssemblies.IsOwned(name))
            .GroupBy(found => found.File!.Name.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.OrderBy(found => ReferenceSet.Problem(found.Path) is not null)
                .ThenByDescending(found => File.GetLastWriteTimeUtc(found.Path)).First().Path)
            .ToList();
        return found.Count > 0 ? found : [pattern];
    }

    /// <summary>Tells whether a file is one, and no native library.</summary>
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

    // What the compiler works with; and what is for one system, which the .deps.json chooses from.
    private static bool IsNoOutput(string folder) => Path.GetFileName(folder) is "obj" or "ref" or "refint" or "runtimes" or ['.', ..];
}
