using System.Reflection;
using System.Runtime.CompilerServices;
using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>From source files to a loaded assembly: from the cache where it is there, compiled where it is not.</summary>
internal sealed class UserCompilation(CompilationCache cache, ISourceCompiler compiler, Action<string>? trace = null)
{
    private (string[] Paths, ReferenceSet Set, UserLoadContext Context)? _references;

    /// <summary>How many times the compiler was asked for an assembly.</summary>
    public int Count { get; private set; }

    /// <exception cref="CompilationException">The sources do not compile.</exception>
    /// <exception cref="NewerAssemblyNeededException">The references need a newer version of what the tool has.</exception>
    public Assembly Load(string assemblyName, IReadOnlyList<string> sourcePaths, IReadOnlyList<string> references, bool withoutModel = false)
    {
        var (set, context) = Open(references);
        string[] paths = [.. new HashSet<string>(sourcePaths.Select(Path.GetFullPath))];
        // In place: to sort with LINQ is compiled at run time.
        Array.Sort(paths, StringComparer.Ordinal);
        var sources = Array.ConvertAll(paths, SourceBytes.Read);
        var key = CacheKey.Of(assemblyName, sources, set, withoutModel);
        if (cache.Find(key) is { } found)
        {
            trace?.Invoke($"{assemblyName}: {sources.Length} files, from the cache");
            return context.Load(found);
        }

        trace?.Invoke($"{assemblyName}: {sources.Length} files, compiling");
        var compiled = Compile(assemblyName, sources, set, withoutModel);
        cache.Store(key, compiled);
        return context.Load(compiled);
    }

    // Apart, so that a hit does not touch what may load Roslyn.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CompiledAssembly Compile(string assemblyName, SourceBytes[] sources, ReferenceSet references, bool withoutModel)
    {
        Count++;
        var result = compiler.Compile(new CompileRequest(assemblyName, [.. sources.Select(source => source.ToSource())], references.Paths, WithoutModel: withoutModel));
        return result.Succeeded ? new CompiledAssembly(result.Assembly, result.Pdb) : throw new CompilationException(result.Errors);
    }

    // One context for the same references: env.cs and revisions see one copy of the user's assemblies.
    private (ReferenceSet Set, UserLoadContext Context) Open(IReadOnlyList<string> references)
    {
        if (_references is not { } open || !open.Paths.SequenceEqual(references))
        {
            var set = new ReferenceSet(references);
            _references = open = ([.. references], set, new UserLoadContext(set));
        }

        return (open.Set, open.Context);
    }
}
