namespace Alembic.Compiler;

/// <summary>The two operations that need a C# compiler. All input and output is data, so another process can do them.</summary>
public interface ISourceCompiler
{
    /// <summary>Reads the headers of the sources, in their order.</summary>
    IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources);

    CompileResult Compile(CompileRequest request);
}
