using System.Runtime.InteropServices;
using System.Text;

namespace Alembic.Tool.Compilation;

/// <summary>Whether a file is this user's alone: what is in the cache is executed, so nobody else may have put it there.</summary>
internal static class Ownership
{
    private const int CurrentDirectory = -100;
    private const uint WantModeAndOwner = 0x2 | 0x8;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Owned by the effective user and written by nobody else. On Windows the profile's access lists see to that.</summary>
    public static bool IsPrivate(string path) =>
        OperatingSystem.IsWindows() || (IsOwn(path) && (File.GetUnixFileMode(path) & OthersWrite) == 0);

    private static bool IsOwn(string path)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return Owner(path) == geteuid();
        }
        catch (TypeLoadException)
        {
            // Another C library, or one older than statx.
        }

        return MayChangeMode(path);
    }

    private static unsafe uint? Owner(string path)
    {
        FileStatus status;
        fixed (byte* text = Encoding.UTF8.GetBytes(path + '\0'))
            return statx(CurrentDirectory, text, 0, WantModeAndOwner, &status) == 0 ? status.Owner : null;
    }

    // Where there is no portable way to ask for the owner: the system lets only the owner (and root) do this.
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

    // By the file's whole name, for which nothing has to be tried, and with nothing to convert, for which no code has to be generated.
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
    }
}
