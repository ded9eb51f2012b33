using System.Buffers.Binary;

namespace Alembic.Tool.Compilation;

/// <summary>
/// Compiled assemblies by <see cref="CacheKey"/>. One file holds the assembly and its PDB, so neither exists without the other.
/// </summary>
internal sealed class CompilationCache(CacheDirectory directory)
{
    public const string Extension = ".assembly";

    public CompiledAssembly? Find(string key)
    {
        if (directory.Read(key + Extension) is not { } file || file.Length < sizeof(int))
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(file);
        var content = file.AsMemory(sizeof(int));
        return length >= 0 && length <= content.Length ? new CompiledAssembly(content[..length], content[length..]) : null;
    }

    public void Store(string key, CompiledAssembly compiled)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, compiled.Assembly.Length);
        directory.Write(key + Extension, [.. length, .. compiled.Assembly.Span, .. compiled.Pdb.Span]);
    }
}

/// <summary>An assembly and its PDB. An empty one means that the sources do not compile by themselves.</summary>
internal readonly record struct CompiledAssembly(ReadOnlyMemory<byte> Assembly, ReadOnlyMemory<byte> Pdb)
{
    public bool IsEmpty => Assembly.IsEmpty;
}
