using System.Buffers.Binary;

namespace Alembic.Compiler.Remote;

/// <summary>
/// One message: the build that wrote it, the length of the content, the content. Both ends are built together, so the build is the
/// version of the protocol, and another build's message is refused.
/// </summary>
internal static class Frame
{
    private const int BuildLength = 16;
    private const int HeadLength = BuildLength + sizeof(int);

    private static Guid Build => typeof(Frame).Module.ModuleVersionId;

    public static void Write(Stream stream, Action<BinaryWriter> write)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(Build.ToByteArray());
        writer.Write(0);
        write(writer);
        buffer.TryGetBuffer(out var bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(BuildLength), bytes.Count - HeadLength);
        stream.Write(bytes);
        stream.Flush();
    }

    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The input is not a message of this build.</exception>
    public static bool TryRead<T>(Stream stream, Func<BinaryReader, T> read, out T? content)
    {
        content = default;
        var head = new byte[HeadLength];
        var length = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        if (length == 0)
            return false;
        if (length < HeadLength || new Guid(head.AsSpan(0, BuildLength)) != Build)
            throw new InvalidDataException("it belongs to another build");
        try
        {
            // The length is only trusted once the bytes have arrived.
            using var reader = new BinaryReader(
                new MemoryStream(ReadExactly(stream, BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(BuildLength)))));
            content = read(reader);
            return true;
        }
        catch (Exception exception) when (exception is EndOfStreamException or ArgumentException or FormatException or OverflowException)
        {
            throw new InvalidDataException("it sent a damaged message", exception);
        }
    }

    private static byte[] ReadExactly(Stream stream, int length)
    {
        using var bytes = new MemoryStream();
        var chunk = new byte[Math.Clamp(length, 0, 1 << 20)];
        while (bytes.Length < length)
        {
            var count = stream.Read(chunk, 0, (int)Math.Min(chunk.Length, length - bytes.Length));
            if (count == 0)
                throw new EndOfStreamException();
            bytes.Write(chunk, 0, count);
        }

        return length < 0 ? throw new FormatException() : bytes.ToArray();
    }
}
