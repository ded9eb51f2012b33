namespace Alembic.Tool.Compilation;

/// <summary>Finds the folder of the cache.</summary>
internal static class CacheLocation
{
    private const string Folder = "dotnet-alembic";

    /// <summary>
    /// Gets an absolute path; null if the user has no place for a cache. Never a folder that others can write to, such as /tmp.
    /// </summary>
    public static string? Find(string? setting, Func<string, string?> environment) =>
        Find(setting, environment, OperatingSystem.IsMacOS() ? Path.Combine("Library", "Caches") : ".cache");

    internal static string? Find(string? setting, Func<string, string?> environment, string usual)
    {
        if (setting is { Length: > 0 })
            return Path.GetFullPath(setting);
        if (environment("ALEMBIC_CACHE_DIR") is { Length: > 0 } given)
            return Path.GetFullPath(given);
        if (OperatingSystem.IsWindows())
            return Under(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData));

        // The XDG specification says to ignore relative paths.
        if (environment("XDG_CACHE_HOME") is { } xdg && Path.IsPathRooted(xdg))
            return Under(xdg);
        return Under(environment("HOME") is { Length: > 0 } home && Path.IsPathRooted(home) ? Path.Combine(home, usual) : "");
    }

    /// <summary>
    /// Gets the folder of the key that entries are sealed with. It is apart from the cache, and a project cannot choose it.
    /// </summary>
    public static string? OfKey(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
            return Under(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData));
        if (environment("XDG_CONFIG_HOME") is { } xdg && Path.IsPathRooted(xdg))
            return Under(xdg);
        return Under(environment("HOME") is { Length: > 0 } home && Path.IsPathRooted(home) ? Path.Combine(home, ".config") : "");
    }

    private static string? Under(string folder) => folder.Length == 0 ? null : Path.Combine(folder, Folder);
}
