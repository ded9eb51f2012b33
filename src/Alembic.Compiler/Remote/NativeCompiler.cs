using System.ComponentModel;
using System.Diagnostics;

namespace Alembic.Compiler.Remote;

/// <summary>
/// A process that compiles, started on first use. Its first failure is reported once, and from then on another compiler is used.
/// </summary>
/// <param name="path">The program. It is executed, so the path must not be one that others can choose.</param>
/// <param name="otherwise">The compiler that replaces the program if it fails.</param>
/// <param name="warn">Gets one sentence.</param>
/// <param name="patience">How long an answer may take for each source, at least <paramref name="minimum"/>.</param>
public sealed class NativeCompiler(string path, ISourceCompiler otherwise, Action<string> warn, TimeSpan patience, TimeSpan minimum)
    : ISourceCompiler, IDisposable
{
    private readonly Lock _lock = new();
    private Process? _process;
    private bool _failed;

    /// <summary>Another program, which starts the compiler if this user may not execute it; null for none.</summary>
    public string? Loader { get; init; }

    public IReadOnlyList<HeaderResult> ReadHeaders(IReadOnlyList<SourceFile> sources) =>
        sources.Count == 0 ? [] : Ask(compiler => compiler.ReadHeaders(sources), sources.Count);

    public CompileResult Compile(CompileRequest request) => Ask(compiler => compiler.Compile(request), request.Sources.Count);

    /// <summary>Ends the process by ending its input.</summary>
    public void Dispose()
    {
        try
        {
            _process?.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // It ended before it read all input.
        }

        _process?.Dispose();
        _process = null;
    }

    // One request at a time: answers come in the order of the requests.
    private T Ask<T>(Func<ISourceCompiler, T> question, int sources)
    {
        lock (_lock)
            return AskNext(question, sources);
    }

    private T AskNext<T>(Func<ISourceCompiler, T> question, int sources)
    {
        if (_failed)
            return question(otherwise);
        try
        {
            return Ask(_process ??= Start(), question, sources);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or Win32Exception or TimeoutException)
        {
            _failed = true;
            Kill();
            warn($"the compiler {path} does not work ({exception.Message}); compiling continues without it, but more slowly");
            return question(otherwise);
        }
    }

    private T Ask<T>(Process process, Func<ISourceCompiler, T> question, int sources)
    {
        // Killing the process ends its output, and so the wait for an answer.
        var limit = minimum + (sources * patience);
        var late = 0;
        using var watch = new Timer(_ => { Interlocked.Exchange(ref late, 1); Kill(); }, null, limit, Timeout.InfiniteTimeSpan);
        try
        {
            return question(new RemoteCompiler(process.StandardInput.BaseStream, process.StandardOutput.BaseStream));
        }
        catch (Exception exception) when (Volatile.Read(ref late) == 1 && exception is IOException or InvalidDataException)
        {
            throw new TimeoutException($"no answer in {limit.TotalSeconds:0} s", exception);
        }
    }

    private Process Start() => Process.Start(new ProcessStartInfo(Loader ?? path, Loader is null ? [] : [path])
    {
        // Its own message about its end does not help the user: the warning does.
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private void Kill()
    {
        try
        {
            _process?.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }
    }
}
