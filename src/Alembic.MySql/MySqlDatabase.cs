using System.Data.Common;
using Alembic.Databases.MySql;
using Alembic.Migrations;
using MySqlConnector;

namespace Alembic.MySql;

/// <summary>A database of MySQL or MariaDB, through the driver MySqlConnector.</summary>
public sealed class MySqlDatabase : Database
{
    // ER_TRANSACTION_ROLLBACK_DURING_COMMIT
    private const int RolledBackAtCommit = 3101;

    // ER_ERROR_DURING_COMMIT, with InnoDB's number for a deadlock in its text.
    private const int ErrorAtCommit = 1180;
    private const string Deadlock = "error 149 ";

    // TiDB: the schema was changed in the meantime, or two writes conflict.
    private const int SchemaOutdated = 8028;
    private const int WriteConflict = 9007;

    /// <summary>Describes a database on a server.</summary>
    /// <param name="connectionString">For example <c>Server=db;User ID=shop;Password=…;Database=shop</c>.</param>
    /// <param name="isMariaDb">Whether the server is MariaDB.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public MySqlDatabase(string connectionString, bool isMariaDb = false)
        : this(Parse(connectionString), isMariaDb)
    {
    }

    /// <summary>Describes a database on a server.</summary>
    /// <param name="settings">The driver's settings. Pooling is switched off, user variables are allowed.</param>
    /// <param name="isMariaDb">Whether the server is MariaDB.</param>
    public MySqlDatabase(MySqlConnectionStringBuilder settings, bool isMariaDb = false)
        : base(new MySqlDialect(isMariaDb),
            UrlOf(Name(isMariaDb), settings.UserID, settings.Password.Length > 0, settings.Server, (int)settings.Port,
                settings.Database)) =>
        Settings = Fixed(new(settings.ConnectionString));

    /// <summary>
    /// Describes the database that the application is connected to. If migrations use user variables, its connection string needs
    /// <c>AllowUserVariables=true</c>.
    /// </summary>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    /// <param name="isMariaDb">Whether the server is MariaDB.</param>
    public MySqlDatabase(MySqlConnection connection, bool isMariaDb = false)
        : base(new MySqlDialect(isMariaDb),
            UrlOf(Name(isMariaDb), null, hasPassword: false, connection.DataSource, null, connection.Database), connection, null) =>
        Settings = new();

    internal MySqlConnectionStringBuilder Settings { get; }

    /// <inheritdoc/>
    /// <remarks>A cluster reports a conflict between nodes as a deadlock (Galera), or as a rollback by a plugin (group replication). A
    /// node that is cut off from the cluster reports an unknown command.</remarks>
    public override bool IsBusy(DbException exception) =>
        exception is MySqlException { Number: var number } && IsPassing(number, exception.Message);

    internal static bool IsPassing(int error, string message) => error switch
    {
        (int)MySqlErrorCode.LockWaitTimeout or (int)MySqlErrorCode.LockDeadlock or (int)MySqlErrorCode.UnknownCommand => true,
        RolledBackAtCommit or SchemaOutdated or WriteConflict => true,
        ErrorAtCommit => message.Contains(Deadlock, StringComparison.Ordinal),
        _ => false,
    };

    /// <inheritdoc/>
    protected override Database? Named(string? name) => new MySqlDatabase(
        new MySqlConnectionStringBuilder(Settings.ConnectionString) { Database = name ?? "" }, Dialect.Name == Name(isMariaDb: true));

    /// <inheritdoc/>
    /// <remarks>Columns without a collation get that of the database.</remarks>
    protected override void CreateNamed(DbConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT CONCAT(' CHARACTER SET ', @@character_set_database, ' COLLATE ', @@collation_database)";
        Execute(connection, $"CREATE DATABASE {Dialect.Quote(name)}{command.ExecuteScalar()}");
    }

    /// <inheritdoc/>
    protected override DbConnection Connect() => new MySqlConnection(Settings.ConnectionString);

    /// <inheritdoc/>
    protected override string? Advice(Exception exception) => exception switch
    {
        MySqlException { ErrorCode: MySqlErrorCode.UnknownDatabase } => $"CREATE DATABASE `{Settings.Database}`",
        MySqlException { ErrorCode: MySqlErrorCode.AccessDenied } => null,
        _ => "is the server running, and are host and port right?",
    };

    /// <summary>Gets the default settings of a migration.</summary>
    internal static MySqlConnectionStringBuilder Defaults() => new()
    {
        Server = "localhost",
        ApplicationName = "dotnet-alembic",
        Keepalive = 15,
        // A migration may take any time.
        DefaultCommandTimeout = 0,
        // Old schemas store a date of zeros for a missing one. Reading it must not fail.
        ConvertZeroDateTime = true,
    };

    private static string Name(bool isMariaDb) => isMariaDb ? "mariadb" : "mysql";

    private static MySqlConnectionStringBuilder Parse(string connectionString)
    {
        var settings = Defaults();
        Apply(connectionString, settings, "MySQL");
        return settings;
    }

    private static MySqlConnectionStringBuilder Fixed(MySqlConnectionStringBuilder settings)
    {
        // One connection that lives as long as the run and is not replaced unnoticed.
        settings.Pooling = false;
        settings.AutoEnlist = false;
        // The number of rows that were found, not of those that changed.
        settings.UseAffectedRows = false;
        // User variables occur in the SQL of migrations, and look like parameters.
        settings.AllowUserVariables = true;
        settings.PersistSecurityInfo = false;
        return settings;
    }
}
