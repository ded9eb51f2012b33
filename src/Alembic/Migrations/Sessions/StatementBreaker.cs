using System.Data.Common;

namespace Alembic.Migrations;

/// <summary>
/// Cancels a statement on request, repeatedly until it has ended: a driver ignores a request that comes before the statement reaches the
/// server.
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
    /// <param name="cancel">Cancels the statement, if it is running.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancelled">The request. It may already have been made.</param>
    public StatementBreaker(Action cancel, TimeProvider clock, CancellationToken cancelled)
    {
        _cancel = cancel;
        _registration = cancelled.Register(() =>
        {
            lock (_gate)
                _timer = _isOver ? null : clock.CreateTimer(_ => Break(), null, TimeSpan.Zero, Again);
        });
    }

    // Waits for a request that is being sent: it must not cancel the next statement.
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
            // The statement has ended by itself, or the connection is lost.
            catch (Exception exception) when (exception is DbException or InvalidOperationException)
            {
            }
        }
    }
}
