using System.Data.Common;
using Alembic.Databases.PostgreSql;
using Alembic.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace Alembic.PostgreSql;

/// <summary>A PostgreSQL database, through the driver Npgsql.</summary>
public sealed class PostgreSqlDatabase : Database
{
    /// <summary>Describes a database on a server.</summary>
    /// <param name="connectionString">For example <c>Host=db;Username=shop;Password=…;Database=shop</c>.</param>
    /// <exception cref="ConnectionException">The connection string cannot be used.</exception>
    public PostgreSqlDatabase(string connectionString)
        : this(Parse(connectionString))
    {
    }

    /// <summary>Describes a database on a server.</summary>
    /// <param name="settings">The driver's settings. Pooling and what shows values or passwords in messages is switched off.</param>
    public PostgreSqlDatabase(NpgsqlConnectionStringBuilder settings)
        : base(new PostgreSqlDialect(),
            UrlOf("postgresql", settings.Username, settings.Password is not null, settings.Host, settings.Port,
                settings.Database ?? settings.Username ?? "")) =>
        Settings = Fixed(new(settings.ConnectionString));

    /// <summary>Describes the database that the application is connected to.</summary>
    /// <param name="connection">The application's connection. It stays open if it is open.</param>
    /// <param name="transaction">The application's transaction on it, which it commits itself; or null.</param>
    public PostgreSqlDatabase(NpgsqlConnection connection, NpgsqlTransaction? transaction = null)
        : base(new PostgreSqlDialect(),
            UrlOf("postgresql", connection.UserName, hasPassword: false, connection.Host, connection.Port, connection.Database), connection,
            transaction) =>
        Settings = new();

    internal NpgsqlConnectionStringBuilder Settings { get; }

    /// <inheritdoc/>
    public override bool IsBusy(DbException exception) =>
        exception.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure;

    /// <inheritdoc/>
    public override string? WayOut(DbException exception, string statement) =>
        exception is PostgresException error ? ColumnErrors.WayOut(error, statement) : null;

    /// <inheritdoc/>
    public override DbException WithoutRowValues(DbException exception) =>
        exception is PostgresException error ? RowValues.Without(error) : exception;

    /// <inheritdoc/>
    public override int? Process(DbConnection connection) => ((NpgsqlConnection)connection).ProcessID;

    /// <inheritdoc/>
    /// <remarks>The server converts text to the type of its place (JSON, an enum, an address), as it does with a literal in a
    /// script.</remarks>
    public override void Adapt(DbParameter parameter)
    {
        if (parameter.Value is string)
            ((NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Unknown;
    }

    /// <inheritdoc/>
    public override void LearnTypes(DbConnection connection) => ((NpgsqlConnection)connection).ReloadTypes();

    /// <inheritdoc/>
    protected override Database? Named(string? name) =>
        new PostgreSqlDatabase(new NpgsqlConnectionStringBuilder(Settings.ConnectionString) { Database = name ?? "postgres" });

    /// <inheritdoc/>
    /// <remarks>A connection that a migration has left open does not keep the database from being dropped.</remarks>
    protected override void DropNamed(DbConnection connection, string name) => Execute(connection,
        $"DROP DATABASE {Dialect.Quote(name)}{(((NpgsqlConnection)connection).PostgreSqlVersion.Major >= 13 ? " WITH (FORCE)" : "")}");

    /// <inheritdoc/>
    protected override DbConnection Connect() => new NpgsqlConnection(Settings.ConnectionString);

    /// <inheritdoc/>
    protected override string? Advice(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"createdb {Settings.Database}",
        PostgresException => null,
        _ => "is the server running, and are host and port right?",
    };

    /// <summary>Gets the default settings of a migration.</summary>
    internal static NpgsqlConnectionStringBuilder Defaults() => new()
    {
        ApplicationName = "dotnet-alembic",
        TcpKeepAlive = true,
        TcpKeepAliveTime = 15,
        // A migration may take any time.
        CommandTimeout = 0,
    };

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        var settings = Defaults();
        Apply(connectionString, settings, "PostgreSQL");
        settings.Host ??= "localhost";
        return settings;
    }

    private static NpgsqlConnectionStringBuilder Fixed(NpgsqlConnectionStringBuilder settings)
    {
        // One connection that lives as long as the run and is not replaced unnoticed.
        settings.Pooling = false;
        settings.Multiplexing = false;
        settings.Enlist = false;
        // Values of rows, and the password, must not be in messages and logs. WithoutRowValues decides which details remain.
        settings.IncludeErrorDetail = true;
        settings.IncludeFailedBatchedCommand = false;
        settings.LogParameters = false;
        settings.PersistSecurityInfo = false;
        // A local socket has no keep-alive, and fails when it is asked for.
        if (settings.Host?.Split(',').Any(host => host.StartsWith('/') || host.StartsWith('@')) == true)
            (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval) = (false, 0, 0);
        return settings;
    }
}
