using Alembic.Compiler;

namespace Alembic.Tool.Tests.Compilation;

/// <summary>The compiler, with a record of what was asked of it.</summary>
internal sealed class CountingCompiler : ISourceCompiler
{
    private readonly SourceCompiler _compiler = new();

    public List<string> Read { get; } = [];

    public int Compilations { get; private set; }

    public IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources)
    {
        Read.AddRange(sources.Select(source => Path.GetFileName(source.Path)));
        return _compiler.ReadHeaders(sources);
    }

    public CompileResult Compile(CompileRequest request)
    {
        Compilations++;
        return _compiler.Compile(request);
    }
}
