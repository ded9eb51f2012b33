namespace Alembic.Compiler;

/// <summary>
/// The two questions that need a C# compiler. Everything asked and answered is data, so the answer may come from another process.
/// </summary>
public interface ISourceCompiler
{
    /// <summary>The headers of the sources, in their order.</summary>
    IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources);

    CompileResult Compile(CompileRequest request);
}
