using System.Runtime.InteropServices;

namespace Alembic.Tool;

/// <summary>
/// Ctrl-C and the system's request to end: the first one asks the command to stop, the second one ends the program at once.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration[] _signals;
    private int _asked;

    public Interrupts(Action ask)
    {
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

        void Handle(PosixSignalContext context)
        {
            if (Interlocked.Increment(ref _asked) > 1)
                return;
            context.Cancel = true;
            ask();
        }
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }
}
