using System.Reflection;

namespace Alembic.Tool.Compilation;

/// <summary>What user code is compiled against and then runs with: what the host shows, and the user's own references.</summary>
internal sealed class ReferenceSet
{
    // Its version is the platform's: what is built for a newer .NET does not run on this one.
    private const string Platform = "System.Runtime";

    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);

    public ReferenceSet(IReadOnlyList<string> references)
    {
        User = [.. references.Select(path => AssemblyFile.Read(Path.GetFullPath(path))).DistinctBy(file => file.Name.Name, StringComparer.OrdinalIgnoreCase)];
        foreach (var name in HostAssemblies.Visible)
            _paths.Add(name, HostAssemblies.PathOf(name)!);
        _paths[Path.GetFileNameWithoutExtension(HostAssemblies.Library)] = HostAssemblies.Library;
        foreach (var file in User)
        {
            // What else a reference needs counts when it is loaded: a model's project may use a newer driver that no migration ever touches.
            foreach (var needed in file.References.Where(name => name.Name == Platform).Append(file.Name))
                RefuseNewer(file.Path, needed);
            if (!IsShared(file.Name))
                _paths[file.Name.Name!] = file.Path;
        }
    }

    /// <summary>The user's references, each name once.</summary>
    public IReadOnlyList<AssemblyFile> User { get; }

    /// <summary>One path for each assembly, sorted.</summary>
    public IReadOnlyList<string> Paths => [.. _paths.Values.Order(StringComparer.Ordinal)];

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
