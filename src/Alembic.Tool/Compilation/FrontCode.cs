using Alembic.Compiler;
using Alembic.Revisions;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Compilation;

/// <summary>The project's code, as far as it is known without running it.</summary>
internal sealed class FrontCode(Settings settings, Terminal terminal) : IUserCode
{
    private readonly HeaderIndex _headers = HeaderIndex.Of(settings, terminal, CompilerChoice.For(terminal));

    public IReadOnlyList<RevisionSource> ReadHeaders(IReadOnlyList<string> paths) => _headers.Read(settings.VersionLocations, paths);

    public void Prepare(string environmentFile, bool usesModel)
    {
    }

    public MigrationEnvironment LoadEnvironment(string path) =>
        !File.Exists(path) ? new DefaultEnvironment()
        : PlainEnvironment.In(path, settings) ?? throw new NotHereException("env.cs has to be run");

    public Func<Revision, Migration> LoadMigrations(IReadOnlyList<Step> steps, IReadOnlyList<string> helpers) =>
        throw new NotHereException("there are migrations to run");

    public string? Explain(Exception exception) => null;
}
