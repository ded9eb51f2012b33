using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>
/// A real server for the tests of this process: the one that ALEMBIC_TEST_POSTGRESQL_URL names, else one of our own on a loopback port
/// with its data in a temporary folder, which ends with the process. Without either, tests are inconclusive; in CI they fail.
/// </summary>
internal static class PostgreSqlServer
{
    private const string Variable = "ALEMBIC_TEST_POSTGRESQL_URL";

    // The shell holds the server: when its input ends, because this process says so or is no more, it stops the server and tidies up.
    private const string Holder =
        """
        "$1/initdb" -D "$2/data" -U alembic -A trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1 || { cat "$2/log" >&2; exit 1; }
        # Everybody is let in but this one, who has to say a password.
        sed -i '1i host all alembic_guarded 127.0.0.1/32 scram-sha-256' "$2/data/pg_hba.conf"
        "$1/postgres" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100 >>"$2/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -INT $server
        wait $server
        rm -rf "$2"
        """;

    private static readonly Lazy<(string? Url, string Reason)> Running = new(Start);

    private static int _databases;

    /// <summary>The URL of a new, empty database.</summary>
    public static string NewDatabase()
    {
        var (server, reason) = Running.Value;
        if (server is null)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail(reason);
            Assert.Inconclusive(reason);
        }
        var name = $"alembic_test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        Execute(server!, $"CREATE DATABASE {name}");
        return new UriBuilder(server!) { Path = name }.Uri.AbsoluteUri;
    }

    public static void Drop(string url) => Execute(Running.Value.Url!, $"DROP DATABASE {new Uri(url).AbsolutePath[1..]} WITH (FORCE)");

    public static string ConnectionString(string url)
    {
        var uri = new Uri(url);
        var login = uri.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host, Port = uri.Port > 0 ? uri.Port : 5432, Username = Uri.UnescapeDataString(login[0]), Password = login is [_, var password] ? Uri.UnescapeDataString(password) : null,
            Database = uri.AbsolutePath[1..], Pooling = false, IncludeErrorDetail = true,
        }.ConnectionString;
    }

    private static void Execute(string url, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(url));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static (string? Url, string Reason) Start()
    {
        if (Servers.LeftOut is { } reason)
            return (null, reason);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return (given, "");
        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.Parse(Path.GetFileName(d))).Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        if (binaries is null)
            return (null, $"There is no PostgreSQL in /usr/lib/postgresql (apt-get install postgresql), and {Variable} names none");
        try
        {
            return (Start(binaries), "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (null, $"PostgreSQL does not start: {exception.Message}");
        }
    }

    private static string Start(string binaries)
    {
        var folder = Directory.CreateTempSubdirectory("alembic-postgresql-").FullName;
        var port = FreePort();
        // The server refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        if (user.Length > 0)
            Process.Start("chown", ["postgres", folder]).WaitForExit();
        string[] command = [.. user, "sh", "-c", Holder, "sh", binaries, folder, $"{port}"];
        var holder = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = "/tmp" })!;
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
