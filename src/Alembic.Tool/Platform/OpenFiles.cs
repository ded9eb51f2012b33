using System.Runtime.InteropServices;

namespace Alembic.Tool;

/// <summary>How many files this process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>
    /// What a migration needs, and some more. With fewer the runtime may end the process wherever it is: when it cannot start a thread,
    /// it asks nobody.
    /// </summary>
    public const int Needed = 160;

    // RLIMIT_NOFILE of Linux.
    private const int Resource = 7;

    /// <summary>The limit; null if it is known to be enough, or not known.</summary>
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

    // Asked before anything else, and with nothing to convert: a file would have to be opened, and much be set up for that.
    [DllImport("libc.so.6")]
    private static extern unsafe int getrlimit(int resource, Limit* limit);

    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
