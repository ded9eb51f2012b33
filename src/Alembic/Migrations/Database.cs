using System.Data;
using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>
/// A database to migrate, with what only its driver knows. Each driver's package has one: <c>SqliteDatabase</c>, <c>PostgreSqlDatabase</c>,
/// <c>MySqlDatabase</c>, <c>SqlServerDatabase</c>.
/// </summary>
public abstract class Database
{
    private readonly DbConnection? _connection;
    private readonly DbTransaction? _transaction;
    private bool _wasClosed;

    /// <summary>Describes a database that is connected to for each run.</summary>
    /// <param name="dialect">The SQL that it speaks.</param>
    /// <param name="displayUrl">Its URL as messages and logs show it: without a password.</param>
    protected Database(Dialect dialect, string displayUrl) => (Dialect, DisplayUrl) = (dialect, displayUrl);

    /// <summary>Describes a database that the application is connected to already.</summary>
    /// <param name="dialect">The SQL that it speaks.</param>
    /// <param name="displayUrl">Its URL as messages and logs show it: without a password.</param>
    /// <param name="connection">The application's connection. It stays open if it is open, and is opened and closed again if it is
    /// not.</param>
    /// <param name="transaction">The application's transaction on it, which migrations then run in and which the application commits; or
    /// null.</param>
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

    /// <summary>The full path of the file that it is, of which <see cref="BackUp"/> makes copies; null where it is none.</summary>
    public virtual string? File => null;

    /// <summary>Tells whether the connection is the application's, so that no other one can be opened.</summary>
    public bool HasOwnConnection => _connection is not null;

    /// <summary>The application's transaction, which it alone commits; null where it gave none.</summary>
    public DbTransaction? OwnTransaction => _transaction;

    /// <summary>
    /// Opens a connection, creating the database where that is usual (SQLite); the application's connection, where it gave one.
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

    /// <summary>Closes a connection, but not one that the application had opened.</summary>
    /// <param name="connection">What <see cref="Open"/> gave.</param>
    public void Close(DbConnection connection)
    {
        if (connection != _connection)
            connection.Dispose();
        else if (_wasClosed)
            connection.Close();
    }

    /// <summary>Tells whether it is there; one that is not (a missing SQLite file) is read as an empty one.</summary>
    public virtual bool Exists() => true;

    /// <summary>
    /// Begins a transaction that writes, or gives the application's. Where that waits for others, it waits a second at most.
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
    /// Commits a transaction, but not the application's. Where that waits for others, and others wait behind it, it waits two seconds at
    /// most.
    /// </summary>
    /// <param name="transaction">What <see cref="Begin"/> gave.</param>
    public void Commit(DbTransaction transaction)
    {
        if (transaction == _transaction)
        {
            transaction.Release(Savepoint);
            return;
        }
        try
        {
            CommitTransaction(transaction);
        }
        catch (DbException exception) when (WithoutRowValues(exception) is var shown && shown != exception)
        {
            throw shown;
        }
    }

    /// <summary>Takes back what was done since <see cref="Begin"/>; the application's transaction goes on.</summary>
    /// <param name="transaction">What <see cref="Begin"/> gave.</param>
    public void Rollback(DbTransaction transaction)
    {
        if (transaction == _transaction)
            transaction.Rollback(Savepoint);
        else
            transaction.Rollback();
    }

    /// <summary>Ends the use of a transaction that was committed or rolled back.</summary>
    /// <param name="transaction">What <see cref="Begin"/> gave.</param>
    public void End(DbTransaction transaction)
    {
        if (transaction != _transaction)
            transaction.Dispose();
    }

    /// <summary>Gets a database in memory for scripts to go through as they are written; null where scripts need none.</summary>
    /// <param name="withTables">Whether it begins with this database's tables, without their rows, and not empty.</param>
    public virtual Database? Replica(bool withTables) => null;

    /// <summary>Tells whether it is a replica that began with the tables of the database.</summary>
    public virtual bool IsReplicaWithTables => false;

    /// <summary>
    /// Does something to a copy of the database, of which nothing stays; only where a database can be copied at once.
    /// </summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="work">What to do.</param>
    /// <returns>What came of it; null where nothing was done, as there is no copy.</returns>
    public virtual T? OnCopy<T>(Func<Database, T> work)
        where T : class => null;

    /// <summary>
    /// Does something with a new, empty database of the same kind, of which nothing stays: SQLite in memory, the others on the same server.
    /// </summary>
    /// <param name="work">What to do.</param>
    /// <param name="warn">Gets a line if something stays after all.</param>
    /// <exception cref="NoScratchDatabaseException">The user may not create a database.</exception>
    public virtual void OnScratch(Action<Database> work, Action<string> warn) => ScratchDatabase.Use(this, work, warn);

    /// <summary>Copies what is committed into a new file and checks the copy. Only for a database that is a <see cref="File"/>.</summary>
    /// <param name="file">The path of the copy.</param>
    /// <param name="isOwn">Whether a table is one of Alembic's: for their rows alone nothing is copied.</param>
    /// <returns>Whether there was a row to lose; else there is no file.</returns>
    public virtual bool BackUp(string file, Func<string, bool> isOwn) => throw new NotSupportedException($"{DisplayUrl} is not a file.");

    /// <summary>Makes the database what a copy of it is, whole or not at all. Only for a database that is a <see cref="File"/>.</summary>
    /// <param name="file">The path of the copy.</param>
    /// <param name="replaced">The path of a new file for what the database was.</param>
    /// <param name="isOwn">Whether a table is one of Alembic's: for their rows alone nothing is saved.</param>
    /// <returns>Whether there was a row to save in that new file.</returns>
    public virtual bool Restore(string file, string replaced, Func<string, bool> isOwn) =>
        throw new NotSupportedException($"{DisplayUrl} is not a file.");

    /// <summary>Tells whether an error says that somebody else has a lock for now, so that trying again makes sense.</summary>
    /// <param name="exception">The driver's error.</param>
    public abstract bool IsBusy(DbException exception);

    /// <summary>Gets the way out of an error, where the server does not say it itself or says it for those who write SQL.</summary>
    /// <param name="exception">The driver's error.</param>
    /// <param name="statement">The statement that was refused.</param>
    /// <returns>The way out; null for the server's own advice, or none.</returns>
    public virtual string? WayOut(DbException exception, string statement) => null;

    /// <summary>Gets a server's error as messages and logs may show it: without values of rows.</summary>
    /// <param name="exception">The driver's error.</param>
    /// <returns>The same error where it holds none.</returns>
    public virtual DbException WithoutRowValues(DbException exception) => exception;

    /// <summary>Breaks off the statement that a command runs; called by another thread.</summary>
    /// <param name="command">The command.</param>
    public virtual void Cancel(DbCommand command) => command.Cancel();

    /// <summary>Gets the server's process that answers on a connection, as the driver was told; null where it is not told.</summary>
    /// <param name="connection">An open connection.</param>
    public virtual int? Process(DbConnection connection) => null;

    /// <summary>Does to a parameter that has its value what only the driver knows.</summary>
    /// <param name="parameter">The parameter.</param>
    public virtual void Adapt(DbParameter parameter)
    {
    }

    /// <summary>Tells the driver that there may be types that were not there when it connected.</summary>
    /// <param name="connection">An open connection.</param>
    public virtual void LearnTypes(DbConnection connection)
    {
    }

    /// <summary>
    /// Lets a statement read the texts that the database stores as they are meant, also where new ones may not be written so.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <returns>What ends it; null where there is nothing to do.</returns>
    public virtual IDisposable? ReadStoredTexts(DbConnection connection) => null;

    /// <summary>Gets another database of the same server.</summary>
    /// <param name="name">Its name; null for one that is always there.</param>
    /// <returns>The database; null where a server has only one.</returns>
    protected internal virtual Database? Named(string? name) => null;

    /// <summary>Creates an empty database that is like this one.</summary>
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
    /// <param name="transaction">What <see cref="BeginTransaction"/> gave.</param>
    protected virtual void CommitTransaction(DbTransaction transaction) => transaction.Commit();

    /// <summary>Gets the message for a database that cannot be reached.</summary>
    /// <param name="exception">The driver's error.</param>
    protected virtual string Refusal(Exception exception) => $"unable to connect to '{DisplayUrl}': {exception.Message}";

    /// <summary>Gives advice about a database that cannot be reached; or null.</summary>
    /// <param name="exception">The driver's error.</param>
    protected virtual string? Advice(Exception exception) => null;

    /// <summary>Puts the keywords of a connection string over what a driver's settings hold.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="settings">The driver's settings.</param>
    /// <param name="database">The database's name in messages.</param>
    /// <exception cref="ConnectionException">A keyword is not known, or has a value that it does not take. No part of the string is shown:
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
