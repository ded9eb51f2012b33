using System.Globalization;
using Alembic.PostgreSql;
using Npgsql;
using Parameter = Alembic.Tool.Connections.UrlParameter<Npgsql.NpgsqlConnectionStringBuilder>;

namespace Alembic.Tool.Connections;

/// <summary>Turns a PostgreSQL URL, with the parameters of libpq that Python's drivers take, into settings of Npgsql.</summary>
internal static class PostgreSqlConnector
{
    private static readonly Parameter[] Parameters =
    [
        Parameter.Text("host hostaddr", (s, v) => s.Host = v),
        // Each of several hosts may have its own port, which is written with the host.
        Parameter.Number("port", (s, n) => s.Port = n),
        Parameter.Text("unix_sock", (s, v) => (s.Host, s.Port) = Socket(v)),
        Parameter.Text("user", (s, v) => s.Username = v),
        Parameter.Text("password", (s, v) => s.Password = v),
        Parameter.Text("dbname database", (s, v) => s.Database = v),
        Parameter.Text("passfile", (s, v) => s.Passfile = v),
        Parameter.Word<SslMode>("sslmode ssl", (s, v) => s.SslMode = v,
            ("disable", SslMode.Disable), ("allow", SslMode.Allow), ("prefer", SslMode.Prefer), ("require", SslMode.Require),
            ("verify-ca", SslMode.VerifyCA), ("verify-full", SslMode.VerifyFull),
            ("true", SslMode.Require), ("false", SslMode.Disable)),
        Parameter.Word<SslNegotiation>("sslnegotiation", (s, v) => s.SslNegotiation = v, ("postgres", SslNegotiation.Postgres),
            ("direct", SslNegotiation.Direct)),
        Parameter.Text("sslcert", (s, v) => s.SslCertificate = v),
        Parameter.Text("sslkey", (s, v) => s.SslKey = v),
        Parameter.Text("sslpassword", (s, v) => s.SslPassword = v),
        Parameter.Text("sslrootcert", (s, v) => s.RootCertificate = v),
        Parameter.Word<ChannelBinding>("channel_binding", (s, v) => s.ChannelBinding = v,
            ("disable", ChannelBinding.Disable), ("prefer", ChannelBinding.Prefer), ("require", ChannelBinding.Require)),
        Parameter.Word<string>("require_auth", (s, v) => s.RequireAuth = v,
            ("password", "Password"), ("md5", "MD5"), ("gss", "GSS"), ("sspi", "SSPI"), ("scram-sha-256", "ScramSHA256"), ("none", "None")),
        Parameter.Word<GssEncryptionMode>("gssencmode", (s, v) => s.GssEncryptionMode = v,
            ("disable", GssEncryptionMode.Disable), ("prefer", GssEncryptionMode.Prefer), ("require", GssEncryptionMode.Require)),
        Parameter.Text("krbsrvname", (s, v) => s.KerberosServiceName = v),
        Parameter.Text("application_name fallback_application_name", (s, v) => s.ApplicationName = v),
        Parameter.Seconds("connect_timeout timeout", (s, n) => s.Timeout = n),
        Parameter.Seconds("command_timeout", (s, n) => s.CommandTimeout = n),
        Parameter.Text("options", (s, v) => s.Options = v),
        Parameter.Text("search_path", (s, v) => s.SearchPath = v),
        Parameter.Text("timezone", (s, v) => s.Timezone = v),
        // The driver reads and writes only this encoding.
        Parameter.Word<string>("client_encoding", (s, v) => s.ClientEncoding = v, ("utf8", "utf8"), ("unicode", "utf8"), ("auto", "utf8")),
        Parameter.Word<string>("target_session_attrs", (s, v) => s.TargetSessionAttributes = v,
            ("any", "any"), ("read-write", "read-write"), ("read-only", "read-only"), ("primary", "primary"), ("standby", "standby"),
            ("prefer-standby", "prefer-standby")),
        Parameter.Word<bool>("load_balance_hosts", (s, v) => s.LoadBalanceHosts = v, ("disable", false), ("random", true)),
        Parameter.Flag("keepalives tcp_keepalive", (s, v) => s.TcpKeepAlive = v),
        Parameter.Seconds("keepalives_idle", (s, n) => s.TcpKeepAliveTime = n),
        Parameter.Seconds("keepalives_interval", (s, n) => s.TcpKeepAliveInterval = n),
        Parameter.Ignored(
            "keepalives_count tcp_user_timeout sslcompression prepared_statement_cache_size statement_cache_size "
                + "prepared_statement_name_func prepare_threshold async_fallback"),
    ];

    public static PostgreSqlDatabase Connect(DatabaseUrl url) => new(Settings(url)) { DisplayUrl = url.Display };

    private static NpgsqlConnectionStringBuilder Settings(DatabaseUrl url)
    {
        var settings = PostgreSqlDatabase.Defaults();
        settings.Host = url.Host ?? Environment.GetEnvironmentVariable("PGHOST") ?? "localhost";
        if (url.Port is { } port)
            settings.Port = port;
        else if (int.TryParse(Environment.GetEnvironmentVariable("PGPORT"), CultureInfo.InvariantCulture, out var usual))
            settings.Port = usual;
        if (url.User is { } user)
            settings.Username = user;
        if (url.Password is { } password)
            settings.Password = password;
        if ((url.Database.Length > 0 ? url.Database : Environment.GetEnvironmentVariable("PGDATABASE")) is { Length: > 0 } database)
            settings.Database = database;
        Parameter.ApplyAll(Parameters, "PostgreSQL", url, settings);
        return settings;
    }

    // The server's socket file, /run/postgresql/.s.PGSQL.5432. The driver takes its folder and port.
    private static (string Folder, int Port) Socket(string file) =>
        Path.GetFileName(file) is var name && name.StartsWith(".s.PGSQL.", StringComparison.Ordinal)
        && int.TryParse(name[9..], CultureInfo.InvariantCulture, out var port)
            ? (Path.GetDirectoryName(file)!, port)
            : throw new ArgumentException("no socket of PostgreSQL");
}
