namespace Alembic.Compiler.Remote;

/// <summary>Serves a compiler to another process: answers one request after the other until the input ends.</summary>
public static class CompilerServer
{
    /// <summary>Returns when the input ends, as it does when the process at its other end is gone.</summary>
    /// <exception cref="InvalidDataException">The input is not a request of the same build of this library.</exception>
    public static void Serve(Stream input, Stream output, ISourceCompiler compiler)
    {
        while (Frame.TryRead(input, reader => Answer(reader, compiler), out var answer))
            Frame.Write(output, answer!);
    }

    // Only reads the request. The work is done when the answer is written.
    private static Action<BinaryWriter> Answer(BinaryReader reader, ISourceCompiler compiler)
    {
        switch ((Request)reader.ReadByte())
        {
            case Request.ReadHeaders:
                var sources = reader.ReadList(Wire.ReadSourceFile);
                return writer => writer.Write(compiler.ReadHeaders(sources), Wire.Write);
            case Request.Compile:
                var request = reader.ReadCompileRequest();
                return writer => writer.Write(compiler.Compile(request));
            default:
                throw new FormatException();
        }
    }
}
