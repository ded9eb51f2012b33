using System.Reflection;
using System.Runtime.Loader;
using Alembic.Tool.Compilation;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Compilation;

/// <summary>Runs a second copy of the tool's assemblies in a context that sees which of them are asked for.</summary>
[TestClass]
public sealed class RoslynIsNotLoadedTests : IDisposable
{
    private const string Roslyn = "Microsoft.CodeAnalysis";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void What_comes_from_the_cache_loads_no_Roslyn()
    {
        var path = _folder.Write("a.cs", "[Alembic.Revision(\"a\")] file class C;");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - TimeSpan.FromMinutes(1));

        CollectionAssert.Contains(Run(path), Roslyn);
        var second = Run(path);

        CollectionAssert.Contains(second, "Alembic.Compiler");
        Assert.IsEmpty(second.Where(name => name.StartsWith(Roslyn, StringComparison.Ordinal)));
    }

    private List<string> Run(string path)
    {
        var context = new RecordingContext();
        var runner = context.LoadFromAssemblyPath(typeof(RoslynIsNotLoadedTests).Assembly.Location)
            .GetType(typeof(RoslynIsNotLoadedTests).FullName!)!;
        runner.GetMethod(nameof(Load), BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null,
            [Path.Combine(_folder.Path, "cache"), path]);
        return context.Loaded;
    }

    // The other copy's.
    private static void Load(string cache, string path)
    {
        var directory = new CacheDirectory(cache, new SealingKey(cache + ".key"), TimeProvider.System);
        var compiler = new Alembic.Compiler.SourceCompiler();
        new HeaderIndex(directory, compiler, TimeProvider.System).Read(["scope"], [path]);
        new UserCompilation(new CompilationCache(directory), compiler).Load("user", [path], []);
    }

    private sealed class RecordingContext() : AssemblyLoadContext("recording")
    {
        public List<string> Loaded { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Loaded.Add(assemblyName.Name!);
            return assemblyName.Name is "dotnet-alembic" or "Alembic.Compiler" or "Alembic.Tool.Tests"
                || assemblyName.Name!.StartsWith(Roslyn, StringComparison.Ordinal)
                ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll"))
                : null;
        }
    }
}
