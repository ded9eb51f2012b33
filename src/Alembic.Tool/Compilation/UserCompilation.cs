using System.Reflection;
using System.Runtime.CompilerServices;
using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>Loads an assembly for source files: from the cache if it is there, else compiled.</summary>
internal sealed class UserCompilation(
    CompilationCache cache, ISourceCompiler compiler, Action<string>? trace = null, Func<string, string?>? environment = null)
{
    // Revisions can use the internal members of the sources, as env.cs can.
    private const string Friend = $"\n[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{UserCode.Revisions}\")]";

    private (string[] Paths, ReferenceSet Set, UserLoadContext Context)? _references;

    /// <summary>How many times the compiler was asked for an assembly.</summary>
    public int Count { get; private set; }

    /// <summary>Explains why an assembly that the user's code needs is missing; null if nothing is known of it.</summary>
    public string? Explain(string missing) => _references is { Set: { User.Count: > 0 } set } ? set.Dependencies.Explain(missing) : null;

    /// <param name="assemblyName">The name of the assembly.</param>
    /// <param name="sourcePaths">The source files.</param>
    /// <param name="references">The user's assemblies.</param>
    /// <param name="withoutModel">Whether the environment's model is left out.</param>
    /// <param name="library">Gets an assembly that was loaded before, for sources that do not compile without its types; null for
    /// none.</param>
    /// <exception cref="CompilationException">The sources do not compile.</exception>
    /// <exception cref="NewerAssemblyNeededException">The references need a newer version of an assembly than the tool has.</exception>
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
        // In place: LINQ's sorting would have to be compiled at run time.
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
            // The next run does not have to try without it again.
            if (!compiled.IsEmpty)
                cache.Store(alone, default);
        }
        if (compiled.IsEmpty)
            throw new CompilationException(errors);
        cache.Store(key, compiled);
        return new UserAssembly(context.Load(compiled), compiled, key);
    }

    // A method of its own, so that a cache hit does not run into what may load Roslyn.
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

    // One context for the same references: env.cs and revisions see the same copy of the user's assemblies.
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

/// <summary>A loaded assembly, with the image that it was loaded from and its key in the cache.</summary>
internal sealed record UserAssembly(Assembly Assembly, CompiledAssembly Image, string Key);
