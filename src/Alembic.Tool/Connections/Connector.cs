using Alembic.Databases;
using Alembic.Migrations;
using Alembic.MySql;
using Alembic.Operations;
using Alembic.PostgreSql;
using Alembic.Sqlite;
using Alembic.SqlServer;

namespace Alembic.Tool.Connections;

/// <summary>Finds the dialect and the driver for an address. No other class knows the drivers.</summary>
internal static class Connector
{
    // A driver is loaded when one of its functions is called, so only the one that is used.
    private static readonly Dictionary<string, Driver> Known = new()
    {
        ["sqlite"] = new("Alembic.Sqlite",
            (url, folder) => SqliteConnector.Connect(url, folder), (text, folder) => new SqliteDatabase(text, folder))
        {
            Replica = () => new SqliteDatabase("Data Source=:memory:", "").Replica(withTables: false),
        },
        ["postgresql"] = new("Alembic.PostgreSql",
            (url, _) => PostgreSqlConnector.Connect(url), (text, _) => new PostgreSqlDatabase(text)),
        ["mysql"] = new("Alembic.MySql",
            (url, _) => MariaDbConnector.Connect(url), (text, _) => new MySqlDatabase(text, isMariaDb: false)),
        ["mariadb"] = new("Alembic.MySql",
            (url, _) => MariaDbConnector.Connect(url), (text, _) => new MySqlDatabase(text, isMariaDb: true)),
        // Its driver cannot be compiled ahead of time.
        ["mssql"] = NativeFront.IsThis
            ? new("Alembic.SqlServer", (_, _) => throw NoSqlServer, (_, _) => throw NoSqlServer)
            : new("Alembic.SqlServer", (url, _) => SqlServerConnector.Connect(url), (text, _) => new SqlServerDatabase(text)),
    };

    /// <summary>Gets the libraries of all drivers.</summary>
    public static IEnumerable<string> Drivers => Dialects.All.Select(DriverOf).Distinct();

    public static Database Connect(DatabaseAddress address)
    {
        var driver = Of(DialectOf(address));
        return address.IsUrl ? driver.Connect(DatabaseUrl.Parse(address.Text), address.Folder)
            : driver.Open(address.Text, address.Folder);
    }

    /// <summary>Gets the dialect for a script, which needs no connection.</summary>
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
            return Dialects.Find(dialect)
                ?? throw new UnknownDialectException(dialect) { Hint = "set 'dialect' in alembic.ini to one of them" };
        }
        if (!address.IsUrl && address.Text.Contains('=', StringComparison.Ordinal))
        {
            throw new ConnectionException("A connection string needs its dialect: 'dialect' is not set")
            {
                Hint = $"write 'dialect = postgresql' into alembic.ini, or one of {Dialects.Names}",
            };
        }
        var url = DatabaseUrl.Parse(address.Text);
        return Dialects.Find(url.Dialect)
            ?? throw new ConnectionException(
                $"unsupported database URL '{url.Display}': {new UnknownDialectException(url.Dialect).Message}")
        {
            Hint = "set 'sqlalchemy.url' in alembic.ini, for example to sqlite:///%(here)s/app.db",
        };
    }

    /// <summary>Gets the library of a dialect's driver.</summary>
    public static string DriverOf(Dialect dialect) => Of(dialect).Library;

    /// <summary>
    /// Creates an empty database in memory that scripts run on as they are written; null if a dialect's scripts need none.
    /// </summary>
    public static Database? Replica(Dialect dialect) => Of(dialect).Replica();

    /// <summary>Prepares the driver of the URL for its first query.</summary>
    public static void Prepare(string? url)
    {
        if (url?.StartsWith("sqlite:", StringComparison.Ordinal) == true)
            SqliteConnector.Prepare();
    }

    private static NotHereException NoSqlServer => new("SQL Server's driver");

    private static Driver Of(Dialect dialect) => Known[dialect.Name];

    /// <summary>A driver, and how it opens a database.</summary>
    /// <param name="Library">Its library.</param>
    /// <param name="Connect">Opens the database of a URL. Relative paths start at the folder.</param>
    /// <param name="Open">Opens the database of a connection string.</param>
    private sealed record Driver(string Library, Func<DatabaseUrl, string, Database> Connect, Func<string, string, Database> Open)
    {
        public Func<Database?> Replica { get; init; } = () => null;
    }
}
