using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Alembic.Tool.Compilation;

/// <summary>
/// Where the user's own assemblies live. What the host has at the same or a newer version is shared with it, so that both sides mean the
/// same types; the rest comes from the user's references and from what they need.
/// </summary>
internal sealed class UserLoadContext(ReferenceSet references) : AssemblyLoadContext("user code")
{
    // It finds the same one. Of an assembly that it is given it compares the name as a language does, and loads the tables of ICU for that.
    private const Assembly? LeftToRuntime = null;

    private readonly ConcurrentDictionary<string, Assembly> _compiled = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Loads what was compiled; the PDB makes its exceptions carry files and lines. What is loaded later finds it by its name.
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

    // The runtime compares the versions, without the file being read once more for that.
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
    /// One for each compilation, for a context takes a name once; what it depends on is found in the outer one, so static state is shared.
    /// </summary>
    private sealed class CompiledContext(UserLoadContext outer) : AssemblyLoadContext("compiled user code")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => outer.Load(assemblyName);
    }
}
