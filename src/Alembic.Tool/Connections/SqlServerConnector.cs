using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Alembic.Dialects.SqlServer;
using Alembic.Runtime;
using Microsoft.Data.SqlClient;

namespace Alembic.Tool.Connections;

/// <summary>From a URL of SQL Server, with the parameters that Python's drivers take, or from a connection string, to the driver Microsoft.Data.SqlClient.</summary>
internal static class SqlServerConnector
{
    private const string Known =
        "host, port, user, password, database, encrypt (yes, no, strict), trust_server_certificate (yes, no), host_name_in_certificate, server_certificate, trusted_connection (yes, no), "
        + "authentication (SqlPassword), application_name, connect_timeout (seconds), application_intent (ReadWrite, ReadOnly), multi_subnet_failover (yes, no) and odbc_connect";

    public static Database Connect(DatabaseUrl url) => Connect(Settings(url), url);

    public static Database Connect(string connectionString)
    {
        var settings = Settings(connectionString);
        var (user, password) = settings.UserID.Length == 0 ? (null, null) : (settings.UserID, settings.Password);
        return Connect(settings, new DatabaseUrl("mssql") { User = user, Password = password, Host = settings.DataSource, Database = settings.InitialCatalog });
    }

    internal static SqlConnectionStringBuilder Settings(DatabaseUrl url)
    {
        var settings = Usual();
        settings.DataSource = url.Host ?? "localhost";
        settings.InitialCatalog = url.Database;
        if (url.User is { } user)
            settings.UserID = user;
        if (url.Password is { } password)
            settings.Password = password;
        foreach (var (key, value) in url.Query)
            Apply(settings, key, value, url);
        if (url.Port is { } port)
            settings.DataSource += $",{port}";
        return Fixed(settings);
    }

    internal static SqlConnectionStringBuilder Settings(string connectionString)
    {
        var settings = Usual();
        Keywords.Apply(connectionString, settings, "SQL Server");
        return Fixed(settings);
    }

    private static SqlConnectionStringBuilder Usual() => new()
    {
        DataSource = "localhost",
        ApplicationName = "dotnet-alembic",
        // A migration takes the time it takes.
        CommandTimeout = 0,
    };

    private static SqlConnectionStringBuilder Fixed(SqlConnectionStringBuilder settings)
    {
        // One connection that lives as long as the run, and is not replaced behind our back.
        settings.Pooling = false;
        settings.Enlist = false;
        settings.ConnectRetryCount = 0;
        settings.MultipleActiveResultSets = false;
        settings.PersistSecurityInfo = false;
        // Nobody is named: the account that runs the tool is meant, as with Python's driver.
        settings.IntegratedSecurity |= settings.UserID.Length == 0 && settings.Authentication == SqlAuthenticationMethod.NotSpecified;
        return settings;
    }

    private static Database Connect(SqlConnectionStringBuilder settings, DatabaseUrl url) =>
        new(new SqlServerDialect(), () => Open(settings.ConnectionString, url), url.Display) { Adapt = Adapt, IsBusy = exception => exception is SqlException { Number: 1222 or 1205 } };

    private static void Apply(SqlConnectionStringBuilder settings, string key, string value, DatabaseUrl url)
    {
        // TrustServerCertificate, trust_server_certificate and "Trust Server Certificate" are the same word.
        switch (new string([.. key.Where(char.IsLetterOrDigit)]).ToLowerInvariant())
        {
            case "odbcconnect":
                foreach (var (name, setting) in Odbc(value, url))
                    Apply(settings, name, setting, url);
                break;
            case "host" or "server" or "address" or "addr":
                settings.DataSource = value;
                break;
            case "port" when Number(value) is { } port:
                settings.DataSource += $",{port}";
                break;
            case "user" or "uid" or "userid":
                settings.UserID = value;
                break;
            case "password" or "pwd":
                settings.Password = value;
                break;
            case "database" or "initialcatalog":
                settings.InitialCatalog = value;
                break;
            case "encrypt" when SqlConnectionEncryptOption.TryParse(value, out var encrypt):
                settings.Encrypt = encrypt;
                break;
            case "trustservercertificate" when Flag(value) is { } flag:
                settings.TrustServerCertificate = flag;
                break;
            case "hostnameincertificate":
                settings.HostNameInCertificate = value;
                break;
            case "servercertificate":
                settings.ServerCertificate = value;
                break;
            case "trustedconnection" or "integratedsecurity" when Flag(value) is { } flag:
                settings.IntegratedSecurity = flag;
                break;
            case "authentication" when value.Equals("SqlPassword", StringComparison.OrdinalIgnoreCase):
                settings.Authentication = SqlAuthenticationMethod.SqlPassword;
                break;
            case "authentication" when value.StartsWith("ActiveDirectory", StringComparison.OrdinalIgnoreCase):
                throw new ConnectionException($"unsupported database URL '{url.Display}': authentication={value} needs Azure's libraries, which are not part of the tool")
                {
                    Hint = "use a login with a password, or print the script with --sql and run it with sqlcmd",
                };
            case "applicationname" or "app" or "appname":
                settings.ApplicationName = value;
                break;
            case "connecttimeout" or "connectiontimeout" or "logintimeout" or "timeout" when Number(value) is { } seconds:
                settings.ConnectTimeout = seconds;
                break;
            case "applicationintent" when value.Equals("ReadOnly", StringComparison.OrdinalIgnoreCase) || value.Equals("ReadWrite", StringComparison.OrdinalIgnoreCase):
                settings.ApplicationIntent = Enum.Parse<ApplicationIntent>(value, ignoreCase: true);
                break;
            case "multisubnetfailover" when Flag(value) is { } flag:
                settings.MultiSubnetFailover = flag;
                break;
            // What only Python's drivers need, and what is as it is here anyway.
            case "driver" or "charset" or "tdsversion" or "autocommit" or "fastexecutemany" or "usesetinputsizes" or "deprecatelargetypes" or "longasmax" or "marsconnection":
                break;
            default:
                throw DatabaseUrl.Unsupported(url.Display, $"SQL Server has no parameter '{key}' with such a value; it knows {Known}");
        }
    }

    private static IEnumerable<(string Name, string Value)> Odbc(string text, DatabaseUrl url)
    {
        var settings = new DbConnectionStringBuilder(useOdbcRules: true);
        try
        {
            settings.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw DatabaseUrl.Unsupported(url.Display, "the value of 'odbc_connect' is no connection string; percent-encode it");
        }
        // A driver's name stands in braces.
        return settings.Keys.Cast<string>().Select(key => (key, (string)settings[key] is ['{', .. var inner, '}'] ? inner.Replace("}}", "}", StringComparison.Ordinal) : (string)settings[key]));
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? Flag(string text) => text.ToLowerInvariant() switch { "true" or "1" or "yes" or "sspi" => true, "false" or "0" or "no" => false, _ => null };

    // DATETIME, which the driver takes for every date, has neither the years before 1753 nor more than thousandths of a second.
    private static void Adapt(DbParameter parameter)
    {
        if (parameter.Value is DateTime time && (time.Year < 1753 || time.Ticks % TimeSpan.TicksPerMillisecond != 0))
            ((SqlParameter)parameter).SqlDbType = System.Data.SqlDbType.DateTime2;
    }

    private static SqlConnection Open(string connectionString, DatabaseUrl url)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or InvalidOperationException or IOException or NotSupportedException)
        {
            connection.Dispose();
            throw new AlembicException($"unable to connect to '{url.Display}': {Reason(exception).ReplaceLineEndings(" ")}", exception) { Hint = Advice(exception, url) };
        }
    }

    // The driver's own text of a network error is three sentences of what might be the matter; what is the matter stands below it, if it was told.
    private static string Reason(Exception exception) => exception.InnerException is SocketException socket
        ? socket.SocketErrorCode == SocketError.Success ? "no server answers there" : socket.Message
        : exception.Message;

    private static string? Advice(Exception exception, DatabaseUrl url) => exception switch
    {
        NotSupportedException => "the driver needs the globalization data of the system: install libicu, and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
        SqlException { Number: 4060 } => $"CREATE DATABASE {new SqlServerDialect().Quote(url.Database)}",
        SqlException { Number: 18456 } => null,
        SqlException when exception.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) => "on a server for development, add ?trust_server_certificate=yes to the URL",
        _ => "is the server running, and are host and port right?",
    };
}
