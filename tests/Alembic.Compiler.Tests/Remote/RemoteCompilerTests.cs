using System.Text.Json;
using Alembic.Compiler.Remote;

namespace Alembic.Compiler.Tests.Remote;

/// <summary>The other process answers what this one would.</summary>
[TestClass]
public sealed class RemoteCompilerTests : IDisposable
{
    private readonly SourceCompiler _here = new();
    private readonly NativeCompiler _there = NativeCompilerTests.Of(NativeCompilerTests.Program, new NoCompiler(),
        text => Assert.Fail(text));

    public void Dispose() => _there.Dispose();

    [TestMethod]
    public void Assemblies_symbols_errors_and_warnings_are_the_same_byte_for_byte()
    {
        var warned = 0;
        var failed = 0;
        foreach (var source in Samples.Sources)
        {
            var request = Samples.Request("sample", source);
            var expected = _here.Compile(request);
            var actual = _there.Compile(request);

            Assert.AreEqual(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual), source);
            warned += expected.Warnings.Count > 0 ? 1 : 0;
            failed += expected.Succeeded ? 0 : 1;
        }

        Assert.IsGreaterThan(3, warned);
        Assert.IsGreaterThan(7, failed);
        Assert.IsGreaterThan(10, Samples.Sources.Length - failed);
    }

    [TestMethod]
    public void Many_files_make_the_same_assembly()
    {
        var request = Samples.Request("many",
            [.. Enumerable.Range(0, 300).Select(i => $"public class C{i} {{ public int Value => {i}; string? unused{i}; }}")]);

        Assert.AreEqual(JsonSerializer.Serialize(_here.Compile(request)), JsonSerializer.Serialize(_there.Compile(request)));
    }

    [TestMethod]
    public void An_assembly_that_is_in_no_file_is_compiled_against()
    {
        var library = _here.Compile(Samples.Request("library", "public static class Shared { public const int Value = 7; }"));
        var request = Samples.Request("user", "class C { int Value => Shared.Value; }") with { Images = [library.Assembly] };

        Assert.IsTrue(_here.Compile(request).Succeeded);
        Assert.AreEqual(JsonSerializer.Serialize(_here.Compile(request)), JsonSerializer.Serialize(_there.Compile(request)));
    }

    [TestMethod]
    public void Headers_and_what_is_wrong_with_them_are_the_same()
    {
        var files = Samples.Files(Samples.Sources);

        Assert.AreEqual(JsonSerializer.Serialize(_here.ReadHeaders(files)), JsonSerializer.Serialize(_there.ReadHeaders(files)));
        Assert.IsEmpty(_there.ReadHeaders([]));
    }

    private sealed class NoCompiler : ISourceCompiler
    {
        public IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources) => throw new InvalidOperationException();

        public CompileResult Compile(CompileRequest request) => throw new InvalidOperationException();
    }
}
