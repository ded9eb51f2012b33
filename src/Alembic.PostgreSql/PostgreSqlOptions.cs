using Alembic.Migrations;
using Npgsql;

namespace Alembic.PostgreSql;

/// <summary>Configures <c>AddAlembic</c> for a PostgreSQL database.</summary>
public static class PostgreSqlOptions
{
    /// <summary>Uses a database on a server.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connectionString">For example <c>Host=db;Username=shop;Password=…;Database=shop</c>.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public static AlembicOptions UsePostgreSql(this AlembicOptions options, string connectionString) =>
        options.Use(new PostgreSqlDatabase(connectionString));

    /// <summary>Uses the database that the application is connected to.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    /// <param name="transaction">The application's transaction on it, which it commits itself; or null.</param>
    public static AlembicOptions UsePostgreSql(this AlembicOptions options, NpgsqlConnection connection,
        NpgsqlTransaction? transaction = null) =>
        options.Use(new PostgreSqlDatabase(connection, transaction));
}
