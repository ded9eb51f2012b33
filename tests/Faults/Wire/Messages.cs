using System.Buffers.Binary;

namespace Faults.Wire;

/// <summary>Where a client's messages begin and end.</summary>
internal static class Messages
{
    /// <summary>
    /// PostgreSQL: a letter, the length, the content; what comes before the login is done has no letter, and so begins with the zero of its
    /// length. All up to a Sync, which is what is answered, count as one.
    /// </summary>
    public static byte[]? PostgreSql(Stream stream)
    {
        List<byte> whole = [];
        while (true)
        {
            var head = new byte[5];
            if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
                return null;
            var hasLetter = head[0] != 0;
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(hasLetter ? 1 : 0)) - (hasLetter ? 4 : 5)];
            stream.ReadExactly(body);
            whole.AddRange([.. head, .. body]);
            if (!hasLetter || (char)head[0] is 'S' or 'Q' or 'X' or 'p')
                return [.. whole];
        }
    }

    /// <summary>MySQL: three bytes of length, a number, the content.</summary>
    public static byte[]? MySql(Stream stream)
    {
        var head = new byte[4];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return null;
        var body = new byte[head[0] | (head[1] << 8) | (head[2] << 16)];
        stream.ReadExactly(body);
        return [.. head, .. body];
    }
}
