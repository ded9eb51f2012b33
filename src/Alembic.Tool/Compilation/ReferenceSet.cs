using System.Reflection;

namespace Alembic.Tool.Compilation;

/// <summary>What user code is compiled against and then runs with: what the host shows, and the user's own references.</summary>
internal sealed class ReferenceSet
{
    // Its version is the platform's: what is built for a newer .NET does not run on this one.
    private const string Platform = "System.Runtime";

    public ReferenceSet(IReadOnlyList<string> references)
    {
        User = [.. references.Select(path => AssemblyFile.Read(Path.GetFullPath(path))).DistinctBy(file => file.Name.Name, StringComparer.OrdinalIgnoreCase)];
        foreach (var file in User)
        {
            // What else a reference needs counts when it is loaded: a model's project may use a newer driver that no migration ever touches.
            foreach (var needed in file.References.Where(name => name.Name == Platform).Append(file.Name))
                RefuseNewer(file.Path, needed);
        }
    }

    /// <summary>The user's references, each name once.</summary>
    public IReadOnlyList<AssemblyFile> User { get; }

    /// <summary>One path for each assembly, sorted.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            var paths = HostAssemblies.Visible.ToDictionary(name => name, name => HostAssemblies.PathOf(name)!, StringComparer.OrdinalIgnoreCase);
            paths[HostAssemblies.LibraryName] = HostAssemblies.Library;
            foreach (var file in User.Where(file => !IsShared(file.Name)))
                paths[file.Name.Name!] = file.Path;
            return [.. paths.Values.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether user code gets the host's assembly for this name: the host has it at the same or a newer version.</summary>
    public static bool IsShared(AssemblyName name) => HostAssemblies.SharedVersion(name.Name!) is { } available && !(name.Version > available);

    /// <summary>Refuses a name that only the host can serve, and cannot.</summary>
    public static void RefuseNewer(string neededBy, AssemblyName name)
    {
        if (!HostAssemblies.IsOwned(name.Name!) && name.Name != Platform)
            return;
        if (HostAssemblies.SharedVersion(name.Name!) is { } available && name.Version is { } needed && needed > available)
            throw new NewerAssemblyNeededException(neededBy, name.Name!, needed, available);
    }
}
