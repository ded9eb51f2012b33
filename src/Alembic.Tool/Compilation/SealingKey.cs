using System.Security.Cryptography;

namespace Alembic.Tool.Compilation;

/// <summary>
/// A random key of the user's own. It proves that this user's tool wrote a cache entry. It is kept apart from the cache: a cache from a
/// repository or a build server may have been filled by anybody.
/// </summary>
/// <param name="folder">The folder of the key, or null for none.</param>
internal sealed class SealingKey(string? folder)
{
    private const string FileName = "cache.key";
    private const int Length = 32;

    private byte[]? _key;

    /// <summary>Gets the key; null if there is none, or others could know it or have put it there.</summary>
    public byte[]? Find() => _key ??= folder is null ? null : Read(Path.Combine(folder, FileName));

    public byte[]? FindOrMake()
    {
        if (Find() is { } key || folder is null)
            return _key;
        PrivateFile.CreateFolder(folder);
        // Of several processes, the first one's key counts.
        PrivateFile.Write(Path.Combine(folder, FileName), RandomNumberGenerator.GetBytes(Length), overwrite: false);
        return Find();
    }

    private static byte[]? Read(string file) =>
        Ownership.IsPrivateFile(file) && Ownership.IsOutOfReach(file) && File.ReadAllBytes(file) is { Length: Length } key ? key : null;
}
