using Alembic.Dialects;
using Alembic.Operations;
using Alembic.Runtime;

namespace Alembic.Tool.Connections;

/// <summary>From a URL to a dialect and its driver: the one place that knows the drivers.</summary>
internal static class Connector
{
    public static Database Connect(string url, string workingDirectory)
    {
        if (url.Length == 0)
        {
            throw new ConnectionException("No database URL: 'sqlalchemy.url' is not set")
            {
                Hint = "write 'sqlalchemy.url = sqlite:///app.db' into alembic.ini, or override Url in env.cs",
            };
        }
        var parsed = DatabaseUrl.Parse(url);
        // One method a driver, so that only the one that is used is loaded.
        return parsed.Dialect switch
        {
            "sqlite" => SqliteConnector.Connect(parsed, workingDirectory),
            "postgresql" => PostgreSqlConnector.Connect(parsed),
            "mysql" or "mariadb" => MariaDbConnector.Connect(parsed),
            "mssql" => throw new ConnectionException($"unable to connect to '{parsed.Display}': there is no driver for SQL Server yet")
            {
                Hint = "print the script with --sql and run it with sqlcmd",
            },
            _ => throw Unknown(parsed),
        };
    }

    /// <summary>Has the driver of the URL go the way of a first query.</summary>
    public static void Prepare(string? url)
    {
        if (url?.StartsWith("sqlite:", StringComparison.Ordinal) == true)
            SqliteConnector.Prepare();
    }

    /// <summary>The dialect for a script, where no connection is needed.</summary>
    public static Dialect DialectOf(string url) => Known.Find(DatabaseUrl.Parse(url).Dialect) ?? throw Unknown(DatabaseUrl.Parse(url));

    private static ConnectionException Unknown(DatabaseUrl url) => new(
        $"unsupported database URL '{url.Display}': the dialect '{url.Dialect}' is not known; known are {string.Join(", ", Known.Dialects.Select(d => d.Name))}")
    {
        Hint = "set 'sqlalchemy.url' in alembic.ini, for example to sqlite:///%(here)s/app.db",
    };
}
