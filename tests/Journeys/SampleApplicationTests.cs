using System.Net;
using System.Net.Sockets;
using System.Diagnostics;

namespace Journeys;

/// <summary>The sample application and its tests, built from the packed packages as their users would.</summary>
[TestClass]
public sealed class SampleApplicationTests
{
    private static readonly Lazy<string> Built = new(Build);

    [ClassCleanup]
    public static void Remove()
    {
        if (Built.IsValueCreated)
            Directory.Delete(Built.Value, recursive: true);
    }

    [TestMethod]
    public async Task Two_instances_that_start_at_once_migrate_once_and_are_healthy()
    {
        var database = Path.Combine(InstalledTool.NewFolder(), "notes.db");
        using var first = new Instance(database);
        using var second = new Instance(database);

        Assert.AreEqual("Healthy", await first.Answer("health"));
        Assert.AreEqual("Healthy", await second.Answer("health"));
        Assert.AreEqual("[]", await first.Answer("notes"));
        Assert.AreEqual("5b1f0c9d7e21, c27a4e80b6f3", string.Join(", ", first.Stop().Concat(second.Stop()).Order()));
    }

    [TestMethod]
    public void The_tests_of_the_sample_pass() =>
        Assert.Contains("succeeded: 4",
            InstalledTool.Start("dotnet", [Path.Combine(Built.Value, "Notes.Tests", "bin", "Debug", "net10.0", "Notes.Tests.dll")],
                Built.Value).Ok().Out);

    [TestMethod]
    public void The_tool_reads_the_same_migrations()
    {
        var folder = Path.Combine(Built.Value, "Notes");
        Assert.Contains("5b1f0c9d7e21 -> c27a4e80b6f3 (head), Pin notes",
            InstalledTool.Start(InstalledTool.Program, ["history"], folder).Ok().Out);
    }

    private static string Build()
    {
        // Not where only the feed is known.
        var folder = Directory.CreateTempSubdirectory("alembic-sample-").FullName;
        var source = Path.Combine(Repository.Root, "tests", "samples", "notes");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj")))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        // Our packages from the feed alone, into a folder of their own; all others from where this machine has them.
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(folder, "packages")}" /></config>
              <packageSources><add key="feed" value="{InstalledTool.Feed}" /></packageSources>
            </configuration>
            """);
        InstalledTool.Start("dotnet", ["build", Path.Combine(folder, "Notes.Tests")], folder).Ok();
        return folder;
    }

    /// <summary>The application in a process of its own, on a port of its own.</summary>
    private sealed class Instance : IDisposable
    {
        private static readonly HttpClient Client = new();
        private readonly string _url = $"http://127.0.0.1:{FreePort()}";
        private readonly Process _process;
        private readonly List<string> _applied = [];

        public Instance(string database)
        {
            _process = InstalledTool.Begin("dotnet", [Path.Combine(Built.Value, "Notes", "bin", "Debug", "net10.0", "Notes.dll"), "--urls",
                _url], Path.GetDirectoryName(database)!,
                new Dictionary<string, string> { ["ConnectionStrings__Notes"] = $"Data Source={database}" });
            _process.OutputDataReceived += (_, line) =>
            {
                if (line.Data?.IndexOf("Running upgrade ", StringComparison.Ordinal) is >= 0 and var at)
                    lock (_applied)
                        _applied.Add(line.Data[at..].Split(" -> ")[1].Split(',')[0]);
            };
            _process.BeginOutputReadLine();
            _process.ErrorDataReceived += (_, _) => { };
            _process.BeginErrorReadLine();
        }

        public async Task<string> Answer(string path)
        {
            for (var tries = 0; ; tries++)
            {
                try
                {
                    using var response = await Client.GetAsync($"{_url}/{path}");
                    Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
                    return await response.Content.ReadAsStringAsync();
                }
                catch (HttpRequestException) when (tries < 600)
                {
                    Assert.IsFalse(_process.HasExited, "the application has ended");
                    await Task.Delay(100);
                }
            }
        }

        /// <returns>The revisions that this instance has run.</returns>
        public List<string> Stop()
        {
            _process.Kill();
            _process.WaitForExit();
            return _applied;
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                Stop();
            _process.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
