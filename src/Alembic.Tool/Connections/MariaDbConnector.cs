using System.Data.Common;
using Alembic.Databases.MySql;
using Alembic.Migrations;
using MySqlConnector;
using Parameter = Alembic.Tool.Connections.UrlParameter<MySqlConnector.MySqlConnectionStringBuilder>;

namespace Alembic.Tool.Connections;

/// <summary>From a URL of MySQL or MariaDB, with the parameters that Python's drivers take, or from a connection string, to the driver MySqlConnector.</summary>
internal static class MariaDbConnector
{
    private static readonly Parameter[] Parameters =
    [
        Parameter.Text("host", (s, v) => s.Server = v),
        Parameter.Number("port", (s, n) => s.Port = (uint)n),
        Parameter.Text("user", (s, v) => s.UserID = v),
        Parameter.Text("password passwd", (s, v) => s.Password = v),
        Parameter.Text("database db", (s, v) => s.Database = v),
        Parameter.Text("unix_socket socket", (s, v) => (s.Server, s.ConnectionProtocol) = (v, MySqlConnectionProtocol.UnixSocket)),
        // The driver speaks utf8mb4 and nothing else; a narrower character set is what it has anyway.
        Parameter.Word<string>("charset", (_, _) => { }, ("utf8mb4", ""), ("utf8mb3", ""), ("utf8", "")),
        Parameter.Seconds("connect_timeout connection_timeout", (s, n) => s.ConnectionTimeout = (uint)n),
        Parameter.Seconds("read_timeout", (s, n) => s.DefaultCommandTimeout = (uint)n),
        Parameter.Word<MySqlSslMode>("ssl_mode sslmode", (s, v) => s.SslMode = v,
            ("DISABLED", MySqlSslMode.None), ("PREFERRED", MySqlSslMode.Preferred), ("REQUIRED", MySqlSslMode.Required), ("VERIFY_CA", MySqlSslMode.VerifyCA), ("VERIFY_IDENTITY", MySqlSslMode.VerifyFull),
            ("none", MySqlSslMode.None), ("verify_full", MySqlSslMode.VerifyFull)),
        Parameter.Flag("ssl", (s, v) => s.SslMode = v ? MySqlSslMode.Required : MySqlSslMode.None),
        Parameter.Flag("ssl_disabled", (s, v) => s.SslMode = v ? MySqlSslMode.None : s.SslMode),
        Parameter.Text("ssl_ca", (s, v) => (s.SslCa, s.SslMode) = (v, AtLeast(MySqlSslMode.VerifyCA, s))),
        Parameter.Text("ssl_cert", (s, v) => s.SslCert = v),
        Parameter.Text("ssl_key", (s, v) => s.SslKey = v),
        Parameter.Text("tls_versions", (s, v) => s.TlsVersion = v),
        Parameter.Flag("ssl_verify_cert", (s, v) => s.SslMode = v ? AtLeast(MySqlSslMode.VerifyCA, s) : MySqlSslMode.Required),
        Parameter.Flag("ssl_verify_identity ssl_check_hostname", (s, v) => s.SslMode = v ? MySqlSslMode.VerifyFull : AtLeast(MySqlSslMode.Required, s)),
        Parameter.Text("server_public_key_path", (s, v) => s.ServerRsaPublicKeyFile = v),
        Parameter.Flag("allow_public_key_retrieval", (s, v) => s.AllowPublicKeyRetrieval = v),
        Parameter.Flag("compress", (s, v) => s.UseCompression = v),
        Parameter.Text("program_name", (s, v) => s.ApplicationName = v),
        Parameter.Ignored("use_unicode binary_prefix local_infile autocommit write_timeout use_pure buffered raise_on_warnings"),
    ];

    public static Database Connect(DatabaseUrl url) => Connect(Settings(url), url);

    public static Database Connect(string connectionString, string dialect)
    {
        var settings = Settings(connectionString);
        return Connect(settings, new DatabaseUrl(dialect) { User = settings.UserID, Password = settings.Password, Host = settings.Server, Port = (int)settings.Port, Database = settings.Database });
    }

    internal static MySqlConnectionStringBuilder Settings(DatabaseUrl url)
    {
        var settings = Usual();
        settings.Server = url.Host ?? "localhost";
        settings.Port = (uint)(url.Port ?? 3306);
        settings.Database = url.Database;
        if (url.User is { } user)
            settings.UserID = user;
        if (url.Password is { } password)
            settings.Password = password;
        Parameter.ApplyAll(Parameters, "MySQL", url, settings);
        return Fixed(settings);
    }

    internal static MySqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = Usual();
        Keywords.Apply(connectionString, settings, "MySQL");
        return Fixed(settings);
    }

    private static MySqlConnectionStringBuilder Usual() => new()
    {
        Server = "localhost",
        ApplicationName = "dotnet-alembic",
        Keepalive = 15,
        // A migration takes the time it takes.
        DefaultCommandTimeout = 0,
        // The date of zeros that old schemas keep for none is no reason to fail.
        ConvertZeroDateTime = true,
    };

    private static MySqlConnectionStringBuilder Fixed(MySqlConnectionStringBuilder settings)
    {
        // One connection that lives as long as the run, and is not replaced behind our back.
        settings.Pooling = false;
        settings.AutoEnlist = false;
        // The number of rows that were found, not of those that turned out different.
        settings.UseAffectedRows = false;
        // User variables are a part of migrations' SQL, and look like parameters.
        settings.AllowUserVariables = true;
        settings.PersistSecurityInfo = false;
        return settings;
    }

    // The modes are numbered from the laxest, but for the default.
    private static MySqlSslMode AtLeast(MySqlSslMode mode, MySqlConnectionStringBuilder settings) => settings.SslMode == MySqlSslMode.VerifyFull ? MySqlSslMode.VerifyFull : mode;

    private static Database Connect(MySqlConnectionStringBuilder settings, DatabaseUrl url) =>
        new(new MySqlDialect(isMariaDb: url.Dialect == "mariadb"), () => Open(settings.ConnectionString, url), url.Display)
        {
            // Of a cluster, a node that was overtaken by another one says that there was a deadlock, and one that is cut off from it that it does not know the command.
            IsBusy = exception => exception is MySqlException { ErrorCode: MySqlErrorCode.LockWaitTimeout or MySqlErrorCode.LockDeadlock or MySqlErrorCode.UnknownCommand },
        };

    private static MySqlConnection Open(string connectionString, DatabaseUrl url)
    {
        var connection = new MySqlConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or IOException or NotSupportedException)
        {
            connection.Dispose();
            throw new AlembicException($"unable to connect to '{url.Display}': {exception.Message.ReplaceLineEndings(" ")}", exception) { Hint = Advice(exception, url) };
        }
    }

    private static string? Advice(Exception exception, DatabaseUrl url) => exception switch
    {
        MySqlException { ErrorCode: MySqlErrorCode.UnknownDatabase } => $"CREATE DATABASE `{url.Database}`",
        MySqlException { ErrorCode: MySqlErrorCode.AccessDenied } => null,
        _ => "is the server running, and are host and port right?",
    };
}
