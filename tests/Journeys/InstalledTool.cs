using System.Diagnostics;

namespace Journeys;

/// <summary>The tool as a user gets it: packed, put into a folder feed and installed from there, once for all journeys.</summary>
[TestClass]
public static class InstalledTool
{
    private static readonly string Home = Directory.CreateTempSubdirectory("alembic-journeys-").FullName;

    /// <summary>The folder with the packages; tests/run makes it, otherwise it is made here.</summary>
    public static string Feed { get; } = Environment.GetEnvironmentVariable("ALEMBIC_TEST_FEED") is { Length: > 0 } feed
        ? feed
        : Path.Combine(Home, "feed");

    public static string Program { get; } = Path.Combine(Home, "tools",
        OperatingSystem.IsWindows() ? "dotnet-alembic.exe" : "dotnet-alembic");

    /// <summary>Where its files are.</summary>
    public static string Files => Path.GetDirectoryName(Directory.EnumerateFiles(Path.GetDirectoryName(Program)!, "dotnet-alembic.dll",
        SearchOption.AllDirectories).Single())!;

    [AssemblyInitialize]
    public static void Install(TestContext context)
    {
        if (!Directory.Exists(Feed))
        {
            foreach (var project in new[] { "Alembic", "Alembic.Sqlite", "Alembic.Hosting", "Alembic.Testing", "Alembic.Tool" })
                Start("dotnet", ["pack", Path.Combine(Repository.Root, "src", project), "-c", "Release", "-p:ThisPlatform=true", "-o",
                    Feed], Home).Ok();
        }
        // A source of its own, so that nothing of the same version that was installed before is taken for it.
        File.WriteAllText(
            Path.Combine(Home, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Home, "packages")}" /></config>
              <packageSources><clear /><add key="feed" value="{Feed}" /></packageSources>
            </configuration>
            """);
        Start("dotnet", ["tool", "install", "dotnet-alembic", "--tool-path", Path.GetDirectoryName(Program)!], Home).Ok();
    }

    [AssemblyCleanup]
    public static void Remove() => Directory.Delete(Home, recursive: true);

    /// <summary>A folder whose packages come from the feed alone.</summary>
    public static string NewFolder() => Directory.CreateDirectory(Path.Combine(Home, "work", Guid.NewGuid().ToString("N")[..8])).FullName;

    /// <summary>Copies its files into a new folder.</summary>
    /// <param name="without">The path of the one that is left out.</param>
    public static string CopyFiles(string without)
    {
        var folder = NewFolder();
        foreach (var file in Directory.EnumerateFiles(Files, "*", SearchOption.AllDirectories).Where(file => file != without))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Files, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return folder;
    }

    public static Result Start(string program, IEnumerable<string> arguments, string folder,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Begin(program, arguments, folder, environment);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Result($"{Path.GetFileName(program)} {string.Join(' ', process.StartInfo.ArgumentList)}", process.ExitCode,
            output, error.Result);
    }

    public static Process Begin(string program, IEnumerable<string> arguments, string folder,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true
        };
        start.Environment["DOTNET_CLI_HOME"] = Home;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["ALEMBIC_CACHE_DIR"] = Path.Combine(Home, "cache");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

}

/// <summary>How a command ended.</summary>
public sealed record Result(string Command, int Code, string Out, string Error)
{
    public Result Ok()
    {
        Assert.AreEqual(0, Code, $"{Command}\n{Out}{Error}");
        return this;
    }

    public Result Prints(string text)
    {
        Assert.Contains(text, Out, $"{Command}\n{Out}{Error}");
        return this;
    }

    public Result Logs(string text)
    {
        Assert.Contains(text, Error, $"{Command}\n{Out}{Error}");
        return this;
    }

    public Result Fails(int code, string message, string hint)
    {
        Assert.AreEqual(code, Code, $"{Command}\n{Out}{Error}");
        return Logs($"FAILED: {message}").Logs($"hint: {hint}");
    }
}
