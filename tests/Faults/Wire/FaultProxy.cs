using System.Net;
using System.Net.Sockets;

namespace Faults.Wire;

/// <summary>
/// Stands between the tool and a server, counts what the tool says and breaks in at one of its messages. Connections after that one pass.
/// </summary>
internal sealed class FaultProxy : IDisposable
{
    // What is answered at all is answered by then; some messages are not.
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(300);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly Func<Stream, byte[]?> _next;
    private readonly Fault? _fault;
    private int _count;

    /// <param name="server">Where the server listens.</param>
    /// <param name="next">Reads a whole message of the client; null at the end.</param>
    /// <param name="fault">What to do, or null to count only.</param>
    public FaultProxy(IPEndPoint server, Func<Stream, byte[]?> next, Fault? fault = null)
    {
        (_server, _next, _fault) = (server, next, fault);
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Count => _count;

    public void Dispose() => _listener.Stop();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private void Serve(TcpClient client)
    {
        using var both = client;
        using var server = new TcpClient();
        try
        {
            server.Connect(_server);
            (client.NoDelay, server.NoDelay) = (true, true);
            var heard = new AutoResetEvent(false);
            var isDeaf = false;
            var answers = new Thread(() => Pass(server.GetStream(), client.GetStream(), heard, () => Volatile.Read(ref isDeaf)))
            {
                IsBackground = true
            };
            answers.Start();
            while (_next(client.GetStream()) is { } message)
            {
                var isIt = Interlocked.Increment(ref _count) == _fault?.At;
                if (!isIt || _fault!.IsAfter)
                {
                    Volatile.Write(ref isDeaf, isIt);
                    heard.Reset();
                    server.GetStream().Write(message);
                }
                if (!isIt)
                    continue;
                if (_fault!.IsAfter)
                    heard.WaitOne(Answer);
                _fault.Strike();
                break;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException
            or InvalidOperationException)
        {
            // One of the two has gone; so does the other.
        }
    }

    private static void Pass(NetworkStream from, NetworkStream to, AutoResetEvent heard, Func<bool> isDeaf)
    {
        var buffer = new byte[65536];
        try
        {
            while (from.Read(buffer) is > 0 and var length)
            {
                if (!isDeaf())
                    to.Write(buffer, 0, length);
                heard.Set();
            }
            to.Close();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
        }
    }
}

/// <summary>Harm done at the message with that number.</summary>
/// <param name="At">The number, from 1.</param>
/// <param name="IsAfter">Whether the server gets the message; its answer does not arrive either way.</param>
/// <param name="Strike">What happens besides the connection being closed.</param>
internal sealed record Fault(int At, bool IsAfter, Action Strike);
