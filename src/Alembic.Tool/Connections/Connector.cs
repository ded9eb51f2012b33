using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Alembic.Databases;
using Alembic.Migrations;
using Alembic.MySql;
using Alembic.Operations;
using Alembic.PostgreSql;
using Alembic.Sqlite;
using Alembic.SqlServer;

namespace Alembic.Tool.Connections;

/// <summary>From an address to a dialect and its driver: the one place that knows the drivers.</summary>
[SuppressMessage("Performance", "CA1859", Justification = "A driver's class in a signature would load the driver.")]
internal static class Connector
{
    public static Database Connect(DatabaseAddress address) => DialectOf(address).Name switch
    {
        "sqlite" => Sqlite(address),
        "postgresql" => PostgreSql(address),
        "mysql" => MySql(address, isMariaDb: false),
        "mariadb" => MySql(address, isMariaDb: true),
        "mssql" => SqlServer(address),
        var name => throw new InvalidOperationException($"The dialect {name} has no driver."),
    };

    // A method for each driver that is not inlined: so only the driver that is used is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Database Sqlite(DatabaseAddress address) =>
        address.IsUrl ? SqliteConnector.Connect(DatabaseUrl.Parse(address.Text), address.Folder) : new SqliteDatabase(address.Text,
            address.Folder);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Database PostgreSql(DatabaseAddress address) =>
        address.IsUrl ? PostgreSqlConnector.Connect(DatabaseUrl.Parse(address.Text)) : new PostgreSqlDatabase(address.Text);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Database MySql(DatabaseAddress address, bool isMariaDb) =>
        address.IsUrl ? MariaDbConnector.Connect(DatabaseUrl.Parse(address.Text)) : new MySqlDatabase(address.Text, isMariaDb);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Database SqlServer(DatabaseAddress address) =>
        address.IsUrl ? SqlServerConnector.Connect(DatabaseUrl.Parse(address.Text)) : new SqlServerDatabase(address.Text);

    /// <summary>The dialect for a script, where no connection is needed.</summary>
    public static Dialect DialectOf(DatabaseAddress address)
    {
        if (address.Text.Length == 0)
        {
            throw new ConnectionException("No database URL: 'sqlalchemy.url' is not set")
            {
                Hint = "write 'sqlalchemy.url = sqlite:///app.db' into alembic.ini, override Url in env.cs, or give --url",
            };
        }
        if (address is { IsUrl: false, Dialect: { } dialect })
        {
            return Dialects.Find(dialect.ToLowerInvariant())
                ?? throw new ConnectionException($"the dialect '{dialect}' is not known; known are {Names}")
                {
                    Hint = "set 'dialect' in alembic.ini to one of them"
                };
        }
        if (!address.IsUrl && address.Text.Contains('=', StringComparison.Ordinal))
        {
            throw new ConnectionException("A connection string needs its dialect: 'dialect' is not set")
            {
                Hint = $"write 'dialect = postgresql' into alembic.ini, or one of {Names}",
            };
        }
        var url = DatabaseUrl.Parse(address.Text);
        return Dialects.Find(url.Dialect)
            ?? throw new ConnectionException(
                $"unsupported database URL '{url.Display}': the dialect '{url.Dialect}' is not known; known are {Names}")
        {
            Hint = "set 'sqlalchemy.url' in alembic.ini, for example to sqlite:///%(here)s/app.db",
        };
    }

    /// <summary>The library of a dialect's driver.</summary>
    public static string DriverOf(Dialect dialect) => dialect.Name switch
    {
        "sqlite" => "Alembic.Sqlite",
        "postgresql" => "Alembic.PostgreSql",
        "mysql" or "mariadb" => "Alembic.MySql",
        "mssql" => "Alembic.SqlServer",
        var name => throw new InvalidOperationException($"The dialect {name} has no driver."),
    };

    /// <summary>The libraries of all drivers.</summary>
    public static IEnumerable<string> Drivers => Dialects.All.Select(DriverOf).Distinct();

    /// <summary>An empty database in memory for scripts to go through; null where a dialect's scripts need none.</summary>
    public static Database? Replica(Dialect dialect) => dialect.Name switch
    {
        "sqlite" => Sqlite(new DatabaseAddress("Data Source=:memory:", dialect.Name, "")).Replica(withTables: false),
        _ => null,
    };

    /// <summary>Has the driver of the URL go the way of a first query.</summary>
    public static void Prepare(string? url)
    {
        if (url?.StartsWith("sqlite:", StringComparison.Ordinal) == true)
            SqliteConnector.Prepare();
    }

    private static string Names => string.Join(", ", Dialects.All.Select(d => d.Name));
}
