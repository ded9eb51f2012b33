using System.Data;
using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>
/// A database to migrate, with its driver-specific parts. Each driver's package has one: <c>SqliteDatabase</c>, <c>PostgreSqlDatabase</c>,
/// <c>MySqlDatabase</c>, <c>SqlServerDatabase</c>.
/// </summary>
public abstract class Database
{
    private readonly DbConnection? _connection;
    private readonly DbTransaction? _transaction;
    private bool _wasClosed;

    /// <summary>Describes a database that each run connects to.</summary>
    /// <param name="dialect">The SQL that it speaks.</param>
    /// <param name="displayUrl">Its URL as messages and logs show it: without a password.</param>
    protected Database(Dialect dialect, string displayUrl) => (Dialect, DisplayUrl) = (dialect, displayUrl);

    /// <summary>Describes a database that the application is already connected to.</summary>
    /// <param name="dialect">The SQL that it speaks.</param>
    /// <param name="displayUrl">Its URL as messages and logs show it: without a password.</param>
    /// <param name="connection">The application's connection. If it is closed, it is opened for the run and closed again.</param>
    /// <param name="transaction">The application's transaction on it, or null. Migrations run in it, and the application commits
    /// it.</param>
    /// <exception cref="AlembicException">The transaction belongs to another connection, or DDL commits on this database.</exception>
    protected Database(Dialect dialect, string displayUrl, DbConnection connection, DbTransaction? transaction)
        : this(dialect, displayUrl)
    {
        if (transaction is not null && transaction.Connection != connection)
            throw new AlembicException("The transaction is over, or belongs to another connection than the one given with it");
        if (transaction is not null && !dialect.HasTransactionalDdl)
            throw new AlembicException(
                $"With {dialect.Name}, changing a table commits the transaction: migrations cannot run in a transaction of the application")
                {
                    Hint = "pass only the connection"
                };
        (_connection, _transaction) = (connection, transaction);
    }

    /// <summary>The SQL that it speaks.</summary>
    public Dialect Dialect { get; }

    /// <summary>Its URL as messages and logs show it: without a password.</summary>
    public string DisplayUrl { get; init; }

    /// <summary>The full path of the database's file, which <see cref="BackUp"/> copies; null if it is not a file.</summary>
    public virtual string? File => null;

    /// <summary>Tells whether the connection is the application's; no other can then be opened.</summary>
    public bool HasOwnConnection => _connection is not null;

    /// <summary>The application's transaction, which only the application commits; null if it gave none.</summary>
    public DbTransaction? OwnTransaction => _transaction;

    /// <summary>
    /// Opens a connection, or the application's if it gave one. Creates the database if that is usual (SQLite).
    /// </summary>
    /// <exception cref="UnreachableDatabaseException">The database cannot be reached; the message says why, without a password.</exception>
    public DbConnection Open()
    {
        var connection = _connection ?? Connect();
        if (connection.State == ConnectionState.Open)
            return connection;
        try
        {
            connection.Open();
            _wasClosed = _connection is not null;
            return connection;
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or InvalidOperationException or IOException
            or NotSupportedException or TimeoutException)
        {
            if (_connection is null)
                connection.Dispose();
            throw new UnreachableDatabaseException(Refusal(exception).ReplaceLineEndings(" "), exception) { Hint = Advice(exception) };
        }
    }

    /// <summary>Closes a connection, unless the application opened it.</summary>
    /// <param name="connection">The connection that <see cref="Open"/> returned.</param>
    public void Close(DbConnection connection)
    {
        if (connection != _connection)
            connection.Dispose();
        else if (_wasClosed)
            connection.Close();
    }

    /// <summary>Tells whether the database exists. A missing one (a SQLite file) is read as an empty one.</summary>
    public virtual bool Exists() => true;

    /// <summary>
    /// Begins a transaction that writes, or returns the application's. If it has to wait for others, it waits one second at most.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    public DbTransaction Begin(DbConnection connection)
    {
        if (_transaction is null)
            return BeginTransaction(connection);
        _transaction.Save(Savepoint);
        return _transaction;
    }

    /// <summary>
    /// Commits a transaction, but not the application's. If it has to wait for others, and others queue behind it, it waits two seconds
    /// at most.
    /// </summary>
    /// <param name="transaction">The transaction that <see cref="Begin"/> returned.</param>
    public void Commit(DbTransaction transaction)
    {
        if (transaction == _transaction)
        {
            transaction.Release(Savepoint);
            return;
        }
        using var span = Spans.Begin(Spans.Commit);
        try
        {
            CommitTransaction(transaction);
        }
        catch (DbException exception) when (WithoutRowValues(exception) is var shown && shown != exception)
        {
            throw shown;
        }
    }

    /// <summary>Rolls back to <see cref="Begin"/>. The application's transaction stays open.</summary>
    /// <param name="transaction">The transaction that <see cref="Begin"/> returned.</param>
    public void Rollback(DbTransaction transaction)
    {
        if (transaction == _transaction)
            transaction.Rollback(Savepoint);
        else
            transaction.Rollback();
    }

    /// <summary>Disposes of a transaction that was committed or rolled back, unless it is the application's.</summary>
    /// <param name="transaction">The transaction that <see cref="Begin"/> returned.</param>
    public void End(DbTransaction transaction)
    {
        if (transaction != _transaction)
            transaction.Dispose();
    }

    /// <summary>Gets a database in memory that follows a script as it is written; null if scripts need none.</summary>
    /// <param name="withTables">Whether it starts with this database's tables, without their rows, instead of empty.</param>
    public virtual Database? Replica(bool withTables) => null;

    /// <summary>Tells whether this is a replica that started with the tables of the database.</summary>
    public virtual bool IsReplicaWithTables => false;

    /// <summary>
    /// Runs work on a temporary copy of the database, if the database can be copied quickly.
    /// </summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work.</param>
    /// <returns>The result of the work; null if there is no copy and nothing was run.</returns>
    public virtual T? OnCopy<T>(Func<Database, T> work)
        where T : class => null;

    /// <summary>
    /// Runs work on a temporary, empty database of the same kind: SQLite in memory, the others on the same server.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="warn">Takes a warning if the temporary database cannot be dropped.</param>
    /// <exception cref="NoScratchDatabaseException">The user may not create a database.</exception>
    public virtual void OnScratch(Action<Database> work, Action<string> warn) => ScratchDatabase.Use(this, work, warn);

    /// <summary>Copies what is committed into a new file and checks the copy. Only for a database that is a <see cref="File"/>.</summary>
    /// <param name="file">The path of the copy.</param>
    /// <param name="isOwn">Whether a table is Alembic's own. If only those have rows, no copy is made.</param>
    /// <returns>Whether there were rows to lose; if not, no file is written.</returns>
    public virtual bool BackUp(string file, Func<string, bool> isOwn) => throw new NotSupportedException($"{DisplayUrl} is not a file.");

    /// <summary>Restores the database from a copy, completely or not at all. Only for a database that is a <see cref="File"/>.</summary>
    /// <param name="file">The path of the copy.</param>
    /// <param name="replaced">The path of a new file for the content that is replaced.</param>
    /// <param name="isOwn">Whether a table is Alembic's own. If only those have rows, nothing is saved.</param>
    /// <returns>Whether there were rows to save in that new file.</returns>
    public virtual bool Restore(string file, string replaced, Func<string, bool> isOwn) =>
        throw new NotSupportedException($"{DisplayUrl} is not a file.");

    /// <summary>Tells whether an error says that another session holds a lock, so that a retry makes sense.</summary>
    /// <param name="exception">The driver's error.</param>
    public abstract bool IsBusy(DbException exception);

    /// <summary>Gets the way out of an error, if the server gives none or one that only helps those who write SQL.</summary>
    /// <param name="exception">The driver's error.</param>
    /// <param name="statement">The statement that was refused.</param>
    /// <returns>The way out; null to use the server's own advice, if any.</returns>
    public virtual string? WayOut(DbException exception, string statement) => null;

    /// <summary>Gets a server's error as messages and logs may show it: without values of rows.</summary>
    /// <param name="exception">The driver's error.</param>
    /// <returns>The same error if it holds none.</returns>
    public virtual DbException WithoutRowValues(DbException exception) => exception;

    /// <summary>Cancels the statement that a command runs; called by another thread.</summary>
    /// <param name="command">The command.</param>
    public virtual void Cancel(DbCommand command) => command.Cancel();

    /// <summary>Gets the id of the server's process for a connection; null if the driver does not know it.</summary>
    /// <param name="connection">An open connection.</param>
    public virtual int? Process(DbConnection connection) => null;

    /// <summary>Adds driver-specific settings to a parameter whose value is set.</summary>
    /// <param name="parameter">The parameter.</param>
    public virtual void Adapt(DbParameter parameter)
    {
    }

    /// <summary>Tells the driver that types may have been created since it connected.</summary>
    /// <param name="connection">An open connection.</param>
    public virtual void LearnTypes(DbConnection connection)
    {
    }

    /// <summary>
    /// Lets a statement read stored texts as they are meant, even if new ones must not be written that way.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <returns>Ends this when disposed; null if there is nothing to do.</returns>
    public virtual IDisposable? ReadStoredTexts(DbConnection connection) => null;

    /// <summary>Gets another database of the same server.</summary>
    /// <param name="name">Its name; null for one that always exists.</param>
    /// <returns>The database; null if a server has only one.</returns>
    protected internal virtual Database? Named(string? name) => null;

    /// <summary>Creates an empty database like this one.</summary>
    /// <param name="connection">An open connection to the server.</param>
    /// <param name="name">The new name.</param>
    protected internal virtual void CreateNamed(DbConnection connection, string name) =>
        Execute(connection, $"CREATE DATABASE {Dialect.Quote(name)}");

    /// <summary>Drops a database that <see cref="CreateNamed"/> created.</summary>
    /// <param name="connection">An open connection to the server.</param>
    /// <param name="name">The name.</param>
    protected internal virtual void DropNamed(DbConnection connection, string name) =>
        Execute(connection, $"DROP DATABASE {Dialect.Quote(name)}");

    /// <summary>Sends a statement.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="sql">The statement.</param>
    protected static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Gets a new connection, which <see cref="Open"/> opens.</summary>
    protected abstract DbConnection Connect();

    /// <summary>Begins a transaction that writes.</summary>
    /// <param name="connection">An open connection.</param>
    protected virtual DbTransaction BeginTransaction(DbConnection connection) => connection.BeginTransaction();

    /// <summary>Commits a transaction.</summary>
    /// <param name="transaction">The transaction that <see cref="BeginTransaction"/> returned.</param>
    protected virtual void CommitTransaction(DbTransaction transaction) => transaction.Commit();

    /// <summary>Gets the message for a database that cannot be reached.</summary>
    /// <param name="exception">The driver's error.</param>
    protected virtual string Refusal(Exception exception) => $"unable to connect to '{DisplayUrl}': {exception.Message}";

    /// <summary>Gives advice about a database that cannot be reached; or null.</summary>
    /// <param name="exception">The driver's error.</param>
    protected virtual string? Advice(Exception exception) => null;

    /// <summary>Overwrites a driver's settings with the keywords of a connection string.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="settings">The driver's settings.</param>
    /// <param name="database">The database's name in messages.</param>
    /// <exception cref="ConnectionException">A keyword is unknown or does not accept its value. The message shows no part of the string:
    /// it may hold a password.</exception>
    protected static void Apply(string connectionString, DbConnectionStringBuilder settings, string database) =>
        ConnectionKeywords.Apply(connectionString, settings, database);

    /// <summary>Gets a URL to show, without the password.</summary>
    /// <param name="dialect">The dialect's name.</param>
    /// <param name="user">The user, or null.</param>
    /// <param name="hasPassword">Whether there is a password, which is shown as three stars.</param>
    /// <param name="host">The host, or null.</param>
    /// <param name="port">The port, or null for the usual one.</param>
    /// <param name="database">The database's name or path; empty for none.</param>
    protected internal static string UrlOf(string dialect, string? user, bool hasPassword, string? host, int? port, string database)
    {
        var login = user is null ? "" : Uri.EscapeDataString(user) + (hasPassword ? ":***" : "") + "@";
        var place = host is null ? "" : (host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)
            + (port is null ? "" : $":{port}");
        return $"{dialect}://{login}{place}{(database.Length == 0 ? "" : "/" + database)}";
    }

    private const string Savepoint = "alembic_run";
}
