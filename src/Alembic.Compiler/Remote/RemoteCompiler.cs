namespace Alembic.Compiler.Remote;

/// <summary>Asks the compiler in another process.</summary>
/// <param name="requests">Takes what the server reads.</param>
/// <param name="answers">Gives what the server writes.</param>
public sealed class RemoteCompiler(Stream requests, Stream answers) : ISourceCompiler
{
    public IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources)
    {
        var results = Ask(Request.ReadHeaders, writer => writer.Write(sources, Wire.Write),
            reader => reader.ReadList(Wire.ReadHeaderResult));
        return results.Select(result => result.Path).SequenceEqual(sources.Select(source => source.Path))
            ? results
            : throw new InvalidDataException("it answered another request");
    }

    public CompileResult Compile(CompileRequest request) =>
        Ask(Request.Compile, writer => writer.Write(request), reader => reader.ReadCompileResult());

    private T Ask<T>(Request request, Action<BinaryWriter> write, Func<BinaryReader, T> read)
    {
        Frame.Write(requests, writer =>
        {
            writer.Write((byte)request);
            write(writer);
        });
        return Frame.TryRead(answers, read, out var answer) ? answer! : throw new InvalidDataException("it ended");
    }
}
