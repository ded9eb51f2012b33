using System.Runtime.InteropServices;

namespace Alembic.Tool;

/// <summary>The number of files that this process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>
    /// Enough for a migration, with a reserve. With fewer, the runtime may end the process at any place, when it cannot start a thread.
    /// </summary>
    public const int Needed = 160;

    // RLIMIT_NOFILE of Linux.
    private const int Resource = 7;

    /// <summary>Gets the limit; null if it is high enough or not known.</summary>
    public static unsafe ulong? TooLow()
    {
        Limit limit;
        try
        {
            return OperatingSystem.IsLinux() && getrlimit(Resource, &limit) == 0 && limit.Soft < Needed ? limit.Soft : null;
        }
        catch (TypeLoadException)
        {
            // Another C library.
            return null;
        }
    }

    // Called first, and without conversions: a file would have to be opened, and much be loaded for that.
    [DllImport("libc.so.6")]
    private static extern unsafe int getrlimit(int resource, Limit* limit);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
