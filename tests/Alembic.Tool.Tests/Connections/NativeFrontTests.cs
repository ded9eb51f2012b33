using System.Diagnostics;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Connections;

/// <summary>
/// What the native program of the installed tool says of a database on each server, the managed one says, too. With the variable
/// ALEMBIC_TEST_TOOL, as tests/run sets it.
/// </summary>
[TestClass]
public sealed class NativeFrontTests
{
    private static readonly string[][] Commands =
    [
        ["current"], ["current", "-v"], ["status", "--json"], ["history", "-i", "--json"], ["plan", "--json"], ["upgrade", "head"],
    ];

    public static IEnumerable<object[]> Dialects => LiveProject.Dialects;

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void Says_the_same(string dialect)
    {
        if (Environment.GetEnvironmentVariable("ALEMBIC_TEST_TOOL") is not { Length: > 0 } tool)
        {
            Servers.AreMissing("there is no installed tool: ALEMBIC_TEST_TOOL is not set");
            return;
        }
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(tool)!, "dotnet-alembic.dll", SearchOption.AllDirectories).Single();
        var front = Path.Combine(Path.GetDirectoryName(files)!, "alembic-front");
        NativePrograms.Need(front);
        using var live = new LiveProject(dialect);
        live.Project.Revision("aaa100000001", "one",
            upgrade: """op.CreateTable("shop", [new Column("id", SqlType.Integer, primaryKey: true)]);""");
        live.Project.Revision("bbb200000002", "two", "aaa100000001");
        // Nothing is there yet, then something is applied, then all.
        foreach (var target in new[] { null, "aaa100000001", "heads" })
        {
            if (target is not null)
                live.Project.Run("upgrade", target).Ok();
            // Where there is something to do, these need the migrations.
            foreach (var command in Commands.Where(c => target == "heads" || c[0] is not ("plan" or "upgrade")))
            {
                var managed = Run(tool, live.Project, command);
                Assert.AreEqual(0, managed.Code, managed.Error);
                Assert.AreEqual(managed with { Code = NativeFront.Done }, Run(front, live.Project, [NativeFront.Child, .. command]),
                    string.Join(' ', command));
            }
        }
    }

    private static (int Code, string Out, string Error) Run(string program, Project project, string[] command)
    {
        var start = new ProcessStartInfo(program, command)
        {
            WorkingDirectory = project.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ALEMBIC_CACHE_DIR"] = project.Path("cache-of-front");
        start.Environment["ALEMBIC_MANAGED"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
