using System.Globalization;

namespace Alembic.Tool;

/// <summary>How many files this process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>
    /// What a migration needs, and some more. With fewer the runtime may end the process wherever it is: when it cannot start a thread,
    /// it asks nobody.
    /// </summary>
    public const int Needed = 160;

    private const string Title = "Max open files";

    /// <summary>The limit; null if there is none, or the system does not tell it in a file.</summary>
    public static int? Limit()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var limits = File.ReadAllText("/proc/self/limits");
            var line = limits[(limits.IndexOf(Title, StringComparison.Ordinal) + Title.Length)..].TrimStart();
            var text = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
