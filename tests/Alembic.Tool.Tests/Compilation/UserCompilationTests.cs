using System.Reflection;
using Alembic.Compiler;
using Alembic.Tool.Compilation;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Compilation;

[TestClass]
public sealed class UserCompilationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CountingCompiler _compiler = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_second_load_comes_from_the_cache()
    {
        var path = _folder.Write("a.cs", "public static class C { public static int Answer() => 42; }");

        Assert.AreEqual(42, Invoke(Load([path]), "Answer"));
        Assert.AreEqual(42, Invoke(Load([path]), "Answer"));

        Assert.AreEqual(1, _compiler.Compilations);
    }

    [TestMethod]
    public void Any_change_of_a_source_compiles_again()
    {
        var path = _folder.Write("a.cs", "public static class C { public static int Answer() => 1; }");
        var time = File.GetLastWriteTimeUtc(path);
        Load([path]);

        _folder.Write("a.cs", "public static class C { public static int Answer() => 2; }");
        File.SetLastWriteTimeUtc(path, time);

        Assert.AreEqual(2, Invoke(Load([path]), "Answer"));
    }

    [TestMethod]
    public void The_order_of_the_sources_does_not_matter_but_their_places_do()
    {
        const string Text = "public static class C;";
        string[] paths = [_folder.Write("a.cs", Text), _folder.Write("b.cs", "class D;")];
        Load(paths);
        Load([.. paths.Reverse()]);
        Assert.AreEqual(1, _compiler.Compilations);

        Load([_folder.Write("moved/a.cs", Text), paths[1]]);
        Assert.AreEqual(2, _compiler.Compilations);
    }

    [TestMethod]
    public void A_damaged_entry_is_compiled_again()
    {
        var path = _folder.Write("a.cs", "public static class C { public static int Answer() => 42; }");
        Load([path]);
        var entry = Directory.EnumerateFiles(Cache, "*.assembly").Single();
        File.WriteAllBytes(entry, File.ReadAllBytes(entry)[..^100]);

        Assert.AreEqual(42, Invoke(Load([path]), "Answer"));
        Load([path]);
        Assert.AreEqual(2, _compiler.Compilations);
    }

    [TestMethod]
    public void Errors_are_carried_with_their_places_and_nothing_is_kept()
    {
        var path = _folder.Write("a.cs", "class C {\n    int X() => \"\";\n}");

        var exception = Assert.ThrowsExactly<CompilationException>(() => Load([path]));

        Assert.AreEqual($"1 error in {path}", exception.Message);
        Assert.AreEqual($"{path}(2,16): error CS0029: Cannot implicitly convert type 'string' to 'int'",
            exception.Errors.Single().ToString());
        Assert.IsFalse(Directory.Exists(Cache));
    }

    [TestMethod]
    public void An_exception_tells_the_line_of_the_user_also_from_the_cache()
    {
        var path = _folder.Write("throws.cs",
            "public static class C\n{\n    public static int Answer()\n    {\n        return int.Parse(\"x\");\n    }\n}");
        for (var i = 0; i < 2; i++)
        {
            var exception = Assert.ThrowsExactly<TargetInvocationException>(() => Invoke(Load([path]), "Answer"));

            StringAssert.Contains(exception.InnerException!.StackTrace, $"{path}:line 5");
            Assert.AreEqual((path, 5), UserFrame.First(exception, [path]));
            Assert.AreEqual((path, 5), UserFrame.First(new AlembicException("outer", exception), [_folder.Path]));
            Assert.IsNull(UserFrame.First(exception, [_folder.Path + "x"]));
        }
    }

    [TestMethod]
    public void User_code_shares_the_library_and_the_drivers()
    {
        var path = _folder.Write("a.cs",
            "public static class C { public static object[] Answer() => [typeof(Alembic.Op), "
                + "typeof(Microsoft.Data.Sqlite.SqliteConnection)]; }");

        CollectionAssert.AreEqual(new object[] { typeof(Op), typeof(Microsoft.Data.Sqlite.SqliteConnection) },
            (object[])Invoke(Load([path]), "Answer")!);
    }

    [TestMethod]
    [DataRow("Microsoft.CodeAnalysis.SyntaxNode")]
    [DataRow("Microsoft.CodeAnalysis.CSharp.SyntaxFacts")]
    [DataRow("Scriban.Template")]
    [DataRow("McMaster.Extensions.CommandLineUtils.CommandLineApplication")]
    [DataRow("Microsoft.Extensions.Configuration.IConfiguration")]
    [DataRow("Alembic.Compiler.SourceFile")]
    [DataRow("Alembic.Tool.Terminal")]
    public void User_code_does_not_see_what_the_tool_is_made_of(string type)
    {
        var path = _folder.Write("a.cs", $"class C {{ global::{type}? x; }}");

        Assert.ThrowsExactly<CompilationException>(() => Load([path]));
    }

    [TestMethod]
    public void References_are_loaded_with_what_stands_beside_them_once_for_all_assemblies()
    {
        var inner = Library("Inner", "public static class Inner { public static int Count; }");
        var outer = Library("Outer", "public static class Outer { public static int Next() => ++Inner.Count; }", inner);
        var path = _folder.Write("a.cs", "public static class C { public static int Answer() => Outer.Next(); }");
        var compilation = Compilation();

        Assert.AreEqual(1, Invoke(compilation.Load("one", [path], [outer]), "Answer"));
        Assert.AreEqual(2, Invoke(compilation.Load("two", [path], [outer]), "Answer"));
        Assert.AreEqual(3, Invoke(compilation.Load("two", [path], [outer]), "Answer"));
    }

    [TestMethod]
    public void A_rebuilt_reference_compiles_again()
    {
        var path = _folder.Write("a.cs", "public static class C { public static int Answer() => L.Value; }");
        Assert.AreEqual(1, Invoke(Load([path], Library("L", "public static class L { public const int Value = 1; }")), "Answer"));

        Assert.AreEqual(2, Invoke(Load([path], Library("L", "public static class L { public const int Value = 2; }")), "Answer"));
    }

    [TestMethod]
    public void A_reference_to_what_the_host_has_gives_the_host_s()
    {
        var path = _folder.Write("a.cs", "public static class C { public static object Answer() => typeof(Alembic.Op); }");
        var copy = Path.Combine(_folder.Path, "Alembic.dll");
        File.Copy(typeof(Op).Assembly.Location, copy);

        Assert.AreEqual(typeof(Op), Invoke(Load([path], copy), "Answer"));
    }

    [TestMethod]
    public void A_private_library_of_the_tool_may_be_the_user_s_own()
    {
        var path = _folder.Write("a.cs", "public static class C { public static string Answer() => Scriban.Signed.Mine.Name; }");
        var own = Library("Scriban.Signed",
            "namespace Scriban.Signed { public static class Mine { public static string Name => \"own\"; } }");

        Assert.AreEqual("own", Invoke(Load([path], own), "Answer"));
    }

    [TestMethod]
    public void A_newer_driver_than_the_tool_has_is_refused_by_name_and_versions()
    {
        var driver = NewerDriver();
        var path = _folder.Write("a.cs", "class C;");
        var available = typeof(Microsoft.Data.Sqlite.SqliteConnection).Assembly.GetName().Version!;

        var exception = Assert.ThrowsExactly<NewerAssemblyNeededException>(() => Load([path], driver));

        Assert.AreEqual($"{driver} needs Microsoft.Data.Sqlite 99.0.0.0, but dotnet-alembic has {available}", exception.Message);
        Assert.AreEqual((new Version(99, 0, 0, 0), available), (exception.Needed, exception.Available));
    }

    [TestMethod]
    public void What_needs_a_newer_driver_is_refused_only_when_it_is_used()
    {
        var user = Library("Top", "public static class T { public static int Fine => 1; public static int Newer() => global::Newer.X; }",
            NewerDriver());
        var path = _folder.Write("a.cs",
            "public static class C { public static int Answer() => T.Fine; public static int Fails() => T.Newer(); }");
        var assembly = Load([path], user);
        Assert.AreEqual(1, Invoke(assembly, "Answer"));

        var exception = Assert.ThrowsExactly<TargetInvocationException>(() => Invoke(assembly, "Fails"));

        StringAssert.StartsWith(NewerAssemblyNeededException.In(exception)!.Message,
            "the user's code needs Microsoft.Data.Sqlite 99.0.0.0, but dotnet-alembic has ");
    }

    [TestMethod]
    public void A_driver_of_the_same_major_version_is_the_tool_s()
    {
        var own = typeof(Microsoft.Data.Sqlite.SqliteConnection);
        var driver = Library(
            "Microsoft.Data.Sqlite",
            $"[assembly: System.Reflection.AssemblyVersion(\"{own.Assembly.GetName().Version!.Major}.99.0.0\")] namespace "
                + $"Microsoft.Data.Sqlite {{ public class SqliteConnection; }}");
        var user = Library("Top",
            "public static class T { public static System.Type Driver => typeof(Microsoft.Data.Sqlite.SqliteConnection); }", driver);
        var path = _folder.Write("a.cs", "public static class C { public static object Answer() => T.Driver; }");

        Assert.AreEqual(own, Invoke(Load([path], user), "Answer"));
    }

    [TestMethod]
    public void Of_several_builds_a_pattern_means_the_newest_and_leaves_out_what_is_no_assembly()
    {
        foreach (var folder in new[] { "bin/old", "bin/new", "obj/ref", "bin/new/runtimes/win/lib" })
        {
            var library = Library("L", $"public static class L {{ public const string Folder = \"{folder}\"; }}");
            Directory.CreateDirectory(Path.Combine(_folder.Path, folder));
            File.Move(library, Path.Combine(_folder.Path, folder, "L.dll"));
        }
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "bin/old/L.dll"), DateTime.UtcNow.AddHours(-1));
        File.WriteAllText(Path.Combine(_folder.Path, "bin/new/native.dll"), "no assembly");

        Assert.AreEqual(Path.Combine(_folder.Path, "bin/new/L.dll"), new ReferenceFiles([$"{_folder.Path}/**/*.dll"]).All.Single());
        // What matches nothing is missing where it is needed.
        Assert.AreEqual($"the reference {_folder.Path}/out/*.dll does not exist",
            new ReferenceFiles([$"{_folder.Path}/out/*.dll"]).Problem!.Message);
    }

    [TestMethod]
    public void A_missing_or_broken_reference_is_told()
    {
        var path = _folder.Write("a.cs", "class C;");
        var broken = _folder.Write("broken.dll", "text");
        var missing = Path.Combine(_folder.Path, "missing.dll");

        Assert.AreEqual($"the reference {missing} does not exist",
            Assert.ThrowsExactly<AlembicException>(() => Load([path], missing)).Message);
        Assert.AreEqual($"the reference {broken} is not a .NET assembly",
            Assert.ThrowsExactly<AlembicException>(() => Load([path], broken)).Message);
    }

    private string Cache => Path.Combine(_folder.Path, "cache");

    private UserCompilation Compilation() =>
        new(new CompilationCache(new CacheDirectory(Cache, new SealingKey(Path.Combine(_folder.Path, "key")), TimeProvider.System)),
            _compiler);

    private Assembly Load(string[] paths, params string[] references) => Compilation().Load("user", paths, references);

    private static object? Invoke(Assembly assembly, string method) => assembly.GetType("C")!.GetMethod(method)!.Invoke(null, null);

    private string NewerDriver() =>
        Library("Microsoft.Data.Sqlite",
            "[assembly: System.Reflection.AssemblyVersion(\"99.0.0.0\")] public static class Newer { public static int X => 1; }");

    private string Library(string name, string text, params string[] references)
    {
        string[] platform = [.. HostAssemblies.Visible.Select(name => HostAssemblies.PathOf(name)!).Where(HostAssemblies.IsPlatform)];
        var result = new SourceCompiler()
            .Compile(new CompileRequest(name, [new SourceFile($"/{name}.cs", text)], [.. platform, .. references]));
        Assert.IsEmpty(result.Errors);
        var path = Path.Combine(_folder.Path, $"{name}.dll");
        File.WriteAllBytes(path, result.Assembly);
        return path;
    }
}
