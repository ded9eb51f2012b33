using Alembic.Compiler;
using Alembic.Revisions;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Compilation;

/// <summary>The code of the project's files, compiled when it is needed.</summary>
internal sealed class UserCode : IUserCode
{
    public const string Revisions = "alembic.versions";

    private const string EnvironmentName = "alembic.env";

    private readonly Settings _settings;
    private readonly HeaderIndex _headers;
    private readonly Action<Action> _prepare;
    private readonly Func<string, string?> _variables;
    private Lazy<UserAssembly?>? _environment;
    private bool _usesModel;

    public UserCode(Settings settings, Terminal terminal, Action<Action> prepare)
        : this(settings, terminal, CompilerChoice.For(terminal), prepare)
    {
    }

    public UserCode(Settings settings, Terminal terminal, ISourceCompiler compiler, Action<Action> prepare, Action<string>? trace = null)
    {
        _prepare = prepare;
        _variables = terminal.Environment;
        var cache = CacheDirectory.Of(settings, terminal, trace);
        _settings = settings;
        _headers = new HeaderIndex(cache, compiler, terminal.Clock, trace);
        Compilation = new UserCompilation(new CompilationCache(cache), compiler, trace, terminal.Environment);
    }

    public UserCompilation Compilation { get; }

    private ReferenceFiles References => field ??= new ReferenceFiles(_settings.References);

    public IReadOnlyList<RevisionSource> ReadHeaders(IReadOnlyList<string> paths) => _headers.Read(_settings.VersionLocations, paths);

    public void Prepare(string environmentFile, bool usesModel)
    {
        _usesModel = usesModel;
        var environment = Environment(environmentFile);
        if (!File.Exists(environmentFile))
            return;
        _prepare(() => _ = environment.Value);
    }

    public MigrationEnvironment LoadEnvironment(string path) => File.Exists(path)
        ? UserTypes.Environment(() => Environment(path).Value?.Assembly, path)
        : new DefaultEnvironment();

    // Only these are compiled, with the helpers beside them.
    public Func<Revision, Migration> LoadMigrations(IReadOnlyList<Step> steps, IReadOnlyList<string> helpers)
    {
        var image = LoadRevisions(steps.Select(step => step.Revision!), helpers, () => _environment?.Value);
        return UserTypes.Migrations(image.Assembly, steps, _prepare);
    }

    public string? Explain(Exception exception) =>
        NewerAssemblyNeededException.In(exception) is { } newer ? $"{newer.Message}: {newer.Hint}"
        : MissingAssembly.Name(exception) is { } name ? Compilation.Explain(name) : null;

    /// <summary>Compiles everything, for machines without a compiler: the environment without its model, and all revisions.</summary>
    public ProjectImages Compile(string environmentFile, IReadOnlyList<Revision> revisions, IReadOnlyList<string> helpers)
    {
        var sources = Sources(environmentFile);
        var environment = sources.Count == 0 ? null
            : References.Problem is null ? Compilation.LoadImage(EnvironmentName, sources, References.All, withoutModel: true)
            : WithReferences(references => WithoutModel(sources, references));
        var migrations = LoadRevisions(revisions, helpers, () => environment);
        var create = UserTypes.Migrations(migrations.Assembly, [], _prepare);
        foreach (var revision in revisions)
            create(revision);
        UserAssembly[] all = environment is null ? [migrations] : [environment, migrations];
        var needed = all.SelectMany(image => image.Assembly.GetReferencedAssemblies());
        return new(environment?.Image, migrations.Image, new ReferenceSet(References.Usable, _variables).NeededBy(needed));
    }

    private Lazy<UserAssembly?> Environment(string path) => _environment ??= new(() => LoadEnvironmentAssembly(path));

    private UserAssembly LoadRevisions(IEnumerable<Revision> revisions, IReadOnlyList<string> helpers, Func<UserAssembly?> library) =>
        WithReferences(references =>
            Compilation.LoadImage(Revisions, [.. revisions.Select(r => r.Path!), .. helpers], references, library: library));

    private List<string> Sources(string path) =>
        [.. File.Exists(path) ? [path] : Array.Empty<string>(), .. _settings.Sources.SelectMany(SourceGlob.Expand)];

    // A server has the migrations, but may have no build of the application. Only a command that compares needs its model.
    private UserAssembly? LoadEnvironmentAssembly(string path)
    {
        var sources = Sources(path);
        if (sources.Count == 0)
            return null;
        return _usesModel || References.Problem is null
            ? Compilation.LoadImage(EnvironmentName, sources, References.All)
            : WithReferences(references => WithoutModel(sources, references));
    }

    // The sources that do not compile may be the model.
    private UserAssembly WithoutModel(List<string> sources, IReadOnlyList<string> references)
    {
        try
        {
            return Compilation.LoadImage(EnvironmentName, sources, references, withoutModel: true);
        }
        catch (CompilationException exception) when (sources.Count > 1)
        {
            List<string> left = [.. sources.Take(1),
                .. sources.Skip(1).Where(source => !exception.Errors.Any(error => Paths.AreSame(error.Path, Path.GetFullPath(source))))];
            return WithoutModel(left.Count < sources.Count ? left : left[..1], references);
        }
    }

    // A reference that cannot be used matters only if something needs it.
    private T WithReferences<T>(Func<IReadOnlyList<string>, T> load)
    {
        try
        {
            return load(References.Usable);
        }
        catch (CompilationException exception) when (References.Problem is { } problem)
        {
            throw new CompilationException(exception.Errors, problem);
        }
    }
}
