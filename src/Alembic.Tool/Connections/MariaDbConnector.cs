using Alembic.MySql;
using MySqlConnector;
using Parameter = Alembic.Tool.Connections.UrlParameter<MySqlConnector.MySqlConnectionStringBuilder>;

namespace Alembic.Tool.Connections;

/// <summary>
/// Turns a URL of MySQL or MariaDB, with the parameters of Python's drivers, into settings of the driver MySqlConnector.
/// </summary>
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
        // The driver uses only utf8mb4. It includes the narrower character sets.
        Parameter.Word<string>("charset", (_, _) => { }, ("utf8mb4", ""), ("utf8mb3", ""), ("utf8", "")),
        Parameter.Seconds("connect_timeout connection_timeout", (s, n) => s.ConnectionTimeout = (uint)n),
        Parameter.Seconds("read_timeout", (s, n) => s.DefaultCommandTimeout = (uint)n),
        Parameter.Word<MySqlSslMode>("ssl_mode sslmode", (s, v) => s.SslMode = v,
            ("DISABLED", MySqlSslMode.None), ("PREFERRED", MySqlSslMode.Preferred), ("REQUIRED", MySqlSslMode.Required),
            ("VERIFY_CA", MySqlSslMode.VerifyCA), ("VERIFY_IDENTITY", MySqlSslMode.VerifyFull),
            ("none", MySqlSslMode.None), ("verify_full", MySqlSslMode.VerifyFull)),
        Parameter.Flag("ssl", (s, v) => s.SslMode = v ? MySqlSslMode.Required : MySqlSslMode.None),
        Parameter.Flag("ssl_disabled", (s, v) => s.SslMode = v ? MySqlSslMode.None : s.SslMode),
        Parameter.Text("ssl_ca", (s, v) => (s.SslCa, s.SslMode) = (v, AtLeast(MySqlSslMode.VerifyCA, s))),
        Parameter.Text("ssl_cert", (s, v) => s.SslCert = v),
        Parameter.Text("ssl_key", (s, v) => s.SslKey = v),
        Parameter.Text("tls_versions", (s, v) => s.TlsVersion = v),
        Parameter.Flag("ssl_verify_cert", (s, v) => s.SslMode = v ? AtLeast(MySqlSslMode.VerifyCA, s) : MySqlSslMode.Required),
        Parameter.Flag("ssl_verify_identity ssl_check_hostname",
            (s, v) => s.SslMode = v ? MySqlSslMode.VerifyFull : AtLeast(MySqlSslMode.Required, s)),
        Parameter.Text("server_public_key_path", (s, v) => s.ServerRsaPublicKeyFile = v),
        Parameter.Flag("allow_public_key_retrieval", (s, v) => s.AllowPublicKeyRetrieval = v),
        Parameter.Flag("compress", (s, v) => s.UseCompression = v),
        Parameter.Text("program_name", (s, v) => s.ApplicationName = v),
        Parameter.Ignored("use_unicode binary_prefix local_infile autocommit write_timeout use_pure buffered raise_on_warnings"),
    ];

    public static MySqlDatabase Connect(DatabaseUrl url) => new(Settings(url), url.Dialect == "mariadb") { DisplayUrl = url.Display };

    private static MySqlConnectionStringBuilder Settings(DatabaseUrl url)
    {
        var settings = MySqlDatabase.Defaults();
        settings.Server = url.Host ?? "localhost";
        settings.Port = (uint)(url.Port ?? 3306);
        settings.Database = url.Database;
        if (url.User is { } user)
            settings.UserID = user;
        if (url.Password is { } password)
            settings.Password = password;
        Parameter.ApplyAll(Parameters, "MySQL", url, settings);
        return settings;
    }

    // Apart from the default, the modes are numbered from the laxest on.
    private static MySqlSslMode AtLeast(MySqlSslMode mode, MySqlConnectionStringBuilder settings) =>
        settings.SslMode == MySqlSslMode.VerifyFull ? MySqlSslMode.VerifyFull : mode;
}
