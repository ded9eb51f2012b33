namespace Alembic.Tool.Compilation;

/// <summary>
/// Files that can be made again. Whatever is wrong with one makes it missing, whatever keeps one from being written is no error.
/// </summary>
/// <param name="path">The folder, or null to keep nothing.</param>
internal sealed class CacheDirectory(string? path, TimeProvider clock, Action<string>? trace = null)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan UseIsNoticed = TimeSpan.FromDays(1);

    public byte[]? Read(string name)
    {
        if (path is null)
            return null;
        var file = Path.Combine(path, name);
        try
        {
            if (!File.Exists(file) || !Ownership.IsPrivate(path) || !Ownership.IsPrivate(file))
                return null;
            var content = CacheSeal.Open(name, File.ReadAllBytes(file));
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
        var temporary = Path.Combine(path, $"{name}.{Guid.NewGuid():N}{CachePruning.TemporaryExtension}");
        try
        {
            Create(path);
            if (!Ownership.IsPrivate(path))
            {
                trace?.Invoke($"cache: {path} can be written by others; nothing is kept there");
                return;
            }

            try
            {
                WriteNew(temporary, CacheSeal.Close(name, content));
                File.Move(temporary, Path.Combine(path, name), overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            CachePruning.Run(path, clock);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            trace?.Invoke($"cache: {name} is not written: {exception.Message}");
        }
    }

    private static void Create(string path)
    {
        if (Directory.Exists(path))
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static void WriteNew(string path, byte[] bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(bytes);
    }

    private static bool IsExpected(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;
}
