using System.Text;
using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>A source file's bytes on the disk. The cache needs only the bytes; only a compiler needs the text.</summary>
internal sealed record SourceBytes(string Path, byte[] Bytes)
{
    /// <summary>A generated model of some thousand tables is far below this. A larger file is not a source.</summary>
    public const int Limit = 16 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static SourceBytes Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length > Limit)
            throw new AlembicException($"{path} has {file.Length} bytes; a source file may have at most {Limit} (16 MB)");
        var bytes = new byte[file.Length];
        return new SourceBytes(path, bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)]);
    }

    public SourceFile ToSource()
    {
        try
        {
            var text = Utf8.GetString(Bytes);
            if (Nesting.Problem(text) is { } problem)
                throw new AlembicException($"{Path}: {problem}");
            return new SourceFile(Path, text.StartsWith('\uFEFF') ? text[1..] : text);
        }
        catch (DecoderFallbackException exception)
        {
            // Another encoding would put wrong characters into the database.
            throw new AlembicException($"{Path} is not UTF-8: byte {exception.Index + 1} is not valid", exception);
        }
    }
}
