using Alembic.Migrations;
using MySqlConnector;

namespace Alembic.MySql;

/// <summary>Configures <c>AddAlembic</c> for a database of MySQL or MariaDB.</summary>
public static class MySqlOptions
{
    /// <summary>Uses a database on a MySQL server.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connectionString">For example <c>Server=db;User ID=shop;Password=…;Database=shop</c>.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public static AlembicOptions UseMySql(this AlembicOptions options, string connectionString) =>
        options.Use(new MySqlDatabase(connectionString));

    /// <summary>Uses the MySQL database that the application is connected to.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    public static AlembicOptions UseMySql(this AlembicOptions options, MySqlConnection connection) =>
        options.Use(new MySqlDatabase(connection));

    /// <summary>Uses a database on a MariaDB server.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connectionString">For example <c>Server=db;User ID=shop;Password=…;Database=shop</c>.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public static AlembicOptions UseMariaDb(this AlembicOptions options, string connectionString) =>
        options.Use(new MySqlDatabase(connectionString, isMariaDb: true));

    /// <summary>Uses the MariaDB database that the application is connected to.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    public static AlembicOptions UseMariaDb(this AlembicOptions options, MySqlConnection connection) =>
        options.Use(new MySqlDatabase(connection, isMariaDb: true));
}
