using System.Data.Common;
using System.Globalization;
using Alembic.Dialects.MySql;
using Alembic.Runtime;
using MySqlConnector;

namespace Alembic.Tool.Connections;

/// <summary>From a URL of MySQL or MariaDB, with the parameters that Python's drivers take, to the driver MySqlConnector.</summary>
internal static class MariaDbConnector
{
    private const string Known =
        "host, port, user, password, unix_socket, charset, connect_timeout (seconds), ssl_mode, ssl (true, false), ssl_ca, ssl_cert, ssl_key, ssl_verify_cert, ssl_verify_identity, "
        + "server_public_key_path, allow_public_key_retrieval, compress, program_name";

    public static Database Connect(DatabaseUrl url)
    {
        var settings = Settings(url);
        return new Database(new MySqlDialect(isMariaDb: url.Dialect == "mariadb"), () => Open(settings.ConnectionString, url), url.Display)
        {
            IsBusy = exception => exception is MySqlException { ErrorCode: MySqlErrorCode.LockWaitTimeout },
        };
    }

    internal static MySqlConnectionStringBuilder Settings(DatabaseUrl url)
    {
        var settings = new MySqlConnectionStringBuilder
        {
            Server = url.Host ?? "localhost",
            Port = (uint)(url.Port ?? 3306),
            Database = url.Database,
            ApplicationName = "dotnet-alembic",
            // One connection that lives as long as the run, and is not replaced behind our back.
            Pooling = false,
            AutoEnlist = false,
            Keepalive = 15,
            // The number of rows that were found, not of those that turned out different.
            UseAffectedRows = false,
            // A migration takes the time it takes.
            DefaultCommandTimeout = 0,
            // User variables are a part of migrations' SQL, and look like parameters.
            AllowUserVariables = true,
            // The date of zeros that old schemas keep for none is no reason to fail.
            ConvertZeroDateTime = true,
            PersistSecurityInfo = false,
        };
        if (url.User is { } user)
            settings.UserID = user;
        if (url.Password is { } password)
            settings.Password = password;
        foreach (var (key, value) in url.Query)
            Apply(settings, key, value, url);
        return settings;
    }

    private static void Apply(MySqlConnectionStringBuilder settings, string key, string value, DatabaseUrl url)
    {
        switch (key)
        {
            case "host":
                settings.Server = value;
                break;
            case "port" when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port):
                settings.Port = port;
                break;
            case "user":
                settings.UserID = value;
                break;
            case "password" or "passwd":
                settings.Password = value;
                break;
            case "unix_socket" or "socket":
                settings.Server = value;
                settings.ConnectionProtocol = MySqlConnectionProtocol.UnixSocket;
                break;
            // The driver speaks utf8mb4 and nothing else; a narrower character set is what it has anyway.
            case "charset" when value.ToLowerInvariant() is "utf8mb4" or "utf8" or "utf8mb3":
                break;
            case "connect_timeout" when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds):
                settings.ConnectionTimeout = seconds;
                break;
            case "ssl_mode" or "sslmode" when Mode(value) is { } mode:
                settings.SslMode = mode;
                break;
            case "ssl" when Flag(value) is { } flag:
                settings.SslMode = flag ? MySqlSslMode.Required : MySqlSslMode.None;
                break;
            case "ssl_ca":
                settings.SslCa = value;
                settings.SslMode = Strictest(settings.SslMode, MySqlSslMode.VerifyCA);
                break;
            case "ssl_cert":
                settings.SslCert = value;
                break;
            case "ssl_key":
                settings.SslKey = value;
                break;
            case "ssl_verify_cert" when Flag(value) is { } flag:
                settings.SslMode = flag ? Strictest(settings.SslMode, MySqlSslMode.VerifyCA) : MySqlSslMode.Required;
                break;
            case "ssl_verify_identity" or "ssl_check_hostname" when Flag(value) is { } flag:
                settings.SslMode = flag ? MySqlSslMode.VerifyFull : Strictest(settings.SslMode, MySqlSslMode.Required);
                break;
            case "server_public_key_path":
                settings.ServerRsaPublicKeyFile = value;
                break;
            case "allow_public_key_retrieval" when Flag(value) is { } flag:
                settings.AllowPublicKeyRetrieval = flag;
                break;
            case "compress" when Flag(value) is { } flag:
                settings.UseCompression = flag;
                break;
            case "program_name":
                settings.ApplicationName = value;
                break;
            // What only Python's drivers need.
            case "use_unicode" or "binary_prefix" or "local_infile" or "autocommit":
                break;
            default:
                throw DatabaseUrl.Unsupported(url.Display, $"MySQL has no parameter '{key}' with such a value; it knows {Known}");
        }
    }

    private static MySqlSslMode? Mode(string text) => text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "DISABLED" or "NONE" => MySqlSslMode.None,
        "PREFERRED" => MySqlSslMode.Preferred,
        "REQUIRED" => MySqlSslMode.Required,
        "VERIFYCA" => MySqlSslMode.VerifyCA,
        "VERIFYIDENTITY" or "VERIFYFULL" => MySqlSslMode.VerifyFull,
        _ => null,
    };

    // The modes are numbered from the laxest, but for the default.
    private static MySqlSslMode Strictest(MySqlSslMode a, MySqlSslMode b) => a == MySqlSslMode.VerifyFull ? a : b;

    private static bool? Flag(string text) => text.ToLowerInvariant() switch { "true" or "1" or "yes" => true, "false" or "0" or "no" => false, _ => null };

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
