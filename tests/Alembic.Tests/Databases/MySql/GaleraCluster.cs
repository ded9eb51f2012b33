namespace Alembic.Tests.Databases.MySql;

/// <summary>Two nodes of MariaDB with Galera.</summary>
internal sealed class GaleraCluster : MySqlCluster
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

    public GaleraCluster()
    {
        if (!File.Exists(Provider) || !File.Exists("/usr/sbin/mariadbd") || !File.Exists("/usr/bin/rsync"))
            Servers.AreMissing(
                $"There is no {Provider}, no /usr/sbin/mariadbd or no /usr/bin/rsync (apt-get install mariadb-server galera-4 rsync)");
        var group = FreePort();
        Nodes = [Node("gcomm://", group), Node($"gcomm://127.0.0.1:{group}", FreePort())];

        string Node(string cluster, int port) =>
            Start(MySqlServer.MariaDb.User, Holder, [cluster, $"{port}", $"{FreePort()}", $"{FreePort()}", Provider], null);
    }

    public override MySqlServer Server => MySqlServer.MariaDb;

    public override string Consistently => "SET SESSION wsrep_sync_wait = 1";

    protected override (string Query, string Answer) Ready =>
        ("SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'wsrep_ready'", "ON");
}
