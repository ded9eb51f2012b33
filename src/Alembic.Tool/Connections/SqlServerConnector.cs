using System.Data.Common;
using System.Globalization;
using Alembic.SqlServer;
using Microsoft.Data.SqlClient;
using Parameter = Alembic.Tool.Connections.UrlParameter<Microsoft.Data.SqlClient.SqlConnectionStringBuilder>;

namespace Alembic.Tool.Connections;

/// <summary>
/// Turns a URL of SQL Server, with the parameters of Python's drivers, into settings of the driver Microsoft.Data.SqlClient.
/// </summary>
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
            ("yes", SqlConnectionEncryptOption.Mandatory), ("no", SqlConnectionEncryptOption.Optional),
            ("strict", SqlConnectionEncryptOption.Strict), ("true", SqlConnectionEncryptOption.Mandatory),
            ("false", SqlConnectionEncryptOption.Optional), ("mandatory", SqlConnectionEncryptOption.Mandatory),
            ("optional", SqlConnectionEncryptOption.Optional)),
        Parameter.Flag("trust_server_certificate", (s, v) => s.TrustServerCertificate = v),
        Parameter.Text("host_name_in_certificate", (s, v) => s.HostNameInCertificate = v),
        Parameter.Text("server_certificate", (s, v) => s.ServerCertificate = v),
        Parameter.Word<bool>("trusted_connection integrated_security", (s, v) => s.IntegratedSecurity = v,
            ("yes", true), ("no", false), ("true", true), ("false", false), ("1", true), ("0", false), ("SSPI", true)),
        Parameter.Word<SqlAuthenticationMethod>("authentication", (s, v) => s.Authentication = v,
            ("SqlPassword", SqlAuthenticationMethod.SqlPassword)),
        Parameter.Text("application_name app appname", (s, v) => s.ApplicationName = v),
        Parameter.Seconds("connect_timeout connection_timeout login_timeout timeout", (s, n) => s.ConnectTimeout = n),
        Parameter.Word<ApplicationIntent>("application_intent", (s, v) => s.ApplicationIntent = v,
            ("ReadWrite", ApplicationIntent.ReadWrite), ("ReadOnly", ApplicationIntent.ReadOnly)),
        Parameter.Flag("multi_subnet_failover", (s, v) => s.MultiSubnetFailover = v),
        Parameter.Ignored(
            "driver charset tds_version autocommit fast_executemany use_setinputsizes deprecate_large_types long_as_max mars_connection"),
    ];

    public static SqlServerDatabase Connect(DatabaseUrl url) => new(Settings(url)) { DisplayUrl = url.Display };

    private static SqlConnectionStringBuilder Settings(DatabaseUrl url)
    {
        var settings = SqlServerDatabase.Defaults();
        settings.DataSource = url.Host ?? "localhost";
        settings.InitialCatalog = url.Database;
        if (url.User is { } user)
            settings.UserID = user;
        if (url.Password is { } password)
            settings.Password = password;
        Parameter.ApplyAll(Parameters, "SQL Server", url with { Query = Query(url) }, settings);
        return settings;
    }

    // The port comes last, so that it follows the host wherever that is given.
    private static Dictionary<string, string> Query(DatabaseUrl url)
    {
        var given = url.Query
            .SelectMany(p => p.Key.Equals("odbc_connect", StringComparison.OrdinalIgnoreCase) ? Odbc(p.Value, url) : [(p.Key, p.Value)])
            .Concat(url.Port is { } port && !url.Query.ContainsKey("port")
                ? [("port", port.ToString(CultureInfo.InvariantCulture))]
                : Array.Empty<(string Key, string Value)>())
            .OrderBy(p => p.Key == "port").ToList();
        if (given.FirstOrDefault(p => p.Value.StartsWith("ActiveDirectory", StringComparison.OrdinalIgnoreCase)
            && p.Key.Equals("authentication", StringComparison.OrdinalIgnoreCase)).Value is { } method)
        {
            throw DatabaseUrl.Unsupported(
                url.Display, $"authentication={method} needs Azure's libraries, which are not part of the tool",
                "use a login with a password, or print the script with --sql and run it with sqlcmd");
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
            throw DatabaseUrl.Unsupported(url.Display, "the value of 'odbc_connect' is not a connection string; percent-encode it");
        }
        // A driver's name is in braces.
        return settings.Keys.Cast<string>()
            .Select(key => (key, (string)settings[key] is ['{', .. var inner, '}']
                ? inner.Replace("}}", "}", StringComparison.Ordinal)
                : (string)settings[key]));
    }
}
