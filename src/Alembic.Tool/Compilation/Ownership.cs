using System.Runtime.InteropServices;
using System.Text;

namespace Alembic.Tool.Compilation;

/// <summary>Tells whether a file is this user's alone. Files in the cache are executed, so nobody else may have written them.</summary>
internal static class Ownership
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint WantTypeModeAndOwner = 0x1 | 0x2 | 0x8 | 0x10;
    private const int MostLinks = 10;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Tells whether only the effective user owns and writes it. On Windows the profile's access lists ensure that.</summary>
    public static bool IsPrivate(string path) =>
        OperatingSystem.IsWindows() || (IsOwn(path) && (File.GetUnixFileMode(path) & OthersWrite) == 0);

    /// <summary>Tells whether it is a file, not a link, a device or a pipe.</summary>
    public static bool IsRegularFile(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsLinux() && StatusOf(path, NoFollow) is { } status ? status.IsFile : new FileInfo(path).LinkTarget is null);

    /// <summary>Tells whether it is a file, and private.</summary>
    public static bool IsPrivateFile(string path) => IsRegularFile(path) && IsPrivate(path);

    /// <summary>
    /// Tells whether nobody else can replace it: this user or root owns every folder above it and every link on the way.
    /// </summary>
    public static bool IsOutOfReach(string path) => !OperatingSystem.IsLinux() || IsOutOfReach(Path.GetFullPath(path), MostLinks);

    /// <summary>
    /// Tells how others than this user and root can change a file or folder; null if they cannot, or the system does not say.
    /// </summary>
    public static string? OthersIn(string path) => !OperatingSystem.IsLinux() || StatusOf(path, 0) is not { } status ? null
        : !status.IsOurs ? "belongs to another user"
        : !status.IsWrittenByOwner ? "can be written by others"
        : null;

    private static bool IsOutOfReach(string path, int links)
    {
        for (var at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (StatusOf(at, NoFollow) is not { } status)
                continue;
            if (!status.IsOutOfReach)
                return false;
            if (status.IsLink
                && (links == 0 || !IsOutOfReach(Path.GetFullPath(new FileInfo(at).LinkTarget!, Path.GetDirectoryName(at)!), links - 1)))
                return false;
        }

        return true;
    }

    // Null if the system does not say.
    private static FileStatus? StatusOf(string path, int flags)
    {
        try
        {
            return Status(path, flags);
        }
        catch (TypeLoadException)
        {
            // Another C library, or one from before statx.
            return null;
        }
    }

    /// <summary>Tells whether the effective user owns it.</summary>
    public static bool IsOwn(string path)
    {
        if (OperatingSystem.IsLinux() && StatusOf(path, 0) is { } status)
            return status.Owner == geteuid();
        return MayChangeMode(path);
    }

    private static unsafe FileStatus? Status(string path, int flags)
    {
        FileStatus status;
        fixed (byte* text = Encoding.UTF8.GetBytes(path + '\0'))
            return statx(CurrentDirectory, text, flags, WantTypeModeAndOwner, &status) == 0 ? status : null;
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

    // With the file's full name, so that no other names are tried, and without conversions, so that no code has to be generated.
    [DllImport("libc.so.6")]
    private static extern unsafe int statx(int directory, byte* path, int flags, uint mask, FileStatus* status);

    [DllImport("libc.so.6")]
    private static extern uint geteuid();

    // The kernel's struct statx, the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;

        public readonly bool IsFile => (Mode & 0xf000) == 0x8000;

        public readonly bool IsLink => (Mode & 0xf000) == 0xa000;

        public readonly bool IsOurs => Owner == 0 || Owner == geteuid();

        // A group with the same number as its owner has no other members.
        public readonly bool IsWrittenByOwner => (Mode & 0x2) == 0 && ((Mode & 0x10) == 0 || Group == Owner);

        // In a sticky folder such as /tmp nobody may rename the files of others.
        public readonly bool IsOutOfReach => IsOurs && (IsLink || (Mode & 0x200) != 0 || IsWrittenByOwner);
    }
}
