using System.Diagnostics;
using System.IO.Compression;

namespace Alembic.Tests;

/// <summary>
/// The packed tool for Windows, run by wine: in a Windows of its own, on a dotnet root made of the runtime that packing for Windows restores.
/// Without wine or without the package, tests are inconclusive; in CI they fail.
/// </summary>
internal static class Wine
{
    private const string Package = "dotnet-alembic.win-x64.";

    private static readonly Lazy<string> Home = new(Prepare);

    /// <summary>A new folder on its drive C.</summary>
    /// <param name="name">What the folder is called.</param>
    public static string NewFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(Home.Value, "windows", "drive_c", "work", Guid.NewGuid().ToString("N")[..8], name)).FullName;

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs: wine makes a Windows path of it.</param>
    /// <param name="variables">More variables; null takes one away.</param>
    public static (int Code, string Out, string Error) Run(
        IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?>? variables = null)
    {
        // To files: the services of wine take a pipe along and keep it open.
        var (output, error) = (Path.Combine(Home.Value, $"{Guid.NewGuid():N}.out"), Path.Combine(Home.Value, $"{Guid.NewGuid():N}.err"));
        var start = Start("sh", ["-c", "exec \"$@\" < /dev/null > \"$OUT\" 2> \"$ERR\"", "sh", .. Command(arguments)], folder, variables);
        (start.Environment["OUT"], start.Environment["ERR"]) = (output, error);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return (process.ExitCode, File.ReadAllText(output), File.ReadAllText(error));
    }

    /// <summary>Runs the tool in a console.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="isReady">Tells when Ctrl-C is to be pressed; null for never.</param>
    /// <returns>Its exit code, and what the console shows.</returns>
    public static (int Code, string Screen) RunInConsole(IEnumerable<string> arguments, string folder, Func<bool>? isReady = null)
    {
        var line = string.Join(' ', Command(arguments).Select(a => $"'{a}'"));
        var start = Start("script", ["-qec", line, "/dev/null"], folder, null);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        using var process = Process.Start(start)!;
        var screen = process.StandardOutput.ReadToEndAsync();
        if (isReady is not null)
        {
            Assert.IsTrue(SpinWait.SpinUntil(() => isReady() || process.HasExited, TimeSpan.FromMinutes(1)));
            process.StandardInput.Write('\x03');
            process.StandardInput.Flush();
        }
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromMinutes(1)), "The tool did not end");
        return (process.ExitCode, screen.Result);
    }

    private static IEnumerable<string> Command(IEnumerable<string> arguments) =>
        ["wine", Path.Combine(Home.Value, "tools", "net10.0", "win-x64", "dotnet-alembic.exe"), .. arguments];

    private static ProcessStartInfo Start(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?>? variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return In(Home.Value, start);
    }

    private static ProcessStartInfo In(string home, ProcessStartInfo start)
    {
        start.Environment["WINEPREFIX"] = Path.Combine(home, "windows");
        start.Environment["WINEDEBUG"] = "-all";
        // Before DOTNET_ROOT, which whoever runs the tests may have set.
        start.Environment["DOTNET_ROOT_X64"] = "Z:" + Path.Combine(home, "dotnet").Replace('/', '\\');
        start.Environment["DISPLAY"] = null;
        return start;
    }

    private static string Prepare()
    {
        var feed = Environment.GetEnvironmentVariable("ALEMBIC_TEST_FEED") is { Length: > 0 } given ? given : null;
        if (!File.Exists("/usr/bin/wine"))
            LeaveOut("there is no wine");
        if (feed is null || Directory.GetFiles(feed, Package + "*.nupkg") is not [var package])
            return LeaveOut("the tool is not packed for Windows");
        var home = Directory.CreateTempSubdirectory("alembic-wine-").FullName;
        ZipFile.ExtractToDirectory(package, home);
        var runtimes = Path.Combine(Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages
            ? packages
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            "microsoft.netcore.app.runtime.win-x64");
        var version = Directory.GetDirectories(runtimes).Select(folder => Path.GetFileName(folder)).MaxBy(Version.Parse)!;
        var runtime = Path.Combine(runtimes, version, "runtimes", "win-x64");
        var resolver = Directory.CreateDirectory(Path.Combine(home, "dotnet", "host", "fxr", version)).FullName;
        var framework = Directory.CreateDirectory(Path.Combine(home, "dotnet", "shared", "Microsoft.NETCore.App", version)).FullName;
        foreach (var file in Directory.EnumerateFiles(runtime, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(Path.GetFileName(file) == "hostfxr.dll" ? resolver : framework, Path.GetFileName(file)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Wait(home, "wineserver", "-k");
            Directory.Delete(home, recursive: true);
        };
        Wait(home, "sh", "-c", "wineboot -i > /dev/null 2>&1 < /dev/null");
        return home;
    }

    private static void Wait(string home, string program, params string[] arguments)
    {
        using var process = Process.Start(In(home, new ProcessStartInfo(program, arguments)))!;
        process.WaitForExit();
    }

    private static string LeaveOut(string reason)
    {
        Assert.Inconclusive($"Windows is left out: {reason}");
        return "";
    }
}
