using Alembic.Migrations;
using Microsoft.Data.SqlClient;

namespace Alembic.SqlServer;

/// <summary>Configures <c>AddAlembic</c> for a SQL Server database.</summary>
public static class SqlServerOptions
{
    /// <summary>Uses a database on a server.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connectionString">For example <c>Server=db;User ID=shop;Password=…;Database=shop</c>.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public static AlembicOptions UseSqlServer(this AlembicOptions options, string connectionString) =>
        options.Use(new SqlServerDatabase(connectionString));

    /// <summary>Uses the database that the application is connected to.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    /// <param name="transaction">The application's transaction on it, which it commits itself; or null.</param>
    public static AlembicOptions UseSqlServer(this AlembicOptions options, SqlConnection connection, SqlTransaction? transaction = null) =>
        options.Use(new SqlServerDatabase(connection, transaction));
}
