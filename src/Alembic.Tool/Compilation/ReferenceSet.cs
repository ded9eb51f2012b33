using System.Reflection;

namespace Alembic.Tool.Compilation;

/// <summary>
/// The assemblies that user code is compiled against and runs with: those that the host shows, and the user's own references.
/// </summary>
internal sealed class ReferenceSet
{
    // Its version is the platform's: an assembly that is built for a newer .NET does not run on this one.
    private const string Platform = "System.Runtime";

    private readonly Dictionary<string, string> _paths;

    /// <param name="references">The paths of assemblies.</param>
    /// <param name="environment">Finds environment variables.</param>
    /// <exception cref="AlembicException">One of them cannot be used.</exception>
    public ReferenceSet(IReadOnlyList<string> references, Func<string, string?> environment)
    {
        User = [.. references.Select(Read).DistinctBy(file => file.Name.Name, StringComparer.OrdinalIgnoreCase)];
        _paths = User.ToDictionary(file => file.Name.Name!, file => file.Path, StringComparer.OrdinalIgnoreCase);
        Dependencies = new ReferenceDependencies([.. User.Select(file => file.Path)], environment);
    }

    /// <summary>The user's references, each name once.</summary>
    public IReadOnlyList<AssemblyFile> User { get; }

    /// <summary>The dependencies of the user's references.</summary>
    public ReferenceDependencies Dependencies { get; }

    /// <summary>One path for each assembly, sorted.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            var paths = HostAssemblies.Visible.ToDictionary(name => name, name => HostAssemblies.PathOf(name)!,
                StringComparer.OrdinalIgnoreCase);
            paths[HostAssemblies.LibraryName] = HostAssemblies.Library;
            foreach (var path in User.Count > 0 ? Dependencies.ToCompile(User) : [])
                AddUnlessShared(path);
            foreach (var file in User.Where(file => !IsShared(file.Name)))
                paths[file.Name.Name!] = file.Path;
            return [.. paths.Values.Order(StringComparer.Ordinal)];

            // The tool's own drivers are the ones that run, even if others are newer.
            void AddUnlessShared(string path)
            {
                var name = Path.GetFileNameWithoutExtension(path);
                if (!HostAssemblies.IsVisible(name) || (!HostAssemblies.IsOwned(name) && !IsShared(AssemblyName.GetAssemblyName(path))))
                    paths[name] = path;
            }
        }
    }

    /// <summary>
    /// Gets the path of an assembly that is not the host's: one of the references or their dependencies; null if there is none.
    /// </summary>
    public string? PathOf(string name) => _paths.GetValueOrDefault(name) ?? Dependencies.Find(name);

    /// <summary>
    /// Follows the references of assemblies to the end. Does not see assemblies that code loads by a name that it computes.
    /// </summary>
    public NeededAssemblies NeededBy(IEnumerable<AssemblyName> names)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var shared = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var frameworks = new HashSet<string>();
        var open = new Queue<AssemblyName>(names);
        while (open.TryDequeue(out var name))
        {
            if (name.Name == HostAssemblies.LibraryName || IsShared(name) || IsCompatible(name))
                shared.Add(name.Name!);
            else if (PathOf(name.Name!) is { } path)
            {
                if (Path.GetDirectoryName(path)! is var folder && SharedFrameworks.Contains(folder))
                    frameworks.Add(folder);
                else if (files.TryAdd(name.Name!, path))
                    AssemblyFile.Read(path).References.ToList().ForEach(open.Enqueue);
            }
        }
        return new([.. files.Values, .. files.Count > 0 ? Dependencies.Natives : []], shared, frameworks);
    }

    /// <summary>Tells whether user code gets the host's assembly for this name: the host has the same or a newer version.</summary>
    public static bool IsShared(AssemblyName name) =>
        HostAssemblies.SharedVersion(name.Name!) is { } available && !(name.Version > available);

    /// <summary>
    /// Tells whether the assembly is a driver or a dependency of drivers, and the tool has the same major version. Such assemblies
    /// replace each other.
    /// </summary>
    public static bool IsCompatible(AssemblyName name) => name.Name != HostAssemblies.LibraryName && HostAssemblies.IsOwned(name.Name!)
        && HostAssemblies.SharedVersion(name.Name!)?.Major >= name.Version?.Major;

    /// <summary>Gets why a reference cannot be used; null if it can.</summary>
    public static AlembicException? Problem(string path)
    {
        try
        {
            Read(path);
            return null;
        }
        catch (AlembicException exception)
        {
            return exception;
        }
    }

    /// <summary>Refuses a name that only the host can provide, if the host's version is too old.</summary>
    public static void RefuseNewer(string neededBy, AssemblyName name)
    {
        if (!HostAssemblies.IsOwned(name.Name!) && name.Name != Platform)
            return;
        if (HostAssemblies.SharedVersion(name.Name!) is { } available && name.Version is { } needed && needed > available
            && !IsCompatible(name))
            throw new NewerAssemblyNeededException(neededBy, name.Name!, needed, available);
    }

    // Other needs of a reference are checked when it is loaded: a model's project may use a newer driver that no migration ever loads.
    private static AssemblyFile Read(string path)
    {
        var file = AssemblyFile.Read(Path.GetFullPath(path));
        foreach (var needed in file.References.Where(name => name.Name == Platform).Append(file.Name))
            RefuseNewer(file.Path, needed);
        return file;
    }
}
