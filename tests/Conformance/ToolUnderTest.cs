using System.Diagnostics;
using Alembic.Tool;
using Alembic.Tool.Commands;

namespace Alembic.Conformance;

/// <summary>How a command ended.</summary>
internal sealed record Result(int Code, string Out, string Error);

/// <summary>Runs the tool.</summary>
internal delegate Result ToolRun(IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string?> variables);

/// <summary>The tool: in this process, or, where tests/run has packed it, as a user installs it.</summary>
[TestClass]
public static class ToolUnderTest
{
    private static readonly string Home = Directory.CreateTempSubdirectory("alembic-conformance-").FullName;

    // The same everywhere.
    internal static readonly IReadOnlyDictionary<string, string?> Variables = new Dictionary<string, string?>
    {
        ["TZ"] = "UTC", ["LANG"] = "C.UTF-8", ["LC_ALL"] = "C.UTF-8", ["COLUMNS"] = "80", ["NO_COLOR"] = "1", ["TERM"] = "dumb",
        ["EDITOR"] = "/bin/true", ["VISUAL"] = null, ["ALEMBIC_CONFIG"] = null, ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["ALEMBIC_CACHE_DIR"] = Path.Combine(Home, "cache"), ["XDG_CONFIG_HOME"] = Path.Combine(Home, "config"),
    };

    private static readonly string? Feed = Environment.GetEnvironmentVariable("ALEMBIC_TEST_FEED") is { Length: > 0 } feed ? feed : null;

    private static string Program => Path.Combine(Home, "tools", "dotnet-alembic");

    private static readonly Lazy<bool> HasFront = new(() => Feed is not null && Directory.EnumerateFiles(
        Path.GetDirectoryName(Program)!, NativeFront.Program, SearchOption.AllDirectories).Any());

    [AssemblyInitialize]
    public static void Install(TestContext context)
    {
        if (Feed is null)
            return;
        File.WriteAllText(Path.Combine(Home, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Home, "packages")}" /></config>
              <packageSources><clear /><add key="feed" value="{Feed}" /></packageSources>
            </configuration>
            """);
        var tools = Path.GetDirectoryName(Program)!;
        var installed = Start("dotnet", ["tool", "install", "dotnet-alembic", "--tool-path", tools, "--prerelease"], Home, Variables);
        Assert.AreEqual(0, installed.Code, installed.Out + installed.Error);
    }

    [AssemblyCleanup]
    public static void Remove() => Directory.Delete(Home, recursive: true);

    /// <summary>Creates a folder for one scenario.</summary>
    internal static string NewFolder() => Directory.CreateTempSubdirectory("alembic-conformance-").FullName;

    /// <summary>
    /// The ways to play a scenario: an installed tool has two programs, and the managed one, here in this process, answers what the
    /// native one does, too.
    /// </summary>
    internal static IEnumerable<(string Name, ToolRun Run)> Programs(Scenario scenario)
    {
        var isNative = HasFront.Value && scenario.Commands.Any(arguments => FrontProcess.MayServe([.. arguments], RootCommand.IsNative));
        yield return (isNative ? "the native program" : "the managed program", Run);
        if (isNative)
            yield return ("the managed program", RunHere);
    }

    internal static Result Run(IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string?> variables) =>
        Feed is null ? RunHere(arguments, folder, variables) : Start(Program, arguments, folder, With(variables));

    private static Result RunHere(IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string?> variables)
    {
        var environment = With(variables);
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = CommandLine.Run(arguments, new Terminal
        {
            Out = output,
            Error = error,
            WorkingDirectory = folder,
            Environment = name => environment.TryGetValue(name, out var value) ? value : Environment.GetEnvironmentVariable(name),
        });
        return new(code, output.ToString(), error.ToString());
    }

    private static Dictionary<string, string?> With(IReadOnlyDictionary<string, string?> variables)
    {
        Dictionary<string, string?> environment = new(Variables);
        foreach (var (name, value) in variables)
            environment[name] = value;
        return environment;
    }

    private static Result Start(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }
}
