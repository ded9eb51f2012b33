using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alembic.Tool.Tests.Connections;

/// <summary>
/// Stands between a client and a server on this machine, and breaks the connection at one of the client's COMMITs: before the server has
/// it, or before the client has the answer.
/// </summary>
internal sealed class CommitProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private readonly int _at;
    private readonly bool _reachesServer;
    private int _commits;

    public CommitProxy(int server, int at, bool reachesServer)
    {
        (_server, _at, _reachesServer) = (server, at, reachesServer);
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool HasBroken => _commits >= _at;

    public void Dispose() => _listener.Stop();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var client = _listener.AcceptTcpClient();
                var server = new TcpClient("127.0.0.1", _server);
                var isLast = new StrongBox();
                new Thread(() => Pump(client, server, isLast, fromClient: true)) { IsBackground = true }.Start();
                new Thread(() => Pump(server, client, isLast, fromClient: false)) { IsBackground = true }.Start();
            }
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            // The listener was stopped, while it waited or just before.
        }
    }

    private void Pump(TcpClient from, TcpClient to, StrongBox isLast, bool fromClient)
    {
        var buffer = new byte[65536];
        try
        {
            for (int count; (count = from.GetStream().Read(buffer)) > 0;)
            {
                if (fromClient && IsCommit(buffer.AsSpan(0, count)) && Interlocked.Increment(ref _commits) == _at)
                {
                    isLast.Value = true;
                    if (!_reachesServer)
                        break;
                }
                else if (!fromClient && isLast.Value)
                {
                    break;
                }
                to.GetStream().Write(buffer, 0, count);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException
            or InvalidOperationException)
        {
            // One end closed.
        }
        from.Dispose();
        to.Dispose();
    }

    // A message of its own on both protocols: a letter and a length, or a length and a number, come before it.
    private static bool IsCommit(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 16 && Encoding.ASCII.GetString(bytes).Contains("COMMIT", StringComparison.OrdinalIgnoreCase);

    private sealed class StrongBox
    {
        public volatile bool Value;
    }
}
