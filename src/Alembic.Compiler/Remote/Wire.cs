namespace Alembic.Compiler.Remote;

/// <summary>Writes and reads requests and answers. Each pair of methods uses the same fields in the same order.</summary>
internal static class Wire
{
    public static void Write(this BinaryWriter writer, CompileRequest request)
    {
        writer.Write(request.AssemblyName);
        writer.Write(request.Sources, Write);
        writer.Write(request.References, (w, path) => w.Write(path));
        writer.Write(request.GlobalUsings);
        writer.Write(request.WithoutModel);
        writer.Write(request.Images ?? [], WriteBlob);
    }

    public static CompileRequest ReadCompileRequest(this BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadList(ReadSourceFile), reader.ReadStrings(), reader.ReadString(), reader.ReadBoolean(),
            reader.ReadList(ReadBlob));

    public static void Write(this BinaryWriter writer, CompileResult result)
    {
        writer.WriteBlob(result.Assembly);
        writer.WriteBlob(result.Pdb);
        writer.Write(result.Errors, Write);
        writer.Write(result.Warnings, Write);
    }

    public static CompileResult ReadCompileResult(this BinaryReader reader) =>
        new(reader.ReadBlob(), reader.ReadBlob(), reader.ReadList(ReadSourceError), reader.ReadList(ReadSourceError));

    public static void Write(this BinaryWriter writer, SourceFile source)
    {
        writer.Write(source.Path);
        writer.Write(source.Text);
    }

    public static SourceFile ReadSourceFile(this BinaryReader reader) => new(reader.ReadString(), reader.ReadString());

    public static void Write(this BinaryWriter writer, HeaderResult result)
    {
        writer.Write(result.Path);
        writer.Write(result.Header is not null);
        if (result.Header is { } header)
        {
            writer.Write(header.Id);
            foreach (var list in new[] { header.Revises, header.BranchLabels, header.DependsOn })
                writer.Write(list, (w, text) => w.Write(text));
            writer.Write(header.ClassName);
            writer.Write(header.Text);
            writer.Write(header.UpgradeChecksum);
            writer.Write(header.DowngradeChecksum);
            writer.Write(header.Phase ?? "");
        }

        writer.Write(result.Errors, Write);
    }

    public static HeaderResult ReadHeaderResult(this BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadBoolean() ? reader.ReadHeader() : null, reader.ReadList(ReadSourceError));

    public static void Write<T>(this BinaryWriter writer, IReadOnlyList<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items)
            write(writer, item);
    }

    public static T[] ReadList<T>(this BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadLength()];
        for (var i = 0; i < items.Length; i++)
            items[i] = read(reader);
        return items;
    }

    private static void Write(this BinaryWriter writer, SourceError error)
    {
        writer.Write(error.Path);
        writer.Write(error.Line);
        writer.Write(error.Column);
        writer.Write(error.Id);
        writer.Write(error.Message);
        writer.Write(error.IsWarning);
    }

    private static SourceError ReadSourceError(this BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadString(), reader.ReadString(), reader.ReadBoolean());

    private static RevisionHeader ReadHeader(this BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadStrings(), reader.ReadStrings(), reader.ReadStrings(), reader.ReadString(), reader.ReadString(),
            reader.ReadString(), reader.ReadString())
        {
            Phase = reader.ReadString() is { Length: > 0 } phase ? phase : null,
        };

    private static string[] ReadStrings(this BinaryReader reader) => reader.ReadList(r => r.ReadString());

    private static void WriteBlob(this BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBlob(this BinaryReader reader) => reader.ReadBytes(reader.ReadLength());

    // Every item takes at least a byte. A larger number is not valid, and must not be allocated.
    private static int ReadLength(this BinaryReader reader)
    {
        var length = reader.ReadInt32();
        return length >= 0 && length <= reader.BaseStream.Length - reader.BaseStream.Position ? length : throw new FormatException();
    }
}
