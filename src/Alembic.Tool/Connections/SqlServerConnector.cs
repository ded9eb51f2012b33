using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Alembic.Databases.SqlServer;
using Alembic.Migrations;
using Microsoft.Data.SqlClient;
using Parameter = Alembic.Tool.Connections.UrlParameter<Microsoft.Data.SqlClient.SqlConnectionStringBuilder>;

namespace Alembic.Tool.Connections;

/// <summary>From a URL of SQL Server, with the parameters that Python's drivers take, or from a connection string, to the driver Microsoft.Data.SqlClient.</summary>
internal static class SqlServerConnector
{
    private static readonly Parameter[] Parameters =
    [
        Parameter.Text("host server address addr", (s, v) => s.DataSource = v),
        Parameter.Number("port", (s, n) => s.DataSource += $",{ushort.CreateChecked(n)}"),
        Parameter.Text("user uid user_id", (s, v) => s.UserID = v),
        Parameter.Text("password pwd", (s, v) => s.Password = v),
        Parameter.Text("database initial_catalog", (s, v) => s.InitialCatalog = v),
        Parameter.Word<SqlConnectionEncryptOption>("encrypt", (s, v) => s.Encrypt = v,
            ("yes", SqlConnectionEncryptOption.Mandatory), ("no", SqlConnectionEncryptOption.Optional), ("strict", SqlConnectionEncryptOption.Strict), ("true", SqlConnectionEncryptOption.Mandatory),
            ("false", SqlConnectionEncryptOption.Optional), ("mandatory", SqlConnectionEncryptOption.Mandatory), ("optional", SqlConnectionEncryptOption.Optional)),
        Parameter.Flag("trust_server_certificate", (s, v) => s.TrustServerCertificate = v),
        Parameter.Text("host_name_in_certificate", (s, v) => s.HostNameInCertificate = v),
        Parameter.Text("server_certificate", (s, v) => s.ServerCertificate = v),
        Parameter.Word<bool>("trusted_connection integrated_security", (s, v) => s.IntegratedSecurity = v,
            ("yes", true), ("no", false), ("true", true), ("false", false), ("1", true), ("0", false), ("SSPI", true)),
        Parameter.Word<SqlAuthenticationMethod>("authentication", (s, v) => s.Authentication = v, ("SqlPassword", SqlAuthenticationMethod.SqlPassword)),
        Parameter.Text("application_name app appname", (s, v) => s.ApplicationName = v),
        Parameter.Seconds("connect_timeout connection_timeout login_timeout timeout", (s, n) => s.ConnectTimeout = n),
        Parameter.Word<ApplicationIntent>("application_intent", (s, v) => s.ApplicationIntent = v, ("ReadWrite", ApplicationIntent.ReadWrite), ("ReadOnly", ApplicationIntent.ReadOnly)),
        Parameter.Flag("multi_subnet_failover", (s, v) => s.MultiSubnetFailover = v),
        Parameter.Ignored("driver charset tds_version autocommit fast_executemany use_setinputsizes deprecate_large_types long_as_max mars_connection"),
    ];

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
        Parameter.ApplyAll(Parameters, "SQL Server", url with { Query = Query(url) }, settings);
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

    // The port comes last, to stand behind the host whoever names that.
    private static Dictionary<string, string> Query(DatabaseUrl url)
    {
        var given = url.Query.SelectMany(p => p.Key.Equals("odbc_connect", StringComparison.OrdinalIgnoreCase) ? Odbc(p.Value, url) : [(p.Key, p.Value)])
            .Concat(url.Port is { } port && !url.Query.ContainsKey("port") ? [("port", port.ToString(CultureInfo.InvariantCulture))] : Array.Empty<(string Key, string Value)>())
            .OrderBy(p => p.Key == "port").ToList();
        if (given.FirstOrDefault(p => p.Value.StartsWith("ActiveDirectory", StringComparison.OrdinalIgnoreCase) && p.Key.Equals("authentication", StringComparison.OrdinalIgnoreCase)).Value is { } method)
        {
            throw DatabaseUrl.Unsupported(
                url.Display, $"authentication={method} needs Azure's libraries, which are not part of the tool", "use a login with a password, or print the script with --sql and run it with sqlcmd");
        }
        return given.GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Last().Value);
    }

    private static IEnumerable<(string Key, string Value)> Odbc(string text, DatabaseUrl url)
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
