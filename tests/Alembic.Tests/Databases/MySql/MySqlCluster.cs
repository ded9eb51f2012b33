using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace Alembic.Tests.Databases.MySql;

/// <summary>Two servers on this machine that are one cluster, both taking writes. Without its programs here, tests are inconclusive.</summary>
internal abstract class MySqlCluster : IDisposable
{
    private readonly List<Process> _holders = [];

    protected MySqlCluster()
    {
        if (Servers.LeftOut is { } leftOut)
            Assert.Inconclusive(leftOut);
    }

    /// <summary>A connection string for each of the two.</summary>
    public IReadOnlyList<string> Nodes { get; protected init; } = [];

    /// <summary>What kind of server the nodes are.</summary>
    public abstract MySqlServer Server { get; }

    /// <summary>After this a session reads all that was committed at any node before. One may be a moment behind.</summary>
    public abstract string Consistently { get; }

    /// <summary>Asks a node for the text that says whether it takes writes, and for what it says then.</summary>
    protected abstract (string Query, string Answer) Ready { get; }

    /// <summary>A new cluster: <c>Galera</c> or <c>group replication</c>.</summary>
    public static MySqlCluster New(string kind) => kind == "Galera" ? new GaleraCluster() : new GroupReplication();

    /// <summary>Runs SQL at one node, and waits until the other one has its effect.</summary>
    public void Execute(string sql)
    {
        using var connection = Open(0);
        Run(connection, sql);
        using var other = Open(1);
        Run(other, $"{Consistently}; SELECT COUNT(*) FROM information_schema.schemata");
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

    protected static void Run(MySqlConnection connection, string sql)
    {
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Starts a node, and waits until it takes connections.</summary>
    /// <param name="user">The user that it runs as; null for this one.</param>
    /// <param name="script">Runs it, as a shell that ends it and tidies up when its input ends: its folder and port, then the rest.</param>
    /// <param name="arguments">The rest.</param>
    /// <param name="joining">SQL that makes it a part of the cluster; null where its options do.</param>
    protected string Start(string? user, string script, IEnumerable<string> arguments, string? joining)
    {
        var folder = Directory.CreateTempSubdirectory("alembic-cluster-").FullName;
        var port = FreePort();
        if (user is not null)
            Process.Start("chown", [user, folder]).WaitForExit();
        string[] command = [.. user is null ? [] : new[] { "runuser", "-u", user, "--" }, "sh", "-c", script, "sh", folder, $"{port}",
            .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/tmp" };
        start.Environment["PATH"] += ":/usr/sbin";
        _holders.Add(Process.Start(start)!);
        var connectionString = MySqlServer.ConnectionString(new Uri($"mysql://root@127.0.0.1:{port}/"));
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var connection = new MySqlConnection(connectionString);
                connection.Open();
                if (joining is not null)
                    Run(connection, joining);
                joining = null;
                using var ready = new MySqlCommand(Ready.Query, connection);
                if (ready.ExecuteScalar() as string == Ready.Answer)
                    return connectionString;
            }
            catch (MySqlException)
            {
                // Not yet.
            }
            if (patience.Elapsed > TimeSpan.FromSeconds(120) || _holders[^1].HasExited)
                Assert.Fail($"The node does not start: {string.Join('\n', File.ReadLines(Path.Combine(folder, "log")).TakeLast(10))}");
            Thread.Sleep(200);
        }
    }

    protected static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Two nodes of MySQL with group replication, of which both are primaries.</summary>
internal sealed class GroupReplication : MySqlCluster
{
    private static readonly string Holder =
        $$"""
        folder=$1
        {{MySqlServer.MySql.Preparation}} || { cat "$folder/log" >&2; exit 1; }
        server --datadir="$folder/data" --port="$2" --bind-address=127.0.0.1 --socket="$folder/socket" --pid-file="$folder/pid" --skip-name-resolve --tmpdir="$folder/tmp" \
          --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-buffer-pool-size=32M --tls-version=TLSv1.2,TLSv1.3 \
          --log-bin --sync-binlog=0 --server-id="$2" --report-host=127.0.0.1 --report-port="$2" --gtid-mode=ON --enforce-gtid-consistency=ON \
          --sql-generate-invisible-primary-key=ON \
          --plugin-load-add=group_replication.so --group-replication-group-name=8b0f5d3a-4f3c-4c57-9a57-5d3a3f0a7c11 \
          --group-replication-local-address="127.0.0.1:$3" --group-replication-group-seeds="$4" --group-replication-ip-allowlist=127.0.0.1 \
          --group-replication-single-primary-mode=OFF --group-replication-enforce-update-everywhere-checks=ON \
          --group-replication-start-on-boot="$5" --group-replication-bootstrap-group="$5" >>"$folder/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -TERM $server
        wait $server
        rm -rf "$folder"
        """;

    public GroupReplication()
    {
        if (!File.Exists(Path.Combine(MySqlServer.MySql.Root, "usr", "lib", "mysql", "plugin", "group_replication.so")))
            Servers.AreMissing($"There is no MySQL with group replication in {MySqlServer.MySql.Root}");
        var (first, second) = (FreePort(), FreePort());
        var seeds = $"127.0.0.1:{first},127.0.0.1:{second}";
        Nodes =
        [
            Start(MySqlServer.MySql.User, Holder, [$"{first}", seeds, "ON"], null),
            // What it did to itself while it was set up is no part of the group's history.
            Start(MySqlServer.MySql.User, Holder, [$"{second}", seeds, "OFF"],
                "RESET BINARY LOGS AND GTIDS; CHANGE REPLICATION SOURCE TO SOURCE_USER = 'root' FOR CHANNEL 'group_replication_recovery'; "
                    + "START GROUP_REPLICATION"),
        ];
    }

    public override MySqlServer Server => MySqlServer.MySql;

    public override string Consistently => "SET SESSION group_replication_consistency = 'BEFORE'";

    protected override (string Query, string Answer) Ready =>
        ("SELECT member_state FROM performance_schema.replication_group_members WHERE member_id = @@server_uuid", "ONLINE");
}
