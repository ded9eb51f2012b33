namespace Alembic.Tool;

/// <summary>Paths, as the operating system treats them.</summary>
internal static class Paths
{
    private const int MoveTries = 4;

    /// <summary>The comparison of paths. The usual file systems of Windows and macOS ignore case.</summary>
    public static StringComparison Comparison { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    /// <summary>The same comparison for sets of paths.</summary>
    public static StringComparer Comparer { get; } = StringComparer.FromComparison(Comparison);

    public static bool AreSame(string? a, string? b) => string.Equals(a, b, Comparison);

    /// <summary>Gets the full path with its links resolved, as far as the path exists.</summary>
    public static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } folder)
            return full;
        var here = Path.Combine(Real(folder), Path.GetFileName(full));
        return new FileInfo(here).LinkTarget is not null && File.ResolveLinkTarget(here, returnFinalTarget: true) is { } target
            ? Real(target.FullName)
            : here;
    }

    /// <summary>Tells whether a path is below a folder.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, Comparison);

    /// <summary>Gets the folders above a file or folder, the nearest one first.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }

    /// <summary>Tells whether a folder is the root of a Git repository.</summary>
    public static bool IsRepository(string folder) => Path.Exists(Path.Combine(folder, ".git"));

    /// <summary>Renames a file. On Windows a scanner may have a new file open for a moment.</summary>
    public static void Move(string from, string to, bool overwrite) =>
        Retry(() => File.Move(from, to, overwrite), OperatingSystem.IsWindows() ? MoveTries : 1, () => Thread.Sleep(50));

    internal static void Retry(Action action, int tries, Action wait)
    {
        for (; ; wait())
        {
            try
            {
                action();
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && --tries > 0)
            {
                // Try once more.
            }
        }
    }
}
