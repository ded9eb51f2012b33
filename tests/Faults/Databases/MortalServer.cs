using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Alembic.Tests.Databases.MySql;

namespace Faults.Databases;

/// <summary>
/// A server for one test that can be killed, and is started again as a service is; what it commits is on the disk. It ends, data and all,
/// when it is disposed of.
/// </summary>
internal sealed class MortalServer : IDisposable
{
    // What a killed server leaves behind may hold its memory for a moment: the next start succeeds then.
    private const string Keeper =
        """
        exec 3<&0
        (cat <&3 >/dev/null; touch "$1/end"; kill -KILL $(cat "$1/pid")) &
        while [ ! -e "$1/end" ]; do
          serve "$@" >>"$1/log" 2>&1 &
          echo $! >"$1/new" && mv "$1/new" "$1/pid"
          wait $!
          sleep 0.2
        done
        rm -rf "$1"
        """;

    private static readonly Dictionary<string, (string? User, string Script, string Url)> Kinds = new()
    {
        ["PostgreSQL"] = ("postgres",
            """
            for bin in /usr/lib/postgresql/*/bin; do :; done
            "$bin/initdb" -D "$1/data" -U alembic -A trust -E UTF8 --locale=C --no-sync >"$1/log" 2>&1
            serve() { exec "$bin/postgres" -D "$1/data" -p "$2" -k "$1" -c listen_addresses=127.0.0.1; }
            """, "postgresql://alembic@127.0.0.1:{0}/{1}"),
        ["MariaDB"] = ("mysql",
            """
            PATH=$PATH:/usr/sbin
            mkdir "$1/tmp"
            mariadb-install-db --no-defaults --datadir="$1/data" --auth-root-authentication-method=normal --skip-test-db >"$1/log" 2>&1
            serve() { exec mariadbd --no-defaults --datadir="$1/data" --port="$2" --bind-address=127.0.0.1 --socket="$1/socket" --skip-name-resolve --tmpdir="$1/tmp" --innodb-buffer-pool-size=32M; }
            """, "mariadb://root@127.0.0.1:{0}/{1}"),
        ["MySQL"] = Of(MySqlServer.MySql, "mysql"),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("alembic-mortal-").FullName;
    private readonly Process _keeper;
    private readonly int _port = FreePort();
    private readonly string _url;

    public MortalServer(string kind)
    {
        var (user, script, url) = Kinds[kind];
        _url = url;
        // The servers refuse to run as root.
        string[] prefix = Environment.UserName == "root" && user is not null ? ["runuser", "-u", user, "--"] : [];
        if (prefix.Length > 0)
            Process.Start("chown", [user!, _folder]).WaitForExit();
        string[] command = [.. prefix, "sh", "-c", $"{script}\n{Keeper}", "sh", _folder, $"{_port}"];
        _keeper =
            Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/tmp" })!;
    }

    public string Url(string database) => string.Format(null, _url, _port, database);

    /// <summary>SIGKILL to the server's process.</summary>
    public void Kill()
    {
        using var kill = Process.Start("kill", ["-KILL", File.ReadAllText(Path.Combine(_folder, "pid")).Trim()]);
        kill.WaitForExit();
    }

    /// <summary>Waits until the server answers, and gives what opening a connection gave.</summary>
    public T Answer<T>(Func<T> open)
    {
        for (var patience = Stopwatch.StartNew(); ; Thread.Sleep(50))
        {
            try
            {
                return open();
            }
            catch (DbException) when (patience.Elapsed < TimeSpan.FromSeconds(90) && !_keeper.HasExited)
            {
                // Not yet.
            }
        }
    }

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit(TimeSpan.FromSeconds(20));
        _keeper.Dispose();
    }

    private static (string?, string, string) Of(MySqlServer server, string scheme) => (server.User,
        $$"""
        folder=$1
        {{server.Preparation}}
        serve() {
          server --datadir="$1/data" --port="$2" --bind-address=127.0.0.1 --socket="$1/socket" --skip-name-resolve --tmpdir="$1/tmp" \
            --innodb-buffer-pool-size=32M --innodb-doublewrite=ON
        }
        """, scheme + "://root@127.0.0.1:{0}/{1}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
