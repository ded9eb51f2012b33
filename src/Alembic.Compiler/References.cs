using System.Collections.Concurrent;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace Alembic.Compiler;

/// <summary>
/// The assemblies to compile against. Those of shared frameworks and of the tool do not change while this process lives. They are
/// mapped, because a compilation reads little of them, and kept for the next one. A user's assembly may be rebuilt at any time, so it is
/// read each time.
/// </summary>
internal static class References
{
    private const string InPlatform = "System.Runtime.dll";

    private static readonly ConcurrentDictionary<string, MetadataReference> Fixed = new(StringComparer.Ordinal);

    public static IEnumerable<MetadataReference> Open(IReadOnlyList<string> paths)
    {
        // Other frameworks are beside the platform: shared/Microsoft.NETCore.App/10.0.0/System.Runtime.dll.
        var frameworks = Above(paths.FirstOrDefault(path => Path.GetFileName(path) == InPlatform));
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return paths.Select(path => Path.GetDirectoryName(path) == own || (frameworks is not null && Above(path) == frameworks)
            ? Fixed.GetOrAdd(path, Map) : MetadataReference.CreateFromFile(path));

        static string? Above(string? path) => Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(path)));
    }

    private static PortableExecutableReference Map(string path) =>
        AssemblyMetadata.Create(ModuleMetadata.CreateFromStream(File.OpenRead(path), PEStreamOptions.Default))
        .GetReference(filePath: path, display: path);
}
