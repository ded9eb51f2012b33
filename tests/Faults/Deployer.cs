using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Journeys;

namespace Faults;

/// <summary>The installed tool at work in a process of its own.</summary>
internal sealed class Deployer : IDisposable
{
    // One that takes this long on a machine under load hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly StringBuilder _log = new();
    private readonly Task<string> _error;

    private Deployer(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _output = process.StandardOutput.ReadToEndAsync();
        // A thread of its own: those of the pool may all wait for other deployers.
        _error = Task.Factory.StartNew(Listen, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public bool IsKilled { get; private set; }

    public bool HasExited => _process.HasExited;

    public static Deployer Start(string url, IEnumerable<string> arguments, string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null) =>
        // A shell ignores SIGINT for what it runs in the background, and whatever is started there inherits that.
        new(InstalledTool.Begin("env", ["--default-signal=INT", InstalledTool.Program, .. arguments], folder ?? Scenario.Folder,
            new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["FAULTS_URL"] = url }));

    public static Result Run(string url, IEnumerable<string> arguments, string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var deployer = Start(url, arguments, folder, environment);
        return deployer.Wait();
    }

    public void Kill()
    {
        IsKilled = true;
        _process.Kill();
    }

    public void Signal(PosixSignal signal)
    {
        using var kill = Process.Start("kill", [signal == PosixSignal.SIGINT ? "-INT" : "-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until a line of the log has that text.</summary>
    public void WaitFor(string text)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(20))
        {
            // Asked before the log is read: a process may have ended whose last lines are not read yet.
            var isAll = _error.IsCompleted;
            lock (_log)
            {
                if (_log.ToString().Contains(text, StringComparison.Ordinal))
                    return;
                Assert.IsTrue(waited.Elapsed < Patience && !isAll, $"It never said '{text}': {_log}");
            }
        }
    }

    public Result Wait()
    {
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill();
            return new("dotnet-alembic", -1, _output.Result, $"It hangs. {_error.Result}");
        }
        return new("dotnet-alembic", _process.ExitCode, _output.Result, _error.Result);
    }

    public void Dispose() => _process.Dispose();

    private string Listen()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            lock (_log)
                _log.AppendLine(line);
        }
        return _log.ToString();
    }
}
