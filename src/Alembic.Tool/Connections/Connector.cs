using Alembic.Databases;
using Alembic.Migrations;
using Alembic.MySql;
using Alembic.Operations;
using Alembic.PostgreSql;
using Alembic.Sqlite;
using Alembic.SqlServer;

namespace Alembic.Tool.Connections;

/// <summary>From an address to a dialect and its driver: the one place that knows the drivers.</summary>
internal static class Connector
{
    // One method a driver, so that only the one that is used is loaded.
    public static Database Connect(DatabaseAddress address)
    {
        var dialect = DialectOf(address).Name;
        if (!address.IsUrl)
        {
            return dialect switch
            {
                "sqlite" => ConnectSqlite(address),
                "postgresql" => ConnectPostgreSql(address),
                "mysql" or "mariadb" => ConnectMySql(address, dialect),
                "mssql" => ConnectSqlServer(address),
                _ => throw new InvalidOperationException($"The dialect {dialect} has no driver."),
            };
        }
        var url = DatabaseUrl.Parse(address.Text);
        return dialect switch
        {
            "sqlite" => SqliteConnector.Connect(url, address.Folder),
            "postgresql" => PostgreSqlConnector.Connect(url),
            "mysql" or "mariadb" => MariaDbConnector.Connect(url),
            "mssql" => SqlServerConnector.Connect(url),
            _ => throw new InvalidOperationException($"The dialect {dialect} has no driver."),
        };
    }

    private static SqliteDatabase ConnectSqlite(DatabaseAddress address) => new(address.Text, address.Folder);

    private static PostgreSqlDatabase ConnectPostgreSql(DatabaseAddress address) => new(address.Text);

    private static MySqlDatabase ConnectMySql(DatabaseAddress address, string dialect) => new(address.Text, dialect == "mariadb");

    private static SqlServerDatabase ConnectSqlServer(DatabaseAddress address) => new(address.Text);

    /// <summary>The dialect for a script, where no connection is needed.</summary>
    public static Dialect DialectOf(DatabaseAddress address)
    {
        if (address.Text.Length == 0)
        {
            throw new ConnectionException("No database URL: 'sqlalchemy.url' is not set")
            {
                Hint = "write 'sqlalchemy.url = sqlite:///app.db' into alembic.ini, or override Url in env.cs",
            };
        }
        if (address is { IsUrl: false, Dialect: { } dialect })
        {
            return Dialects.Find(dialect.ToLowerInvariant())
                ?? throw new ConnectionException($"the dialect '{dialect}' is not known; known are {Names}") { Hint = "set 'dialect' in alembic.ini to one of them" };
        }
        if (!address.IsUrl && address.Text.Contains('=', StringComparison.Ordinal))
        {
            throw new ConnectionException("A connection string needs its dialect: 'dialect' is not set")
            {
                Hint = $"write 'dialect = postgresql' into alembic.ini, or one of {Names}",
            };
        }
        var url = DatabaseUrl.Parse(address.Text);
        return Dialects.Find(url.Dialect) ?? throw new ConnectionException($"unsupported database URL '{url.Display}': the dialect '{url.Dialect}' is not known; known are {Names}")
        {
            Hint = "set 'sqlalchemy.url' in alembic.ini, for example to sqlite:///%(here)s/app.db",
        };
    }

    /// <summary>Has the driver of the URL go the way of a first query.</summary>
    public static void Prepare(string? url)
    {
        if (url?.StartsWith("sqlite:", StringComparison.Ordinal) == true)
            SqliteConnector.Prepare();
    }

    private static string Names => string.Join(", ", Dialects.All.Select(d => d.Name));
}
