namespace Alembic.Tool.Compilation;

/// <summary>Tells whether a file is this user's alone. Files in the cache are executed, so nobody else may have written them.</summary>
internal static class Ownership
{
    private const int MostLinks = 10;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Tells whether only the effective user owns and writes it. On Windows the profile's access lists ensure that.</summary>
    public static bool IsPrivate(string path) =>
        OperatingSystem.IsWindows() || (IsOwn(path) && (File.GetUnixFileMode(path) & OthersWrite) == 0);

    /// <summary>Tells whether it is a file, not a link, a device or a pipe.</summary>
    public static bool IsRegularFile(string path) =>
        File.Exists(path)
        && (FileStatus.Of(path, followsLinks: false) is { } status ? status.IsFile : new FileInfo(path).LinkTarget is null);

    /// <summary>Tells whether it is a file, and private.</summary>
    public static bool IsPrivateFile(string path) => IsRegularFile(path) && IsPrivate(path);

    /// <summary>
    /// Tells whether nobody else can replace it: this user or root owns every folder above it and every link on the way.
    /// </summary>
    public static bool IsOutOfReach(string path) => IsOutOfReach(Path.GetFullPath(path), MostLinks);

    /// <summary>Tells whether the system says who can change a file or folder.</summary>
    public static bool IsKnown(string path) => FileStatus.Of(path, followsLinks: true) is not null;

    /// <summary>
    /// Tells how others than this user and root can change a file or folder; null if they cannot, or the system does not say.
    /// </summary>
    public static string? OthersIn(string path) => FileStatus.Of(path, followsLinks: true) is not { } status ? null
        : !status.IsOurs ? "belongs to another user"
        : !status.IsWrittenByOwner ? "can be written by others"
        : null;

    /// <summary>Tells whether the effective user owns it.</summary>
    public static bool IsOwn(string path) =>
        FileStatus.Of(path, followsLinks: true) is { } status ? status.IsOwn : MayChangeMode(path);

    private static bool IsOutOfReach(string path, int links)
    {
        for (var at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (FileStatus.Of(at, followsLinks: false) is not { } status)
                continue;
            if (!status.IsOutOfReach)
                return false;
            if (status.IsLink
                && (links == 0 || !IsOutOfReach(Path.GetFullPath(new FileInfo(at).LinkTarget!, Path.GetDirectoryName(at)!), links - 1)))
                return false;
        }

        return true;
    }

    // There is no portable way to ask for the owner, but the system lets only the owner (and root) do this.
    private static bool MayChangeMode(string path)
    {
        if (OperatingSystem.IsWindows())
            return true;
        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
