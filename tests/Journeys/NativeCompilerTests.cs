using System.Text.RegularExpressions;

namespace Journeys;

/// <summary>
/// The compiler that the package of this platform brings as a native program: it changes how long commands take, and nothing else.
/// </summary>
[TestClass]
public sealed class NativeCompilerTests
{
    private static string Compiler { get; } = Path.Combine(InstalledTool.Files,
        OperatingSystem.IsWindows() ? "alembic-compiler.exe" : "alembic-compiler");

    [TestMethod]
    public void Assemblies_and_errors_are_the_same_without_it()
    {
        NativePrograms.Need(Compiler);
        var project = Filled();
        foreach (var broken in new[] { false, true })
        {
            if (broken)
                project.Edit(project.Revision("strings"), "op.Execute", "Missing(); string s = 1; op.Execute");
            var with = Upgrade(project, InstalledTool.Program, [], new() { ["ALEMBIC_CACHE_DIR"] = Path.Combine(project.Folder, "with") });
            var without = Upgrade(project, InstalledTool.Program, [],
                new() { ["ALEMBIC_CACHE_DIR"] = Path.Combine(project.Folder, "without"), ["ALEMBIC_NATIVE_COMPILER"] = "0" });

            Assert.AreEqual(broken ? 1 : 0, with.Code, with.Error);
            Assert.AreEqual(without.Code, with.Code);
            Assert.AreEqual(without.Out, with.Out);
            Assert.AreEqual(WithoutTime(without.Error), WithoutTime(with.Error));
            Assert.AreEqual(broken, with.Error.Contains("error CS0029", StringComparison.Ordinal));
        }
        var kept = Cached(project, "with");
        Assert.HasCount(2, kept);
        CollectionAssert.AreEqual(Cached(project, "without"), kept);
    }

    [TestMethod]
    public void It_is_linked_so_that_its_start_has_nothing_to_do()
    {
        NativePrograms.Need(Compiler);
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("only on Linux is it linked so");
        var file = File.ReadAllBytes(Compiler);

        // An ELF program at a fixed address (ET_EXEC), not one that the loader has to adjust; nor with a section for unpacked data.
        Assert.AreEqual(2, BitConverter.ToInt16(file, 16));
        Assert.AreEqual(-1, file.AsSpan().IndexOf(".hydrated"u8));
    }

    private static string WithoutTime(string log) => Regex.Replace(log, @" in [\d.]+ (ms|s|min);", "");

    [TestMethod]
    public void What_is_wrong_with_a_header_is_told_alike()
    {
        NativePrograms.Need(Compiler);
        var project = Filled();
        project.Edit(project.Revision("strings"), "[Revision(", "[Revision(\"x\" + ");
        var with = project.Alembic("history");
        var without = InstalledTool.Start(InstalledTool.Program, ["history"], project.Folder,
            new Dictionary<string, string> { ["ALEMBIC_NATIVE_COMPILER"] = "0" });

        Assert.AreEqual(1, with.Code);
        Assert.Contains("error ALEMBIC001", with.Error);
        Assert.AreEqual(without.Error, with.Error);
    }

    [TestMethod]
    [DataRow("missing")]
    [DataRow("not executable")]
    [DataRow("ends")]
    [DataRow("answers nonsense")]
    public void Without_it_the_tool_warns_once_and_works(string state)
    {
        NativePrograms.Need(Compiler);
        var folder = InstalledTool.CopyFiles(without: Compiler);
        var compiler = Path.Combine(folder, Path.GetFileName(Compiler));
        if (state != "missing")
        {
            File.WriteAllText(compiler,
                state == "ends" ? "#!/bin/sh\nexit 3\n" : "#!/bin/sh\necho nonsense, at least twenty bytes of it\ncat > /dev/null\n");
            if (state != "not executable" && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(compiler, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var project = Filled();
        var result = Upgrade(project, "dotnet", [Path.Combine(folder, "dotnet-alembic.dll")],
            new() { ["ALEMBIC_CACHE_DIR"] = Path.Combine(project.Folder, "cache") }).Ok();

        Assert.HasCount(1,
            result.Error.Split('\n')
                .Where(line => line.StartsWith($"warning: the compiler {compiler} does not work", StringComparison.Ordinal))
                .ToList(), result.Error);
        Assert.AreEqual("it's", project.Rows("SELECT name FROM account"));
    }

    [TestMethod]
    public void A_system_with_an_older_C_library_is_not_asked_to_load_it()
    {
        NativePrograms.Need(Compiler);
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("only on Linux does the package say which one it needs");
        var folder = InstalledTool.CopyFiles(without: Compiler);
        NativePrograms.NeedNewerCLibrary(folder);

        var project = Filled();
        var result = Upgrade(project, "dotnet", [Path.Combine(folder, "dotnet-alembic.dll")],
            new() { ["ALEMBIC_CACHE_DIR"] = Path.Combine(project.Folder, "cache") }).Ok();

        Assert.DoesNotContain("does not work", result.Error);
        Assert.AreEqual("it's", project.Rows("SELECT name FROM account"));
    }

    private static Project Filled()
    {
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "timeline").Ok();
        project.Alembic("upgrade", "head").Ok();
        foreach (var (slug, body) in new[]
        {
            ("accounts", "op.CreateTable(\"account\", [new Column(\"name\", SqlType.Text)]);"),
            ("strings", "op.Execute(\"INSERT INTO account VALUES ('it''s')\");")
        })
        {
            project.Alembic("revision", "-m", slug).Ok();
            project.Body(slug, body);
        }
        return project;
    }

    // On the database as it was, so that each of two runs has all to do.
    private static Result Upgrade(Project project, string program, string[] before, Dictionary<string, string> environment)
    {
        File.Delete(Path.Combine(project.Folder, project.Database));
        return InstalledTool.Start(program, [.. before, "upgrade", "head"], project.Folder, environment);
    }

    private static List<string> Cached(Project project, string cache) =>
        [.. Directory.EnumerateFiles(Path.Combine(project.Folder, cache), "*.assembly").Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(File.ReadAllBytes(file))}")];
}
