namespace Alembic.Tool.Compilation;

/// <summary>The frameworks that are installed beside the runtime of this process, such as ASP.NET Core.</summary>
internal static class SharedFrameworks
{
    public const string AspNetCore = "Microsoft.AspNetCore.App";

    /// <summary>The folder of this runtime.</summary>
    public static string Own { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // …/shared/Microsoft.NETCore.App/10.0.0
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Own, "..", ".."));

    /// <summary>Gets the folder of the newest version that runs on this runtime; null if there is none, or none is new enough.</summary>
    public static string? Find(string name, Version? needed = null) => Newest(Path.Combine(Root, name), needed);

    /// <summary>Tells whether a folder is that of a framework's version.</summary>
    public static bool Contains(string folder) => Path.GetDirectoryName(Path.GetDirectoryName(folder)) == Root;

    /// <summary>Gets the folder of the newest version below a folder, chosen as <see cref="Find"/> does.</summary>
    public static string? Newest(string folder, Version? needed = null)
    {
        if (!Directory.Exists(folder))
            return null;
        var (path, version) = Directory.EnumerateDirectories(folder).Select(path => (path, Version: VersionOf(path)))
            .Where(found => found.Version.Major <= Environment.Version.Major).OrderBy(found => found.Version).LastOrDefault();
        return path is not null && version >= (needed ?? version) ? path : null;
    }

    // 11.0.0-preview.3
    private static Version VersionOf(string folder) =>
        Version.TryParse(Path.GetFileName(folder).Split('-')[0], out var version) ? version : new Version(int.MaxValue, 0);
}
