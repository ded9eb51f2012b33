using Alembic.Tool.Configuration;

namespace Alembic.Tool.Compilation;

/// <summary>
/// Files that can be created again. A file with anything wrong counts as missing, and a file that cannot be written is not an error.
/// </summary>
/// <param name="path">The folder, or null to keep nothing.</param>
internal sealed class CacheDirectory(string? path, SealingKey key, TimeProvider clock, Action<string>? trace = null)
{
    // Some hundred times the size of a large project's file.
    private const long LongestFile = 256 << 20;

    private static readonly TimeSpan UseIsNoticed = TimeSpan.FromDays(1);

    /// <summary>Gets the folder of a project.</summary>
    public static CacheDirectory Of(Settings settings, Terminal terminal, Action<string>? trace = null) => new(
        CacheLocation.Find(settings.CacheDir, terminal.Environment), new SealingKey(CacheLocation.OfKey(terminal.Environment)),
        terminal.Clock, trace);

    public byte[]? Read(string name)
    {
        if (path is null)
            return null;
        var file = Path.Combine(path, name);
        try
        {
            if (!IsOurs(path) || !Ownership.IsPrivateFile(file) || key.Find() is not { } seal || new FileInfo(file).Length > LongestFile)
                return null;
            var content = CacheSeal.Open(seal, name, File.ReadAllBytes(file));
            if (content is not null && clock.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file) > UseIsNoticed)
                File.SetLastWriteTimeUtc(file, clock.GetUtcNow().UtcDateTime);
            return content;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            trace?.Invoke($"cache: {name} is not readable: {exception.Message}");
            return null;
        }
    }

    public void Write(string name, ReadOnlySpan<byte> content)
    {
        if (path is null)
            return;
        try
        {
            PrivateFile.CreateFolder(path);
            if (!IsOurs(path) || key.FindOrMake() is not { } seal)
            {
                trace?.Invoke($"cache: {path} can be written by others, or its key cannot be stored; the cache is not used");
                return;
            }

            PrivateFile.Write(Path.Combine(path, name), CacheSeal.Close(seal, name, content), overwrite: true);
            CachePruning.Run(path, clock);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            trace?.Invoke($"cache: {name} is not written: {exception.Message}");
        }
    }

    private static bool IsOurs(string folder) => Directory.Exists(folder) && Ownership.IsPrivate(folder) && Ownership.IsOutOfReach(folder);

    private static bool IsExpected(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;
}
