using System.Collections.Concurrent;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace Alembic.Compiler;

/// <summary>
/// The assemblies to compile against. Those of the platform and of the tool stay what they are while this process lives: they are mapped instead of
/// read, since a compilation looks at little of them, and kept for the next one. A user's may be built anew at any time, so each time they are read.
/// </summary>
internal static class References
{
    private const string InPlatform = "System.Runtime.dll";

    private static readonly ConcurrentDictionary<string, MetadataReference> Fixed = new(StringComparer.Ordinal);

    public static IEnumerable<MetadataReference> Open(IReadOnlyList<string> paths)
    {
        string?[] folders =
        [
            Path.GetDirectoryName(paths.FirstOrDefault(path => Path.GetFileName(path) == InPlatform)), Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
        ];
        return paths.Select(path => folders.Contains(Path.GetDirectoryName(path)) ? Fixed.GetOrAdd(path, Map) : MetadataReference.CreateFromFile(path));
    }

    private static PortableExecutableReference Map(string path) =>
        AssemblyMetadata.Create(ModuleMetadata.CreateFromStream(File.OpenRead(path), PEStreamOptions.Default)).GetReference(filePath: path, display: path);
}
