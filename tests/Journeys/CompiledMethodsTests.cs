namespace Journeys;

/// <summary>
/// What .NET compiles while a short command runs. The packages bring their methods compiled; generic types of the framework over a
/// structure (a tuple, a KeyValuePair, an enum) they cannot bring, and each of those costs about a third of a millisecond.
/// </summary>
[TestClass]
public sealed class CompiledMethodsTests
{
    [TestMethod]
    public void Short_commands_find_their_methods_compiled()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("only there .NET lists the methods in a file");
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "one").Ok();
        project.Alembic("upgrade", "head").Ok();

        Expect(17, "current");
        Expect(15, "upgrade", "head");
        Expect(8, "history");
        project.Edit("Models.cs", "    // more", "    public string? Note { get; set; }");
        // Compiles the model, which is kept.
        Assert.AreEqual(2, project.Alembic("check").Code);
        Expect(550, "revision", "--autogenerate", "-m", "two");
        Expect(30, "upgrade", "head");

        void Expect(int most, params string[] command)
        {
            var folder = InstalledTool.NewFolder();
            InstalledTool.Start(InstalledTool.Program, command, project.Folder,
                new Dictionary<string, string>
                {
                    ["DOTNET_PerfMapEnabled"] = "1", ["DOTNET_PerfMapJitDumpPath"] = folder, ["ALEMBIC_MANAGED"] = "1",
                }).Ok();
            var methods = File.ReadLines(Directory.EnumerateFiles(folder, "perf-*.map").Single())
                .Where(line => line.EndsWith("[QuickJitted]", StringComparison.Ordinal)
                    // Those depend on the processor.
                    && !line.Contains("System.Buffers.", StringComparison.Ordinal) && !line.Contains("Vector", StringComparison.Ordinal))
                .Select(line => line[line.IndexOf('[', StringComparison.Ordinal)..]).ToList();
            Assert.IsTrue(methods.Count <= most,
                $"{string.Join(' ', command)}: {methods.Count} methods were compiled, at most {most} expected:\n{string.Join('\n', methods)}");
        }
    }
}
