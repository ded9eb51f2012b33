namespace Alembic.Tool.Compilation;

/// <summary>Deletes files that were not used for a month. Runs at most once a day.</summary>
internal static class CachePruning
{
    private const string Marker = "pruned";
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);
    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);

    public static void Run(string path, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var marker = Path.Combine(path, Marker);
        if (now - File.GetLastWriteTimeUtc(marker) < Pause)
            return;
        // Written as a new file: the old one may be a link to any of the user's files.
        PrivateFile.Write(marker, [], overwrite: true);
        File.SetLastWriteTimeUtc(marker, now);
        foreach (var file in new DirectoryInfo(path).EnumerateFiles().Where(file => IsOurs(file.Name)))
        {
            // A temporary file that is a day old was left behind by a killed process.
            if (now - file.LastWriteTimeUtc > (file.Extension == PrivateFile.TemporaryExtension ? Pause : Unused))
                file.Delete();
        }
    }

    // The user or a repository chose the folder, so it may hold other files. A temporary file is named after its target.
    private static bool IsOurs(string name) => Path.GetExtension(name) switch
    {
        CompilationCache.Extension or HeaderIndex.Extension => true,
        PrivateFile.TemporaryExtension => IsOurs(Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(name))),
        _ => false,
    };
}
