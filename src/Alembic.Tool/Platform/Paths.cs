namespace Alembic.Tool;

/// <summary>What the operating system makes of paths.</summary>
internal static class Paths
{
    private const int MoveTries = 4;

    /// <summary>Tells whether two paths that differ by case alone are one. The usual file systems of Windows and macOS say so.</summary>
    public static StringComparison Comparison { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    /// <summary>The same for sets of paths.</summary>
    public static StringComparer Comparer { get; } = StringComparer.FromComparison(Comparison);

    public static bool AreSame(string? a, string? b) => string.Equals(a, b, Comparison);

    /// <summary>The full path with no link in it, as far as it is there.</summary>
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

    /// <summary>Tells whether a path lies below a folder.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, Comparison);

    /// <summary>The folders that a file or folder lies in, the nearest one first.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }

    /// <summary>Tells whether a folder is the root of a Git repository.</summary>
    public static bool IsRepository(string folder) => Path.Exists(Path.Combine(folder, ".git"));

    /// <summary>Gives a file another name. On Windows a scanner may have a new file open for a moment.</summary>
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
                // Once more.
            }
        }
    }
}
