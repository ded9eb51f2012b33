using System.Diagnostics;
using System.Text.Json;
using Alembic.Compiler.Remote;

namespace Alembic.Compiler.Tests.Remote;

/// <summary>Whatever happens to the other process, there is an answer.</summary>
[TestClass]
public sealed class NativeCompilerTests
{
    private readonly List<string> _warnings = [];

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "alembic-compiler.exe" : "alembic-compiler");

    public static NativeCompiler Of(string program, ISourceCompiler otherwise, Action<string> warn, double seconds = 300) =>
        new(program, otherwise, warn, TimeSpan.Zero, TimeSpan.FromSeconds(seconds));

    [TestMethod]
    public void Nothing_starts_before_it_is_asked()
    {
        using (var compiler = Of("/no/such/program", new SourceCompiler(), _warnings.Add))
            Assert.IsEmpty(compiler.ReadHeaders([]));

        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void A_missing_program_is_told_once() => FallsBack("/no/such/program", "/no/such/program");

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_program_that_ends_is_replaced() => FallsBack(Script("exit 3"), "(");

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_program_that_ends_in_the_middle_of_an_answer_is_replaced() =>
        FallsBack(Script($"'{Program}' | {{ head -c 500; kill $$; }}"), "damaged message");

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_program_that_answers_nonsense_is_replaced() =>
        FallsBack(Script("yes nonsense | head -c 1000; cat > /dev/null"), "belongs to another build");

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_program_that_hangs_is_replaced() => FallsBack(Script("exec sleep 600"), "no answer in 1 s", seconds: 1);

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void One_process_answers_all_requests()
    {
        var starts = Path.GetTempFileName();
        using (var compiler = Of(Script($"echo x >> '{starts}'; exec '{Program}'"), new SourceCompiler(), _warnings.Add))
        {
            for (var i = 0; i < 3; i++)
                Assert.IsTrue(compiler.Compile(Samples.Request("x", $"class C{i};")).Succeeded);
            Assert.AreEqual("a", compiler.ReadHeaders([new SourceFile("/a.cs", "[Revision(\"a\")] class C;")])[0].Header!.Id);
        }

        Assert.HasCount(1, File.ReadAllLines(starts));
        Assert.IsEmpty(_warnings);
        File.Delete(starts);
    }

    [TestMethod]
    public void The_process_ends_with_its_input()
    {
        using var process = Process.Start(new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.IsFalse(process.WaitForExit(TimeSpan.FromMilliseconds(200)));
        process.StandardInput.Close();

        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.AreEqual(0, process.ExitCode);
        Assert.AreEqual("", process.StandardOutput.ReadToEnd());
    }

    private void FallsBack(string program, string reason, double seconds = 300)
    {
        using var compiler = Of(program, new SourceCompiler(), _warnings.Add, seconds);
        // More than a pipe holds, so that neither side gets away with not reading.
        var request = Samples.Request("x", $"class A {{ string text = \"{new string('x', 100_000)}\"; }}");

        for (var i = 0; i < 2; i++)
            Assert.AreEqual(JsonSerializer.Serialize(new SourceCompiler().Compile(request)),
                JsonSerializer.Serialize(compiler.Compile(request)));
        Assert.AreEqual("a", compiler.ReadHeaders([new SourceFile("/a.cs", "[Revision(\"a\")] class C;")])[0].Header!.Id);
        Assert.HasCount(1, _warnings);
        Assert.Contains(program, _warnings[0]);
        Assert.Contains(reason, _warnings[0]);
    }

    private static string Script(string body)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("alembic-compiler-").FullName, "program");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
