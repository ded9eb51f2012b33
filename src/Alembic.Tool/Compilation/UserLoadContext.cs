using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Alembic.Tool.Compilation;

/// <summary>
/// Loads the user's own assemblies. The host shares what it has at the same or a newer version, so both sides use the same types. The
/// rest comes from the user's references and their dependencies.
/// </summary>
internal sealed class UserLoadContext(ReferenceSet references) : AssemblyLoadContext("user code")
{
    // The runtime finds the same one. If it were returned here, the runtime would compare the names by culture, and load ICU's tables
    // for that.
    private const Assembly? LeftToRuntime = null;

    private readonly ConcurrentDictionary<string, Assembly> _compiled = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Loads a compiled assembly. Its PDB gives exceptions files and lines. Assemblies that are loaded later find it by its name.
    /// </summary>
    public Assembly Load(CompiledAssembly compiled)
    {
        var assembly = new CompiledContext(this).LoadFromStream(Stream(compiled.Assembly), Stream(compiled.Pdb));
        return _compiled[assembly.GetName().Name!] = assembly;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (_compiled.TryGetValue(assemblyName.Name!, out var compiled))
            return compiled;
        if (Shared(assemblyName) is { } shared)
            return shared.GetName().Version >= assemblyName.Version ? LeftToRuntime : shared;
        ReferenceSet.RefuseNewer("the user's code", assemblyName);
        return references.PathOf(assemblyName.Name!) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    private static Assembly? Shared(AssemblyName assemblyName) =>
        assemblyName.Name == HostAssemblies.LibraryName ? typeof(AlembicException).Assembly
        : HostAssemblies.IsPrivate(assemblyName.Name!) ? null
        : Host(ReferenceSet.IsCompatible(assemblyName) ? new AssemblyName(assemblyName.Name!) : assemblyName);

    // The runtime compares the versions without reading the file again.
    private static Assembly? Host(AssemblyName assemblyName)
    {
        try
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }
        catch (IOException)
        {
            return null;
        }
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        references.Dependencies.FindNative(unmanagedDllName) is { } path ? NativeLibrary.Load(path) : 0;

    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count)
        : new MemoryStream(bytes.ToArray());

    /// <summary>
    /// One for each compilation, because a context accepts a name only once. It finds its dependencies in the outer one, so static state
    /// is shared.
    /// </summary>
    private sealed class CompiledContext(UserLoadContext outer) : AssemblyLoadContext("compiled user code")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => outer.Load(assemblyName);
    }
}
