namespace Alembic.Compiler;

/// <summary>
/// Compiles with Roslyn in this process. No member mentions a type of Roslyn, so a compiler that is never used does not load it.
/// </summary>
public sealed class SourceCompiler : ISourceCompiler
{
    public IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources) =>
        sources.Count == 0 ? [] : HeaderReader.Read(sources);

    public CompileResult Compile(CompileRequest request) => Compilation.Emit(request);
}
