using System.Runtime.InteropServices;

namespace Alembic.Tool;

/// <summary>Ctrl-C and the system's wish to end: the first asks, the second ends the program as if it had never been asked.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration[] _signals;
    private int _asked;

    public Interrupts(Action ask) => _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
    {
        if (Interlocked.Increment(ref _asked) > 1)
            return;
        context.Cancel = true;
        ask();
    }))];

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }
}
