using System.Text;
using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>The bytes of a header index.</summary>
internal static class HeaderIndexFile
{
    private const int Format = 3;
    private const int HashLength = 32;

    public static byte[] Write(IReadOnlyDictionary<string, IndexedHeader> headers)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Format);
        writer.Write(Reader.ToByteArray());
        writer.Write(headers.Count);
        foreach (var (path, entry) in headers)
        {
            writer.Write(path);
            writer.Write(entry.Size);
            writer.Write(entry.Modified);
            writer.Write(entry.ReadAt);
            writer.Write(entry.Hash);
            writer.Write(entry.Header is not null);
            if (entry.Header is not { } header)
                continue;
            writer.Write(header.Id);
            Write(writer, header.Revises);
            Write(writer, header.BranchLabels);
            Write(writer, header.DependsOn);
            writer.Write(header.ClassName);
            writer.Write(header.Text);
            writer.Write(Convert.FromHexString(header.UpgradeChecksum));
            writer.Write(Convert.FromHexString(header.DowngradeChecksum));
            writer.Write(header.Phase ?? "");
        }

        return stream.ToArray();
    }

    /// <summary>Reads an index; empty if there are no bytes, or if another version wrote them.</summary>
    public static Dictionary<string, IndexedHeader> Read(byte[]? bytes)
    {
        if (bytes is null)
            return [];
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (reader.ReadInt32() != Format || new Guid(reader.ReadBytes(16)) != Reader)
                return [];
            var count = reader.ReadInt32();
            var headers = new Dictionary<string, IndexedHeader>(StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
            {
                headers[reader.ReadString()] = new IndexedHeader(
                    reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBytes(HashLength),
                    reader.ReadBoolean() ? ReadHeader(reader) : null);
            }

            return headers;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or FormatException or OverflowException)
        {
            return [];
        }
    }

    // Another reader may read other headers from the same file.
    private static Guid Reader => typeof(ISourceCompiler).Module.ModuleVersionId;

    private static RevisionHeader ReadHeader(BinaryReader reader) =>
        new(reader.ReadString(), ReadList(reader), ReadList(reader), ReadList(reader), reader.ReadString(), reader.ReadString(),
            ReadHash(reader), ReadHash(reader)) { Phase = reader.ReadString() is { Length: > 0 } phase ? phase : null };

    private static string ReadHash(BinaryReader reader)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        reader.ReadExactly(hash);
        return Hexadecimal.Of(hash);
    }

    private static string[] ReadList(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        if (count == 0)
            return [];
        var items = new List<string>();
        for (var i = 0; i < count; i++)
            items.Add(reader.ReadString());
        return [.. items];
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<string> items)
    {
        writer.Write7BitEncodedInt(items.Count);
        foreach (var item in items)
            writer.Write(item);
    }
}
