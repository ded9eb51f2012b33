using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Faults.Databases;

/// <summary>A pooler in transaction mode before the tests' PostgreSQL server; it ends with the process.</summary>
internal static class PgBouncer
{
    private const string Program = "/usr/sbin/pgbouncer";

    private const string Holder =
        """
        "$1" -q "$2/pgbouncer.ini" >"$2/log" 2>&1 &
        pooler=$!
        cat >/dev/null
        kill -KILL $pooler
        rm -rf "$2"
        """;

    private static readonly Lock Starting = new();
    private static int _port;

    public static string UrlOf(string url)
    {
        lock (Starting)
        {
            if (_port == 0)
                _port = Start(new Uri(url));
        }
        return new UriBuilder(url) { Port = _port }.Uri.AbsoluteUri;
    }

    private static int Start(Uri server)
    {
        if (!File.Exists(Program))
            Servers.AreMissing($"There is no {Program} (apt-get install pgbouncer)");
        var folder = Directory.CreateTempSubdirectory("alembic-pgbouncer-").FullName;
        var port = FreePort();
        File.WriteAllText(
            Path.Combine(folder, "pgbouncer.ini"),
            $"""
            [databases]
            * = host={server.Host} port={server.Port} user={server.UserInfo.Split(':')[0]}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 4
            server_idle_timeout = 1
            """);
        // The pooler refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        if (user.Length > 0)
            Process.Start("chown", ["-R", "postgres", folder]).WaitForExit();
        string[] command = [.. user, "sh", "-c", Holder, "sh", Program, folder];
        var holder =
            Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/tmp" })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            holder.StandardInput.Close();
            holder.WaitForExit(TimeSpan.FromSeconds(20));
        };
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(60); Thread.Sleep(50))
        {
            using var client = new TcpClient();
            try
            {
                client.Connect(IPAddress.Loopback, port);
                return port;
            }
            catch (SocketException)
            {
            }
        }
        throw new AssertFailedException("pgbouncer does not start");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
