using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace Alembic.Tests.Databases.MySql;

/// <summary>
/// A real server for the tests of this process: the one that ALEMBIC_TEST_MARIADB_URL names, else one of our own on a loopback port with its
/// data in a temporary folder, which ends with the process. Without either, tests are inconclusive; in CI they fail.
/// </summary>
internal static class MariaDbServer
{
    private const string Variable = "ALEMBIC_TEST_MARIADB_URL";

    // The shell holds the server: when its input ends, because this process says so or is no more, it stops the server and tidies up. Its temporary files have
    // a folder of their own: a server that starts deletes those of all others in the common one, and they crash.
    private const string Holder =
        """
        mkdir "$1/tmp"
        mariadb-install-db --no-defaults --datadir="$1/data" --auth-root-authentication-method=normal --skip-test-db >"$1/log" 2>&1 || { cat "$1/log" >&2; exit 1; }
        mariadbd --no-defaults --datadir="$1/data" --port="$2" --bind-address=127.0.0.1 --socket="$1/socket" --pid-file="$1/pid" --skip-name-resolve --tmpdir="$1/tmp" \
          --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --debug-no-sync --innodb-buffer-pool-size=32M >>"$1/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -TERM $server
        wait $server
        rm -rf "$1"
        """;

    private static readonly Lazy<(string? ConnectionString, string Reason)> Running = new(Start);

    private static int _databases;

    /// <summary>The connection string of a new, empty database.</summary>
    public static string NewDatabase()
    {
        var name = $"alembic_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        Execute(Server, $"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        return new MySqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;
    }

    public static void Drop(string connectionString) => Execute(Server, $"DROP DATABASE {new MySqlConnectionStringBuilder(connectionString).Database}");

    /// <summary>Without pooling: what a test leaves behind must not hold a database.</summary>
    public static string ConnectionString(Uri url)
    {
        var login = url.UserInfo.Split(':', 2);
        return new MySqlConnectionStringBuilder
        {
            Server = url.Host, Port = (uint)(url.Port > 0 ? url.Port : 3306), UserID = Uri.UnescapeDataString(login[0]),
            Password = login is [_, var password] ? Uri.UnescapeDataString(password) : "", Database = url.AbsolutePath.Trim('/'), Pooling = false, AllowUserVariables = true,
        }.ConnectionString;
    }

    private static string Server
    {
        get
        {
            var (server, reason) = Running.Value;
            if (server is null && Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(reason);
            if (server is null)
                Assert.Inconclusive(reason);
            return server;
        }
    }

    private static void Execute(string connectionString, string sql)
    {
        using var connection = new MySqlConnection(connectionString);
        connection.Open();
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static (string? ConnectionString, string Reason) Start()
    {
        if (Servers.LeftOut is { } reason)
            return (null, reason);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return (ConnectionString(new Uri(given)), "");
        if (!File.Exists("/usr/sbin/mariadbd"))
            return (null, $"There is no /usr/sbin/mariadbd (apt-get install mariadb-server), and {Variable} names none");
        try
        {
            return (StartOwn(), "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (null, $"MariaDB does not start: {exception.Message}");
        }
    }

    private static string StartOwn()
    {
        var folder = Directory.CreateTempSubdirectory("alembic-mariadb-").FullName;
        var port = FreePort();
        // The server refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["runuser", "-u", "mysql", "--"] : [];
        if (user.Length > 0)
            Process.Start("chown", ["mysql", folder]).WaitForExit();
        string[] command = [.. user, "sh", "-c", Holder, "sh", folder, $"{port}"];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/tmp" };
        start.Environment["PATH"] += ":/usr/sbin";
        var holder = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            holder.StandardInput.Close();
            holder.WaitForExit(TimeSpan.FromSeconds(20));
        };
        var connectionString = ConnectionString(new Uri($"mariadb://root@127.0.0.1:{port}/"));
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                Execute(connectionString, "SELECT 1");
                return connectionString;
            }
            catch (MySqlException) when (patience.Elapsed < TimeSpan.FromSeconds(90) && !holder.HasExited)
            {
                Thread.Sleep(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
