using System.Reflection;

namespace Alembic.Compiler.Tests;

[TestClass]
public sealed class SourceCompilerTests
{
    private static readonly string[] Platform = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)];

    [TestMethod]
    public void Sources_become_an_assembly_that_runs()
    {
        var result = Compile("public static class C { public static int Twice(int x) => D.Two * x; }",
            "internal static class D { public const int Two = 2; }");

        Assert.IsTrue(result.Succeeded);
        Assert.AreEqual(42, Assembly.Load(result.Assembly, result.Pdb).GetType("C")!.GetMethod("Twice")!.Invoke(null, [21]));
    }

    [TestMethod]
    public void What_the_SDK_imports_implicitly_is_there()
    {
        var result = Compile(
            """
            using System;
            static class C
            {
                static List<string?> A() => [Environment.GetEnvironmentVariable("X"), Path.GetTempPath()];
                static Task<int> B(CancellationToken token) => Task.FromResult(A().Select(a => a?.Length ?? 0).Sum());
            }
            """);

        Assert.IsEmpty(result.Errors);
        Assert.IsEmpty(result.Warnings);
    }

    [TestMethod]
    public void Equal_requests_give_equal_bytes()
    {
        const string Text = "class C { object o = new { A = 1 }; }";

        CollectionAssert.AreEqual(Compile(Text).Assembly, Compile(Text).Assembly);
        CollectionAssert.AreEqual(Compile(Text).Pdb, Compile(Text).Pdb);
    }

    [TestMethod]
    public void Errors_of_all_files_come_with_their_places_in_order()
    {
        var result = Compile("class A {\n    Missing x;\n}", "class B {\n    int F() => \"\";\n    Missing y;\n}");

        Assert.IsFalse(result.Succeeded);
        Assert.IsEmpty(result.Assembly);
        CollectionAssert.AreEqual(
            new[]
            {
                "/v/0.cs(2,5): error CS0246: The type or namespace name 'Missing' could not be found (are you missing a using directive "
                    + "or an assembly reference?)",
                "/v/1.cs(2,16): error CS0029: Cannot implicitly convert type 'string' to 'int'",
                "/v/1.cs(3,5): error CS0246: The type or namespace name 'Missing' could not be found (are you missing a using directive "
                    + "or an assembly reference?)",
            },
            result.Errors.Select(e => e.ToString()).ToArray());
    }

    [TestMethod]
    public void Nullable_warnings_do_not_fail()
    {
        var result = Compile("public class C { public string S; }");

        Assert.IsTrue(result.Succeeded);
        Assert.AreEqual("CS8618", result.Warnings.Single().Id);
        StringAssert.StartsWith(result.Warnings.Single().ToString(), "/v/0.cs(1,32): warning CS8618: ");
    }

    [TestMethod]
    public void An_error_without_a_place_is_only_its_text()
    {
        Assert.AreEqual("error CS1: no", new SourceError("", 1, 1, "CS1", "no").ToString());
    }

    [TestMethod]
    public void File_local_classes_may_share_a_name()
    {
        var result = Compile("file class C { }", "file class C { }");

        Assert.IsTrue(result.Succeeded);
    }

    [TestMethod]
    public void An_exception_carries_the_file_and_line()
    {
        var result = Compile(
            "public static class C\n{\n    public static void Fail()\n    {\n        throw new InvalidOperationException();\n    }\n}");
        var fail = Assembly.Load(result.Assembly, result.Pdb).GetType("C")!.GetMethod("Fail")!.CreateDelegate<Action>();

        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(fail).StackTrace, "/v/0.cs:line 5");
    }

    private static CompileResult Compile(params string[] texts) =>
        new SourceCompiler()
        .Compile(new CompileRequest("test", [.. texts.Select((text, i) => new SourceFile($"/v/{i}.cs", text))], Platform));
}
