using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>Stands for the compiler in the native program, which has none.</summary>
internal sealed class NotHereCompiler : ISourceCompiler
{
    public IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources) =>
        throw new NotHereException("there are new revision files");

    public CompileResult Compile(CompileRequest request) => throw new NotHereException("there is something to compile");
}
