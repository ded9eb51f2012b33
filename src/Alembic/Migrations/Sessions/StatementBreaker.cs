using System.Data.Common;

namespace Alembic.Migrations;

/// <summary>
/// Breaks a statement off on request, again and again until it has ended: a driver ignores a request that comes before the statement has
/// reached the server.
/// </summary>
internal sealed class StatementBreaker : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly Action _cancel;
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;
    private bool _isOver;

    /// <summary>Begins to listen for the request; the statement is sent next.</summary>
    /// <param name="cancel">Breaks the statement off, if it is at work.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancelled">The request. It may have come already.</param>
    public StatementBreaker(Action cancel, TimeProvider clock, CancellationToken cancelled)
    {
        _cancel = cancel;
        _registration = cancelled.Register(() =>
        {
            lock (_gate)
                _timer = _isOver ? null : clock.CreateTimer(_ => Break(), null, TimeSpan.Zero, Again);
        });
    }

    // Waits for a request that is under way: it must not hit the next statement.
    public void Dispose()
    {
        _registration.Dispose();
        lock (_gate)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    private void Break()
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            try
            {
                _cancel();
            }
            // It has ended by itself, or the connection is gone.
            catch (Exception exception) when (exception is DbException or InvalidOperationException)
            {
            }
        }
    }
}
