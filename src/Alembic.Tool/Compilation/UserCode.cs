using System.Reflection;
using System.Runtime.CompilerServices;
using Alembic.Compiler;
using Alembic.Revisions;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Compilation;

/// <summary>The project's own code: what its revision files declare, its environment, its migrations.</summary>
internal sealed class UserCode
{
    public const string Revisions = "alembic.versions";

    private readonly Settings _settings;
    private readonly HeaderIndex _headers;
    private readonly Action<Action> _prepare;
    private Lazy<UserAssembly?>? _environment;
    private bool _usesModel;

    public UserCode(Settings settings, Terminal terminal, Action<Action> prepare)
        : this(settings, terminal, CompilerChoice.For(terminal), prepare)
    {
    }

    public UserCode(Settings settings, Terminal terminal, ISourceCompiler compiler, Action<Action> prepare, Action<string>? trace = null)
    {
        _prepare = prepare;
        var cache = new CacheDirectory(
            CacheLocation.Find(settings.CacheDir, terminal.Environment), new SealingKey(CacheLocation.OfKey(terminal.Environment)),
            terminal.Clock, trace);
        _settings = settings;
        _headers = new HeaderIndex(cache, compiler, terminal.Clock, trace);
        Compilation = new UserCompilation(new CompilationCache(cache), compiler, trace, terminal.Environment);
    }

    public UserCompilation Compilation { get; }

    private ReferenceFiles References => field ??= new ReferenceFiles(_settings.References);

    public IReadOnlyList<RevisionSource> ReadHeaders(IReadOnlyList<string> paths) => _headers.Read(_settings.VersionLocations, paths);

    /// <summary>Has the environment loaded while something else is done.</summary>
    public void Prepare(string environmentFile, bool usesModel)
    {
        _usesModel = usesModel;
        var environment = Environment(environmentFile);
        if (!File.Exists(environmentFile))
            return;
        _prepare(() => _ = environment.Value);
    }

    /// <summary>The environment that env.cs holds; without such a file the default one.</summary>
    public MigrationEnvironment LoadEnvironment(string path)
    {
        if (!File.Exists(path))
            return new DefaultEnvironment();
        var types = Types(Environment(path)).Where(type => type.IsAssignableTo(typeof(MigrationEnvironment)) && !type.IsAbstract).ToList();
        return types switch
        {
            [var type] => (MigrationEnvironment)Guarded(() => Create(type)),
            [] => throw new AlembicException($"{path} has no class that derives from MigrationEnvironment"),
            _ => throw new AlembicException(
                $"{path} has several classes that derive from MigrationEnvironment: "
                    + $"{string.Join(", ", types.Select(type => type.FullName))}"),
        };
    }

    /// <summary>Compiles the migrations of these steps, and no others, with the helpers beside them.</summary>
    public Func<Revision, Migration> LoadMigrations(IReadOnlyList<Step> steps, IReadOnlyList<string> helpers)
    {
        var assembly = WithReferences(references => Compilation.Load(
            Revisions, [.. steps.Select(step => step.Revision!.Path!), .. helpers], references, library: () => _environment?.Value));
        var types = Guarded(() => new RevisionTypes(assembly));
        // Each while those before it run.
        if (steps.Count > 1)
            _prepare(() => CompileAhead(steps.SelectMany(step => Methods(types[step.Revision!.Id], step))));
        return revision => Guarded(() => Create(types[revision.Id])) as Migration
            ?? throw new AlembicException($"{revision.Path}: the class with [Revision(\"{revision.Id}\")] does not derive from Migration");
    }

    /// <summary>Why an assembly is missing where that is what failed, and the way out; else null.</summary>
    public string? Explain(Exception exception) =>
        NewerAssemblyNeededException.In(exception) is { } newer ? $"{newer.Message}: {newer.Hint}"
        : MissingAssembly.Name(exception) is { } name ? Compilation.Explain(name) : null;

    private static IEnumerable<MethodBase?> Methods(Type migration, Step step) =>
        [migration.GetConstructor(Type.EmptyTypes),
            migration.GetMethod(step.IsUpgrade ? nameof(Migration.Upgrade) : nameof(Migration.Downgrade), [typeof(Op)])];

    private static void CompileAhead(IEnumerable<MethodBase?> methods)
    {
        foreach (var method in methods.OfType<MethodBase>())
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
    }

    private Lazy<UserAssembly?> Environment(string path) => _environment ??= new(() => LoadEnvironmentAssembly(path));

    private static Type[] Types(Lazy<UserAssembly?> environment) => Guarded(() => environment.Value?.Assembly.GetTypes() ?? []);

    // A server has the migrations, and may have no build of the application: only what compares needs its model.
    private UserAssembly? LoadEnvironmentAssembly(string path)
    {
        List<string> sources = [.. File.Exists(path) ? [path] : Array.Empty<string>(), .. _settings.Sources.SelectMany(SourceGlob.Expand)];
        if (sources.Count == 0)
            return null;
        return _usesModel || References.Problem is null
            ? Compilation.LoadImage("alembic.env", sources, References.All)
            : WithReferences(references => WithoutModel(sources, references));
    }

    // Those of the sources that do not compile may be the model.
    private UserAssembly WithoutModel(List<string> sources, IReadOnlyList<string> references)
    {
        try
        {
            return Compilation.LoadImage("alembic.env", sources, references, withoutModel: true);
        }
        catch (CompilationException exception) when (sources.Count > 1)
        {
            List<string> left = [.. sources.Take(1),
                .. sources.Skip(1).Where(source => !exception.Errors.Any(error => Paths.AreSame(error.Path, Path.GetFullPath(source))))];
            return WithoutModel(left.Count < sources.Count ? left : left[..1], references);
        }
    }

    // One that can't be used matters where something needs it.
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

    private static T Guarded<T>(Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception exception) when (NewerAssemblyNeededException.In(exception) is { } newer && newer != exception)
        {
            throw newer;
        }
    }

    // An exception of the constructor comes out as it is, with the user's line in it.
    private static object Create(Type type)
    {
        try
        {
            return Activator.CreateInstance(type,
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        catch (MissingMethodException exception) when (type.IsAbstract
            || type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is null)
        {
            throw new AlembicException(
                $"{type.FullName} cannot be created: it must not be abstract and needs a constructor without parameters", exception);
        }
    }
}
