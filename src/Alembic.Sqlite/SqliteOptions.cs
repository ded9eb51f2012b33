using Alembic.Migrations;
using Microsoft.Data.Sqlite;

namespace Alembic.Sqlite;

/// <summary>Configures <c>AddAlembic</c> for a SQLite database.</summary>
public static class SqliteOptions
{
    /// <summary>Uses a database file.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connectionString">For example <c>Data Source=app.db</c>; a relative path starts from the working directory.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public static AlembicOptions UseSqlite(this AlembicOptions options, string connectionString) =>
        options.Use(new SqliteDatabase(connectionString));

    /// <summary>Uses the database that the application is connected to.</summary>
    /// <param name="options">The options.</param>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    /// <param name="transaction">The application's transaction on it, which it commits itself; or null.</param>
    public static AlembicOptions UseSqlite(this AlembicOptions options, SqliteConnection connection,
        SqliteTransaction? transaction = null) =>
        options.Use(new SqliteDatabase(connection, transaction));
}
