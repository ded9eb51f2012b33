using System.Data.Common;
using System.Globalization;
using Alembic.Dialects.PostgreSql;
using Alembic.Runtime;
using Npgsql;
using NpgsqlTypes;

namespace Alembic.Tool.Connections;

/// <summary>From a PostgreSQL URL, with the parameters of libpq that Python's drivers take, to Npgsql.</summary>
internal static class PostgreSqlConnector
{
    public static Database Connect(DatabaseUrl url)
    {
        var settings = Settings(url);
        return new Database(new PostgreSqlDialect(), () => Open(settings.ConnectionString, url), url.Display)
        {
            Adapt = Adapt,
            LearnTypes = connection => ((NpgsqlConnection)connection).ReloadTypes(),
            IsBusy = exception => exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected,
            Process = connection => ((NpgsqlConnection)connection).ProcessID,
        };
    }

    internal static NpgsqlConnectionStringBuilder Settings(DatabaseUrl url)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host ?? Environment.GetEnvironmentVariable("PGHOST") ?? "localhost",
            ApplicationName = "dotnet-alembic",
            // One connection that lives as long as the run, and is not replaced behind our back.
            Pooling = false,
            Enlist = false,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 15,
            // A migration takes the time it takes.
            CommandTimeout = 0,
            // Values of rows, and the password, have no place in messages and logs.
            IncludeErrorDetail = false,
            LogParameters = false,
            PersistSecurityInfo = false,
        };
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
        foreach (var (key, value) in url.Query)
            Apply(settings, key, value, url);
        return settings;
    }

    private static void Apply(NpgsqlConnectionStringBuilder settings, string key, string value, DatabaseUrl url)
    {
        switch (key)
        {
            case "host" or "hostaddr":
                settings.Host = value;
                break;
            case "port" when Number(value) is { } port:
                settings.Port = port;
                break;
            case "user":
                settings.Username = value;
                break;
            case "password":
                settings.Password = value;
                break;
            case "dbname" or "database":
                settings.Database = value;
                break;
            case "sslmode" or "ssl" when Word<SslMode>(value) is { } mode:
                settings.SslMode = mode;
                break;
            case "sslcert":
                settings.SslCertificate = value;
                break;
            case "sslkey":
                settings.SslKey = value;
                break;
            case "sslpassword":
                settings.SslPassword = value;
                break;
            case "sslrootcert":
                settings.RootCertificate = value;
                break;
            case "channel_binding" when Word<ChannelBinding>(value) is { } binding:
                settings.ChannelBinding = binding;
                break;
            case "gssencmode" when Word<GssEncryptionMode>(value) is { } mode:
                settings.GssEncryptionMode = mode;
                break;
            case "krbsrvname":
                settings.KerberosServiceName = value;
                break;
            case "passfile":
                settings.Passfile = value;
                break;
            case "application_name":
                settings.ApplicationName = value;
                break;
            case "connect_timeout" or "timeout" when Number(value) is { } seconds:
                settings.Timeout = seconds;
                break;
            case "options":
                settings.Options = value;
                break;
            case "client_encoding":
                settings.ClientEncoding = value;
                break;
            case "target_session_attrs" when value is "any" or "read-write" or "read-only" or "primary" or "standby" or "prefer-standby":
                settings.TargetSessionAttributes = value;
                break;
            case "keepalives" when value is "0" or "1":
                settings.TcpKeepAlive = value == "1";
                break;
            case "keepalives_idle" when Number(value) is { } seconds:
                settings.TcpKeepAliveTime = seconds;
                break;
            case "keepalives_interval" when Number(value) is { } seconds:
                settings.TcpKeepAliveInterval = seconds;
                break;
            default:
                throw DatabaseUrl.Unsupported(url.Display, $"PostgreSQL has no parameter '{key}' with such a value; it knows {Known}");
        }
    }

    private const string Known =
        "host, port, user, password, dbname, sslmode, sslcert, sslkey, sslpassword, sslrootcert, channel_binding, gssencmode, krbsrvname, passfile, application_name, "
        + "connect_timeout (seconds), options, client_encoding, target_session_attrs, keepalives (0, 1), keepalives_idle and keepalives_interval (seconds)";

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // libpq's words are Npgsql's names but for case and hyphens: verify-full, VerifyFull.
    private static T? Word<T>(string text)
        where T : struct, Enum =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : null;

    // Text is what the place wants it to be (JSON, an enum, an address), as the literal is that stands in a script.
    private static void Adapt(DbParameter parameter)
    {
        if (parameter.Value is string)
            ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Unknown;
    }

    private static NpgsqlConnection Open(string connectionString, DatabaseUrl url)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or ArgumentException or IOException)
        {
            connection.Dispose();
            throw new AlembicException($"unable to connect to '{url.Display}': {exception.Message.ReplaceLineEndings(" ")}", exception) { Hint = Advice(exception, url) };
        }
    }

    private static string? Advice(Exception exception, DatabaseUrl url) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"createdb {url.Database}",
        PostgresException => null,
        _ => "is the server running, and are host and port right?",
    };
}
