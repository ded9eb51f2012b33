using System.Diagnostics;

namespace Alembic.Tool.EntityFramework;

/// <summary>Runs <c>dotnet</c>: the one that this tool itself runs on.</summary>
internal sealed class Dotnet(Func<string, string?> environment)
{
    private string Program
    {
        get
        {
            var file = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            // …/shared/Microsoft.NETCore.App/10.0.0/ lies three folders below it.
            var own = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", file));
            return new[] { environment("DOTNET_HOST_PATH"), own, environment("DOTNET_ROOT") is { Length: > 0 } root
                ? Path.Combine(root, file) : null }
                .FirstOrDefault(path => path is { Length: > 0 } && File.Exists(path)) ?? file;
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="output">Gets each line of its output, from a thread of its own; null to collect them.</param>
    /// <param name="error">Gets each line of its standard error, likewise.</param>
    /// <param name="variables">Variables that it gets besides.</param>
    /// <param name="limit">How long it may take.</param>
    /// <returns>Its exit code, or null if the time was over, and its collected output.</returns>
    public (int? ExitCode, string Output) Run(
        IEnumerable<string> arguments, string folder, Action<string>? output = null, Action<string>? error = null,
        IEnumerable<(string Name, string Value)>? variables = null,
        TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // What is set for this tool's own runtime is not meant for the application's.
        foreach (var name in new[] { "DOTNET_STARTUP_HOOKS", "MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath" })
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? [])
            start.Environment[name] = value;
        var collected = new System.Text.StringBuilder();
        void Collect(string line) => collected.AppendLine(line);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Take(line.Data, output ?? Collect);
        process.ErrorDataReceived += (_, line) => Take(line.Data, error ?? Collect);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        if (!process.WaitForExit(limit ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            return (null, "");
        }
        // Only this waits for the last lines.
        process.WaitForExit();
        return (process.ExitCode, collected.ToString());
    }

    private static void Take(string? line, Action<string> action)
    {
        if (line is not null)
            action(line);
    }
}
