using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace Alembic.Tests.Databases.MySql;

/// <summary>
/// Real servers for the tests of this process: the MariaDB that is installed, and MySQL 9 and MariaDB 11.8 as <c>tests/run</c> unpacks them
/// into the user's cache. Each is the one that a variable names, else one of our own on a loopback port with its data in a temporary
/// folder, which ends with the process. Without either, tests are inconclusive; in CI they fail.
/// </summary>
internal sealed class MySqlServer
{
    public static readonly MySqlServer MariaDb = new("mariadb", "ALEMBIC_TEST_MARIADB_URL", null,
        """
        server() { exec mariadbd --no-defaults --debug-no-sync "$@"; }
        mariadb-install-db --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal --skip-test-db >"$folder/log" 2>&1
        """);

    /// <summary>
    /// The one that is installed, as it is on Windows: the names of tables are stored in lower case, and compared without it.
    /// </summary>
    public static readonly MySqlServer Folding = new("mariadb-folding", "ALEMBIC_TEST_MARIADB_FOLDING_URL", null,
        """
        server() { exec mariadbd --no-defaults --debug-no-sync --lower-case-table-names=1 "$@"; }
        mariadb-install-db --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal --skip-test-db >"$folder/log" 2>&1
        """);

    public static readonly MySqlServer MariaDb118 = new("mariadb-11.8", "ALEMBIC_TEST_MARIADB118_URL", "mariadb-11.8",
        """
        server() { exec "$root/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/sbin/mariadbd" \
          --no-defaults --user="$(id -un)" --lc-messages-dir="$root/usr/share/mariadb" --debug-no-sync "$@"; }
        mkdir "$folder/data"
        { printf '%s\n' 'create database mysql;' 'use mysql;' 'set @auth_root_socket = NULL;'
          for part in system_tables performance_tables system_tables_data sys_schema; do cat "$root/usr/share/mariadb/"maria*_$part.sql; done; } \
          | (server --bootstrap --datadir="$folder/data" --tmpdir="$folder/tmp") >"$folder/log" 2>&1
        """);

    public static readonly MySqlServer MySql = new("mysql", "ALEMBIC_TEST_MYSQL_URL", "mysql-9",
        """
        server() { exec "$root/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/sbin/mysqld" \
          --no-defaults --user="$(id -un)" --basedir="$root/usr" --lc-messages-dir="$root/usr/share/mysql" --character-sets-dir="$root/usr/share/mysql/charsets" \
          --plugin-dir="$root/usr/lib/mysql/plugin" --secure-file-priv=NULL --mysqlx=OFF --tls-version= --skip-log-bin --innodb-doublewrite=OFF "$@"; }
        printf '%s\n' "CREATE USER root@'127.0.0.1';" "GRANT ALL ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;" >"$folder/init"
        (server --initialize-insecure --datadir="$folder/data" --init-file="$folder/init") >"$folder/log" 2>&1
        """);

    // The shell holds the server: when its input ends, because this process says so or is no more, it stops the server and tidies up. Its
    // temporary files have a folder of their own: a server that starts deletes those of all others in the common one, and they crash.
    private const string Holder =
        """
        server --datadir="$folder/data" --port="$port" --bind-address=127.0.0.1 --socket="$folder/socket" --pid-file="$folder/pid" --skip-name-resolve --tmpdir="$folder/tmp" \
          --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-buffer-pool-size=32M >>"$folder/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -TERM $server
        wait $server
        rm -rf "$folder"
        """;

    private static int _databases;

    private readonly string _kind;
    private readonly string _variable;
    private readonly string? _package;
    private readonly string _prepare;
    private readonly Lazy<(string? ConnectionString, string Reason)> _running;
    private readonly Lazy<string> _shared;
    private string _name;

    private MySqlServer(string kind, string variable, string? package, string prepare)
    {
        (_kind, _variable, _package, _prepare, _name) = (kind, variable, package, prepare, kind);
        _running = new(Running);
        _shared = new(NewShared);
    }

    /// <summary>A database that tests which run one after the other share.</summary>
    public string Shared
    {
        get
        {
            _ = Server;
            return _shared.Value;
        }
    }

    public static IReadOnlyList<MySqlServer> All => [MariaDb, MariaDb118, MySql];

    public bool IsMariaDb => this != MySql;

    /// <summary>
    /// Text for a shell that creates the data of such a server in <c>$folder</c>, and defines <c>server</c>, which runs it with the
    /// arguments that are given.
    /// </summary>
    public string Preparation => $"root={Root}\nPATH=$PATH:/usr/sbin\nmkdir \"$folder/tmp\"\n{_prepare}";

    /// <summary>The user that has to run it; null for this one.</summary>
    public string? User => Environment.UserName == "root" && _package is null ? "mysql" : null;

    /// <summary>The folder that it was unpacked into; empty for one that is installed.</summary>
    public string Root => _package is null
        ? ""
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "alembic-tests", _package);

    /// <summary>The server of a kind: <c>mariadb</c>, <c>mariadb-folding</c>, <c>mariadb-11.8</c> or <c>mysql</c>.</summary>
    public static MySqlServer Of(string kind) => All.Append(Folding).Single(s => s._kind == kind);

    /// <summary>The connection string of a new, empty database.</summary>
    public string NewDatabase() => NewDatabase(isPlain: false);

    /// <summary>The connection string of a new, empty database.</summary>
    /// <param name="isPlain">Whether it is of a user that may do nothing but use this database.</param>
    public string NewDatabase(bool isPlain)
    {
        var name = $"alembic_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        Execute(Server, $"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
        var database = new MySqlConnectionStringBuilder(Server) { Database = name };
        if (isPlain)
        {
            Execute(Server, $"CREATE USER {name}@'%' IDENTIFIED BY 'plain'; GRANT ALL ON {name}.* TO {name}@'%'");
            (database.UserID, database.Password) = (name, "plain");
        }
        return database.ConnectionString;
    }

    public static void Drop(string connectionString) =>
        Execute(connectionString, $"DROP DATABASE {new MySqlConnectionStringBuilder(connectionString).Database}");

    /// <summary>Without pooling: what a test leaves behind must not hold a database.</summary>
    public static string ConnectionString(Uri url)
    {
        var login = url.UserInfo.Split(':', 2);
        return new MySqlConnectionStringBuilder
        {
            Server = url.Host, Port = (uint)(url.Port > 0 ? url.Port : 3306), UserID = Uri.UnescapeDataString(login[0]),
            Password = login is [_, var password] ? Uri.UnescapeDataString(password) : "", Database = url.AbsolutePath.Trim('/'),
            Pooling = false, AllowUserVariables = true,
            AllowPublicKeyRetrieval = true,
        }.ConnectionString;
    }

    /// <summary>
    /// What the server at the other end is called, with its version: it says "9.7.4", "11.8.9-MariaDB-…" or "5.5.5-10.11.14-MariaDB-…".
    /// </summary>
    public static string NameOf(MySqlConnection connection)
    {
        var version = connection.ServerVersion.Replace("5.5.5-", "", StringComparison.Ordinal);
        return (version.Contains("MariaDB", StringComparison.Ordinal) ? "MariaDB " : "MySQL ") + string.Join('.', version.Split('.')[..2]);
    }

    private string Server
    {
        get
        {
            var (server, reason) = _running.Value;
            Servers.Use(_name);
            if (server is null)
                Servers.AreMissing(reason);
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

    // Other servers than ours outlive the process.
    private string NewShared()
    {
        var database = NewDatabase();
        if (Environment.GetEnvironmentVariable(_variable) is { Length: > 0 })
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop(database);
        return database;
    }

    private (string? ConnectionString, string Reason) Running()
    {
        if (Servers.LeftOut is { } leftOut)
            return (null, leftOut);
        var (server, reason) = Start();
        if (server is not null)
        {
            using var connection = new MySqlConnection(server);
            connection.Open();
            _name = NameOf(connection);
        }
        return (server, reason);
    }

    private (string? ConnectionString, string Reason) Start()
    {
        if (Environment.GetEnvironmentVariable(_variable) is { Length: > 0 } given)
            return (ConnectionString(new Uri(given)), "");
        if (_package is null && !File.Exists("/usr/sbin/mariadbd"))
            return (null, $"There is no /usr/sbin/mariadbd (apt-get install mariadb-server), and {_variable} names none");
        if (_package is not null && !Directory.Exists(Root))
            return (null, $"There is no {Root} (tests/run unpacks it), and {_variable} names none");
        try
        {
            return (StartOwn(), "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (null, $"{_kind} does not start: {exception.Message}");
        }
    }

    private string StartOwn()
    {
        var folder = Servers.NewFolder($"alembic-{_kind}-");
        var port = FreePort();
        // What is installed refuses to run as root; what is unpacked lies where only its owner may look, and is told that it may.
        string[] user = User is { } name ? ["runuser", "-u", name, "--"] : [];
        if (user.Length > 0)
            Process.Start("chown", [User!, folder]).WaitForExit();
        var script = $$"""
            folder=$1 port=$2
            {{Preparation}} || { cat "$folder/log" >&2; exit 1; }
            {{Holder}}
            """;
        string[] command = [.. user, "sh", "-c", script, "sh", folder, $"{port}"];
        var holder =
            Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/tmp" })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            holder.StandardInput.Close();
            holder.WaitForExit(TimeSpan.FromSeconds(20));
        };
        var connectionString = ConnectionString(new Uri($"mysql://root@127.0.0.1:{port}/"));
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                Execute(connectionString, "SELECT 1");
                return connectionString;
            }
            catch (MySqlException) when (patience.Elapsed < TimeSpan.FromSeconds(120) && !holder.HasExited)
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
