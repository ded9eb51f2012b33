using System.Reflection;
using System.Runtime.CompilerServices;
using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>From source files to a loaded assembly: from the cache where it is there, compiled where it is not.</summary>
internal sealed class UserCompilation(
    CompilationCache cache, ISourceCompiler compiler, Action<string>? trace = null, Func<string, string?>? environment = null)
{
    // What is internal to a file of the sources is for revisions as it is for env.cs.
    private const string Friend = $"\n[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{UserCode.Revisions}\")]";

    private (string[] Paths, ReferenceSet Set, UserLoadContext Context)? _references;

    /// <summary>How many times the compiler was asked for an assembly.</summary>
    public int Count { get; private set; }

    /// <summary>Why an assembly that the user's code needs is not there; null where nothing is known of it.</summary>
    public string? Explain(string missing) => _references is { Set: { User.Count: > 0 } set } ? set.Dependencies.Explain(missing) : null;

    /// <param name="assemblyName">The name of the assembly.</param>
    /// <param name="sourcePaths">What it is compiled of.</param>
    /// <param name="references">The user's assemblies.</param>
    /// <param name="withoutModel">Whether the environment's model is left out.</param>
    /// <param name="library">Gives an assembly that was loaded before, for sources that do not compile without its types; null for
    /// none.</param>
    /// <exception cref="CompilationException">The sources do not compile.</exception>
    /// <exception cref="NewerAssemblyNeededException">The references need a newer version of what the tool has.</exception>
    public Assembly Load(
        string assemblyName, IReadOnlyList<string> sourcePaths, IReadOnlyList<string> references, bool withoutModel = false,
        Func<UserAssembly?>? library = null) =>
        LoadImage(assemblyName, sourcePaths, references, withoutModel, library).Assembly;

    /// <inheritdoc cref="Load"/>
    public UserAssembly LoadImage(
        string assemblyName, IReadOnlyList<string> sourcePaths, IReadOnlyList<string> references, bool withoutModel = false,
        Func<UserAssembly?>? library = null)
    {
        var (set, context) = Open(references);
        string[] paths = [.. new HashSet<string>(sourcePaths.Select(Path.GetFullPath))];
        // In place: to sort with LINQ is compiled at run time.
        Array.Sort(paths, StringComparer.Ordinal);
        var sources = Array.ConvertAll(paths, SourceBytes.Read);
        var key = CacheKey.Of(assemblyName, sources, set, withoutModel);
        var found = cache.Find(key);
        UserAssembly? seen = null;
        if (found is { IsEmpty: true } && (seen = library?.Invoke()) is not null)
            found = cache.Find(key = CacheKey.Of(assemblyName, sources, set, withoutModel, seen.Key));
        if (found is { IsEmpty: false } hit)
        {
            trace?.Invoke($"{assemblyName}: {sources.Length} files, from the cache");
            return new UserAssembly(context.Load(hit), hit, key);
        }

        trace?.Invoke($"{assemblyName}: {sources.Length} files, compiling");
        var compiled = Compile(assemblyName, sources, set, withoutModel, seen, out var errors);
        if (compiled.IsEmpty && seen is null && (seen = library?.Invoke()) is not null)
        {
            var alone = key;
            key = CacheKey.Of(assemblyName, sources, set, withoutModel, seen.Key);
            compiled = Compile(assemblyName, sources, set, withoutModel, seen, out errors);
            // The next run need not try again without it.
            if (!compiled.IsEmpty)
                cache.Store(alone, default);
        }
        if (compiled.IsEmpty)
            throw new CompilationException(errors);
        cache.Store(key, compiled);
        return new UserAssembly(context.Load(compiled), compiled, key);
    }

    // Apart, so that a hit does not touch what may load Roslyn.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CompiledAssembly Compile(
        string assemblyName, SourceBytes[] sources, ReferenceSet references, bool withoutModel, UserAssembly? library,
        out IReadOnlyList<SourceError> errors)
    {
        Count++;
        var result = compiler.Compile(
            new CompileRequest(assemblyName, [.. sources.Select(source => source.ToSource())], references.Paths, WithoutModel: withoutModel)
        {
            Images = library is null ? [] : [library.Image.Assembly.ToArray()],
            GlobalUsings = CompileRequest.ImplicitUsings + Friend,
        });
        errors = result.Errors;
        return result.Succeeded ? new CompiledAssembly(result.Assembly, result.Pdb) : default;
    }

    // One context for the same references: env.cs and revisions see one copy of the user's assemblies.
    private (ReferenceSet Set, UserLoadContext Context) Open(IReadOnlyList<string> references)
    {
        if (_references is not { } open || !open.Paths.SequenceEqual(references))
        {
            var set = new ReferenceSet(references, environment ?? Environment.GetEnvironmentVariable);
            _references = open = ([.. references], set, new UserLoadContext(set));
        }

        return (open.Set, open.Context);
    }
}

/// <summary>A compiled assembly that is loaded, with what it was loaded from and its key in the cache.</summary>
internal sealed record UserAssembly(Assembly Assembly, CompiledAssembly Image, string Key);
