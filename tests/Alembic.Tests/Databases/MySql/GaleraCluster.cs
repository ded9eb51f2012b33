using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace Alembic.Tests.Databases.MySql;

/// <summary>
/// Two MariaDB servers on this machine that are one cluster, both taking writes. Without Galera here, tests are inconclusive.
/// </summary>
internal sealed class GaleraCluster : IDisposable
{
    private const string Provider = "/usr/lib/galera/libgalera_smm.so";

    // As with the single server: the shell ends it and tidies up when its input ends, because this process says so or is no more.
    private const string Holder =
        """
        mkdir "$1/tmp"
        mariadb-install-db --no-defaults --datadir="$1/data" --auth-root-authentication-method=normal --skip-test-db >"$1/log" 2>&1 || { cat "$1/log" >&2; exit 1; }
        mariadbd --no-defaults --datadir="$1/data" --port="$2" --bind-address=127.0.0.1 --socket="$1/socket" --pid-file="$1/pid" --skip-name-resolve --tmpdir="$1/tmp" \
          --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=32M --binlog-format=ROW --innodb-autoinc-lock-mode=2 \
          --wsrep-on=ON --wsrep-provider="$7" --wsrep-cluster-name=alembic --wsrep-cluster-address="$3" --wsrep-node-address=127.0.0.1 \
          --wsrep-provider-options="base_host=127.0.0.1;base_port=$4;gmcast.listen_addr=tcp://127.0.0.1:$4;ist.recv_addr=127.0.0.1:$5;gcache.size=16M" \
          --wsrep-sst-method=rsync --wsrep-sst-receive-address=127.0.0.1:$6 >>"$1/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -TERM $server
        wait $server
        rm -rf "$1"
        """;

    private readonly List<Process> _holders = [];

    public GaleraCluster()
    {
        if (Servers.LeftOut is { } leftOut)
            Assert.Inconclusive(leftOut);
        if (!File.Exists(Provider) || !File.Exists("/usr/sbin/mariadbd") || !File.Exists("/usr/bin/rsync"))
            Servers.AreMissing(
                $"There is no {Provider}, no /usr/sbin/mariadbd or no /usr/bin/rsync (apt-get install mariadb-server galera-4 rsync)");
        var group = FreePort();
        Nodes = [Start("gcomm://", group), Start($"gcomm://127.0.0.1:{group}", FreePort())];
    }

    /// <summary>A connection string for each of the two.</summary>
    public IReadOnlyList<string> Nodes { get; }

    public void Execute(string sql)
    {
        using var connection = Open(0);
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
        // The other node may be a moment behind; this waits until it has all that was there when it began.
        using var other = Open(1);
        using var wait = new MySqlCommand("SET SESSION wsrep_sync_wait = 1; SELECT COUNT(*) FROM information_schema.schemata", other);
        wait.ExecuteScalar();
    }

    public MySqlConnection Open(int node, string database = "")
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder(Nodes[node]) { Database = database }.ConnectionString);
        connection.Open();
        return connection;
    }

    // The one that joined leaves first.
    public void Dispose()
    {
        foreach (var holder in Enumerable.Reverse(_holders))
        {
            holder.StandardInput.Close();
            holder.WaitForExit(TimeSpan.FromSeconds(30));
            holder.Dispose();
        }
    }

    private string Start(string cluster, int group)
    {
        var folder = Directory.CreateTempSubdirectory("alembic-galera-").FullName;
        var port = FreePort();
        // The server refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["runuser", "-u", "mysql", "--"] : [];
        if (user.Length > 0)
            Process.Start("chown", ["mysql", folder]).WaitForExit();
        string[] command = [.. user, "sh", "-c", Holder, "sh", folder, $"{port}", cluster, $"{group}", $"{FreePort()}",
            $"{FreePort()}", Provider];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/tmp" };
        start.Environment["PATH"] += ":/usr/sbin";
        _holders.Add(Process.Start(start)!);
        var connectionString = $"Server=127.0.0.1;Port={port};User ID=root;Pooling=False;AllowUserVariables=True";
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var connection = new MySqlConnection(connectionString);
                connection.Open();
                using var ready = new MySqlCommand(
                    "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'wsrep_ready'", connection);
                if (ready.ExecuteScalar() is "ON")
                    return connectionString;
            }
            catch (MySqlException)
            {
                // Not yet.
            }
            if (patience.Elapsed > TimeSpan.FromSeconds(90) || _holders[^1].HasExited)
                Assert.Fail($"The node does not start: {string.Join('\n', File.ReadLines(Path.Combine(folder, "log")).TakeLast(10))}");
            Thread.Sleep(200);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
