using System.Reflection;

namespace Alembic.Tool.Compilation;

/// <summary>
/// The assemblies that this process runs on: the platform's and the tool's. User code compiles against the assemblies that will run it,
/// so no SDK is needed.
/// </summary>
internal static class HostAssemblies
{
    // The tool's own dependencies. User code that needs one of these brings its own.
    private static readonly string[] Private =
    [
        "dotnet-alembic", "Alembic.Compiler", "Microsoft.CodeAnalysis", "Scriban", "McMaster", "Microsoft.Extensions.Configuration",
        "Spectre.Console",
    ];

    private static readonly string PlatformDirectory = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // There are hundreds. A command that compiles nothing needs none.
    private static Dictionary<string, string> Paths => field ??= ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    public static string Library { get; } = typeof(AlembicException).Assembly.Location;

    public static string LibraryName { get; } = Path.GetFileNameWithoutExtension(Library);

    /// <summary>The simple names of the assemblies that user code can see.</summary>
    public static IEnumerable<string> Visible => Paths.Keys.Where(name => !IsPrivate(name));

    /// <summary>The list of the tool's dependencies, with a hash of each package; null if there is none.</summary>
    public static string? Manifest { get; } = ((string?)AppContext.GetData("APP_CONTEXT_DEPS_FILES") ?? "").Split(';')
        .FirstOrDefault(path => Tool.Paths.AreSame(AppContext.BaseDirectory, Path.GetDirectoryName(path) + Path.DirectorySeparatorChar));

    public static bool IsVisible(string name) => Paths.ContainsKey(name) && !IsPrivate(name);

    public static string? PathOf(string name) => Paths.GetValueOrDefault(name);

    public static bool IsPlatform(string path) => PlatformDirectory.Equals(Path.GetDirectoryName(path), StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the version that user code shares with the tool; null if it shares none.</summary>
    public static Version? SharedVersion(string name) =>
        IsVisible(name) && PathOf(name) is { } path ? AssemblyName.GetAssemblyName(path).Version : null;

    /// <summary>
    /// Tells whether the assembly is always shared, because its types or its native library cannot be loaded twice: the Alembic library
    /// and the ADO.NET drivers with their dependencies.
    /// </summary>
    public static bool IsOwned(string name) =>
        Paths.TryGetValue(name, out var path) && !IsPrivate(name) && !IsPlatform(path)
        && !StartsWith(name, "System") && !StartsWith(name, "Microsoft.Extensions");

    /// <summary>Tells whether the assembly is for the tool alone.</summary>
    public static bool IsPrivate(string name) => Private.Any(prefix => StartsWith(name, prefix));

    private static bool StartsWith(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (name.Length == prefix.Length || name[prefix.Length] == '.');
}
