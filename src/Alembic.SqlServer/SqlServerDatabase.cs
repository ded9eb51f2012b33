using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Alembic.Databases.SqlServer;
using Alembic.Migrations;
using Microsoft.Data.SqlClient;

namespace Alembic.SqlServer;

/// <summary>A database of SQL Server, through the driver Microsoft.Data.SqlClient.</summary>
public sealed class SqlServerDatabase : Database
{
    /// <summary>Describes a database on a server.</summary>
    /// <param name="connectionString">For example <c>Server=db;User ID=shop;Password=…;Database=shop</c>.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public SqlServerDatabase(string connectionString)
        : this(Parse(connectionString))
    {
    }

    /// <summary>Describes a database on a server.</summary>
    /// <param name="settings">The driver's settings. Pooling and reconnecting are switched off; if no user is named, the account that
    /// runs the program is used.</param>
    public SqlServerDatabase(SqlConnectionStringBuilder settings)
        : base(new SqlServerDialect(),
            UrlOf("mssql", settings.UserID is { Length: > 0 } user ? user : null, hasPassword: true, settings.DataSource, null,
                settings.InitialCatalog)) =>
        Settings = Fixed(new(settings.ConnectionString));

    /// <summary>Describes the database that the application is connected to.</summary>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    /// <param name="transaction">The application's transaction on it, which it commits itself; or null.</param>
    public SqlServerDatabase(SqlConnection connection, SqlTransaction? transaction = null)
        : base(new SqlServerDialect(), UrlOf("mssql", null, hasPassword: false, connection.DataSource, null, connection.Database),
            connection, transaction) => Settings = new();

    internal SqlConnectionStringBuilder Settings { get; }

    // A lock that is held, a deadlock, or one of Azure's limits: too many requests, workers or operations at a time.
    /// <inheritdoc/>
    public override bool IsBusy(DbException exception) => exception is SqlException { Number: var number } && IsPassing(number);

    internal static bool IsPassing(int error) => error is 1222 or 1205 or 40501 or 10928 or 10929 or 49918 or 49919 or 49920;

    /// <inheritdoc/>
    /// <remarks>The driver uses DATETIME for every date. DATETIME has neither the years before 1753 nor thousandths of a second: it
    /// counts in steps of 1/300 second, and its .003 becomes .0033333 in a column of DATETIME2.</remarks>
    public override void Adapt(DbParameter parameter)
    {
        if (parameter.Value is DateTime time
            && (time.Year < 1753 || time.Ticks % (10 * TimeSpan.TicksPerMillisecond) != 0))
            ((SqlParameter)parameter).SqlDbType = SqlDbType.DateTime2;
    }

    /// <inheritdoc/>
    protected override Database? Named(string? name) =>
        new SqlServerDatabase(new SqlConnectionStringBuilder(Settings.ConnectionString) { InitialCatalog = name ?? "master" });

    /// <inheritdoc/>
    /// <remarks>Columns without a collation get that of the database.</remarks>
    protected override void CreateNamed(DbConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT ' COLLATE ' + CONVERT(nvarchar(128), DATABASEPROPERTYEX(DB_NAME(), 'Collation'))";
        Execute(connection, $"CREATE DATABASE {Dialect.Quote(name)}{command.ExecuteScalar()}");
    }

    /// <inheritdoc/>
    protected override DbConnection Connect() => new SqlConnection(Settings.ConnectionString);

    /// <inheritdoc/>
    protected override string Refusal(Exception exception) => $"unable to connect to '{DisplayUrl}': {Reason(exception)}";

    /// <inheritdoc/>
    protected override string? Advice(Exception exception) => exception switch
    {
        NotSupportedException =>
            "the driver needs the globalization data of the system: install libicu, and unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
        SqlException { Number: 4060 } => $"CREATE DATABASE {Dialect.Quote(Settings.InitialCatalog)}",
        SqlException { Number: 18456 } => null,
        // Azure's serverless databases sleep until somebody connects. The driver's own retries would also reconnect later, unnoticed.
        SqlException { Number: 40613 } => "the database is starting or moving: run the same command again in a minute",
        SqlException when exception.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            "on a server for development, add ?trust_server_certificate=yes to the URL, or TrustServerCertificate=true to the connection "
                + "string",
        _ => "is the server running, and are host and port right?",
    };

    /// <summary>Gets the default settings of a migration.</summary>
    internal static SqlConnectionStringBuilder Defaults() => new()
    {
        DataSource = "localhost",
        ApplicationName = "dotnet-alembic",
        // A migration may take any time.
        CommandTimeout = 0,
    };

    // The driver's own text of a network error is three sentences of possible causes. The actual cause is in the inner exception, if
    // there is one.
    private static string Reason(Exception exception) => exception.InnerException is SocketException socket
        ? socket.SocketErrorCode == SocketError.Success ? "no server answers there" : socket.Message
        : exception.Message;

    private static SqlConnectionStringBuilder Parse(string connectionString)
    {
        var settings = Defaults();
        Apply(connectionString, settings, "SQL Server");
        return settings;
    }

    private static SqlConnectionStringBuilder Fixed(SqlConnectionStringBuilder settings)
    {
        // One connection that lives as long as the run and is not replaced unnoticed.
        settings.Pooling = false;
        settings.Enlist = false;
        settings.ConnectRetryCount = 0;
        settings.MultipleActiveResultSets = false;
        settings.PersistSecurityInfo = false;
        // If nobody is named, the account that runs the tool is used, as with Python's driver.
        settings.IntegratedSecurity |= settings.UserID.Length == 0 && settings.Authentication == SqlAuthenticationMethod.NotSpecified;
        return settings;
    }
}
