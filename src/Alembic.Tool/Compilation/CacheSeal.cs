using System.Security.Cryptography;
using System.Text;

namespace Alembic.Tool.Compilation;

/// <summary>Makes a truncated, damaged or renamed cache file show.</summary>
internal static class CacheSeal
{
    public static byte[] Close(string name, ReadOnlySpan<byte> content) => [.. Tag(name, content), .. content];

    /// <summary>The content, or null where the seal is broken.</summary>
    public static byte[]? Open(string name, ReadOnlySpan<byte> file) =>
        file.Length >= SHA256.HashSizeInBytes && file[SHA256.HashSizeInBytes..] is var content
        && CryptographicOperations.FixedTimeEquals(Tag(name, content), file[..SHA256.HashSizeInBytes])
            ? content.ToArray()
            : null;

    private static byte[] Tag(string name, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"dotnet-alembic\n{name}\n"));
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }
}
