using System.Diagnostics;

namespace Alembic.Tool.EntityFramework;

/// <summary>Runs <c>dotnet</c>: the one that this tool runs on.</summary>
internal sealed class Dotnet(Func<string, string?> environment)
{
    private string Program
    {
        get
        {
            var file = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            // …/shared/Microsoft.NETCore.App/10.0.0/ is three folders below it.
            var own = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", file));
            return new[] { environment("DOTNET_HOST_PATH"), own, environment("DOTNET_ROOT") is { Length: > 0 } root
                ? Path.Combine(root, file) : null }
                .FirstOrDefault(path => path is { Length: > 0 } && File.Exists(path)) ?? file;
        }
    }

    /// <summary>Runs it to its end, and collects its output.</summary>
    public (int? ExitCode, string Output) Run(IEnumerable<string> arguments, string folder)
    {
        var collected = new System.Text.StringBuilder();
        void Collect(string line)
        {
            lock (collected)
                collected.AppendLine(line);
        }
        using var run = Start(arguments, folder, Collect);
        return (run.Wait(Timeout.InfiniteTimeSpan), collected.ToString());
    }

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="print">Gets each line of its output and of its standard error, each on a thread of its own.</param>
    /// <param name="variables">Further environment variables for it.</param>
    public DotnetRun Start(
        IEnumerable<string> arguments, string folder, Action<string> print, IEnumerable<(string Name, string Value)>? variables = null)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // Variables for this tool's own runtime are not meant for the application's.
        foreach (var name in new[] { "DOTNET_STARTUP_HOOKS", "MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath" })
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? [])
            start.Environment[name] = value;
        return new DotnetRun(Process.Start(start)!, print);
    }
}

/// <summary>A process of <c>dotnet</c>. It is killed if nobody waits for its end.</summary>
internal sealed class DotnetRun : IDisposable
{
    private readonly Process _process;

    public DotnetRun(Process process, Action<string> print)
    {
        _process = process;
        DataReceivedEventHandler take = (_, line) =>
        {
            if (line.Data is not null)
                print(line.Data);
        };
        process.OutputDataReceived += take;
        process.ErrorDataReceived += take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code; null if the time was over.</returns>
    public int? Wait(TimeSpan limit)
    {
        if (!_process.WaitForExit(limit))
            return null;
        // Only this overload waits for the last lines.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
