namespace Alembic.Compiler;

/// <summary>
/// Roslyn in this process. No member mentions a type of Roslyn, so holding a compiler that is never asked does not load it.
/// </summary>
public sealed class SourceCompiler : ISourceCompiler
{
    public IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources) =>
        sources.Count == 0 ? [] : HeaderReader.Read(sources);

    public CompileResult Compile(CompileRequest request) => Compilation.Emit(request);
}
