using System.Security.Cryptography;
using System.Text;

namespace Alembic.Tool.Compilation;

/// <summary>Reveals a cache file that was forged, truncated, damaged or renamed.</summary>
internal static class CacheSeal
{
    public static byte[] Close(byte[] key, string name, ReadOnlySpan<byte> content) => [.. Tag(key, name, content), .. content];

    /// <summary>Gets the content; null if the seal is broken.</summary>
    public static byte[]? Open(byte[] key, string name, ReadOnlySpan<byte> file) =>
        file.Length >= HMACSHA256.HashSizeInBytes && file[HMACSHA256.HashSizeInBytes..] is var content
        && CryptographicOperations.FixedTimeEquals(Tag(key, name, content), file[..HMACSHA256.HashSizeInBytes])
            ? content.ToArray()
            : null;

    private static byte[] Tag(byte[] key, string name, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes($"dotnet-alembic\n{name}\n"));
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
