using System.Security.Cryptography;
using System.Text;
using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>
/// The name of a compiled assembly: a hash over all its inputs. Equal keys mean equal assemblies, so an entry is never stale.
/// </summary>
internal sealed class CacheKey : IDisposable
{
    private const int Format = 3;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static string Of(string assemblyName, IEnumerable<SourceBytes> sources, ReferenceSet references, bool withoutModel,
        string? library = null)
    {
        using var key = new CacheKey();
        key.Add(BitConverter.GetBytes(Format));
        // Not the version: two builds may have the same one. Module ids differ between any two builds.
        key.Add(typeof(CacheKey).Module.ModuleVersionId);
        key.Add(typeof(ISourceCompiler).Module.ModuleVersionId);
        key.Add(typeof(AlembicException).Module.ModuleVersionId);
        // Roslyn, the drivers and their dependencies.
        if (HostAssemblies.Manifest is { } manifest)
            key.Add(File.ReadAllBytes(manifest));
        key.Add(Environment.Version.ToString());
        key.Add(typeof(object).Module.ModuleVersionId);
        key.Add(assemblyName);
        if (withoutModel)
            key.Add("without model");
        if (library is not null)
            key.Add(library);
        foreach (var source in sources)
        {
            key.Add(source.Path);
            key.Add(source.Bytes);
        }

        foreach (var file in references.User)
        {
            key.Add(file.Path);
            key.Add(file.Mvid);
        }

        foreach (var list in references.Dependencies.Inputs)
        {
            key.Add(list);
            key.Add(File.ReadAllBytes(list));
        }

        foreach (var project in references.Dependencies.Projects)
            key.Add(AssemblyFile.Read(project).Mvid);

        return Hexadecimal.Of(key._hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    private void Add(Guid id) => Add(id.ToByteArray());

    // With its length, so that two different lists of parts never give the same bytes.
    private void Add(byte[] bytes)
    {
        _hash.AppendData(BitConverter.GetBytes(bytes.Length));
        _hash.AppendData(bytes);
    }
}
