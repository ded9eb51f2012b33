using System.Security.Cryptography;
using System.Text;

namespace Alembic.Operations;

/// <summary>The names of what belongs to the version table.</summary>
internal static class NameBeside
{
    /// <summary>Gets the name: the version table's with an ending. PostgreSQL has the shortest limit for names: 63 bytes. If the name
    /// would be longer, a digest replaces the version table's.</summary>
    public static string Of(string versionTable, string ending) => Encoding.UTF8.GetByteCount(versionTable + ending) <= 63
        ? versionTable + ending
        : $"alembic_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(versionTable)).AsSpan(0, 8))}{ending}";
}
