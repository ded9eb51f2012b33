using System.Security.Cryptography;

namespace Alembic.Tool.Compilation;

/// <summary>
/// A random key of the user's own, which says that a cache entry was written by this user's tool. It is kept apart from the cache: one that
/// comes with a repository, or is put back by a build server, may have been filled by anybody.
/// </summary>
/// <param name="folder">Where it is kept, or null for nowhere.</param>
internal sealed class SealingKey(string? folder)
{
    private const string FileName = "cache.key";
    private const int Length = 32;

    private byte[]? _key;

    /// <summary>Null where there is none, or one that others could know or have put there.</summary>
    public byte[]? Find() => _key ??= folder is null ? null : Read(Path.Combine(folder, FileName));

    public byte[]? FindOrMake()
    {
        if (Find() is { } key || folder is null)
            return _key;
        PrivateFile.CreateFolder(folder);
        // Whichever of several processes is the first: its key counts.
        PrivateFile.Write(Path.Combine(folder, FileName), RandomNumberGenerator.GetBytes(Length), overwrite: false);
        return Find();
    }

    private static byte[]? Read(string file) =>
        Ownership.IsPrivateFile(file) && Ownership.IsOutOfReach(file) && File.ReadAllBytes(file) is { Length: Length } key ? key : null;
}
