namespace Alembic.Tool.Compilation;

/// <summary>Deletes what was not used for a month, at most once a day.</summary>
internal static class CachePruning
{
    public const string TemporaryExtension = ".tmp";
    private const string Marker = "pruned";
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);
    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);

    public static void Run(string path, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var marker = Path.Combine(path, Marker);
        if (now - File.GetLastWriteTimeUtc(marker) < Pause)
            return;
        File.WriteAllBytes(marker, []);
        File.SetLastWriteTimeUtc(marker, now);
        foreach (var file in new DirectoryInfo(path).EnumerateFiles().Where(file => IsOurs(file.Name)))
        {
            // A temporary file that is a day old is what a killed process left behind.
            if (now - file.LastWriteTimeUtc > (file.Extension == TemporaryExtension ? Pause : Unused))
                file.Delete();
        }
    }

    // The folder is the user's choice: it may hold other things.
    private static bool IsOurs(string name) =>
        Path.GetExtension(name) is CompilationCache.Extension or HeaderIndex.Extension or TemporaryExtension;
}
