using System.Diagnostics;
using Alembic.Tool.Tests.Connections;

namespace Alembic.Tool.Tests.Bundles;

/// <summary>The program of a bundle as a process of its own, which has its own files and nothing else.</summary>
[TestClass]
public sealed class BundleProgramTests
{
    public static IEnumerable<object[]> Dialects => LiveProject.Dialects;

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void It_needs_the_driver_of_its_database_alone(string dialect)
    {
        using var live = new LiveProject(dialect);
        BundleTests.Fill(live.Project);
        using var bundle = BundleTests.Elsewhere(live.Project);
        Directory.Delete(live.Project.Path("alembic"), recursive: true);
        var url = live.Url;

        Assert.AreEqual("", Start("current"));
        Assert.Contains("2 steps", Start("plan"));
        Start("upgrade", "heads");
        Assert.AreEqual("shared", live.Row("SELECT name FROM shop"));
        Assert.AreEqual("bbb200000002 (head)\n", Start("current", "--check-heads"));
        Assert.Contains("free", Start("lock", "status"));
        Assert.Contains("\"isAtHeads\": true", Start("current", "--json"));
        Start("downgrade", "base");
        Assert.DoesNotContain("shop ", live.Tables() + " ");
        Assert.Contains("needs the project", Start(64, "check"));
        url = dialect == "sqlite" ? "sqlite:////nowhere/at/all.db" : url.Replace("127.0.0.1", "127.0.0.9", StringComparison.Ordinal);
        Assert.Contains("FAILED: ", Start(dialect == "sqlite" ? 64 : 1, "upgrade", "heads"));

        string Start(params object[] words)
        {
            var (code, arguments) = words is [int expected, .. var rest] ? (expected, rest) : (0, words);
            var start = new ProcessStartInfo(bundle.Path("bundle/migrate"), arguments.Cast<string>())
            {
                WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true,
            };
            start.Environment.Clear();
            start.Environment["ALEMBIC_URL"] = url;
            start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "../../../.."));
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.AreEqual(code, process.ExitCode, output + error.Result);
            Assert.DoesNotContain("   at ", error.Result);
            return code == 0 ? output : error.Result;
        }
    }
}
