using System.Data;
using System.Data.Common;
using Alembic.Operations;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>A connection, opened at its first use, that runs statements at once.</summary>
internal sealed class DatabaseConnection(
    Database database, ILogger sqlLog, Action<DbConnection>? onConnected = null, TimeProvider? clock = null) : IDisposable
{
    private DbConnection? _connection;
    private IReadOnlyList<string> _onDisconnect = [];

    public DbConnection Connection => _connection ?? Connect();

    /// <summary>Cancels the running statement.</summary>
    public CancellationToken Cancelled { get; set; }

    /// <returns>The number of changed rows, or -1 if the database does not say.</returns>
    /// <param name="statement">The statement.</param>
    /// <param name="transaction">The transaction it is part of, or null.</param>
    /// <param name="isMigrations">Whether it is a migration's. Those are cancelled even if the request came earlier; cleanup statements
    /// are not.</param>
    public int Execute(Statement statement, DbTransaction? transaction, bool isMigrations = false)
    {
        using var command = Command(statement, transaction);
        using var reading = Reading(statement);
        using var breaking = Breaking(() => database.Cancel(command), isMigrations);
        var count = Run(statement.Shown ?? statement.Text, command.ExecuteNonQuery);
        if (database.Dialect.MakesTypes(statement))
            database.LearnTypes(Connection);
        return count;
    }

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement, DbTransaction? transaction)
    {
        using var command = Command(statement, transaction);
        using var reading = Reading(statement);
        using var breaking = Breaking(() => database.Cancel(command));
        return Run(statement.Shown ?? statement.Text, () => Rows(command));
    }

    /// <summary>Sends two statements at once; the second runs only if the first succeeds.</summary>
    public int ExecuteTogether(Statement first, Statement second)
    {
        using var batch = Connection.CreateBatch();
        foreach (var statement in new[] { first, second })
        {
            sqlLog.Inform(statement.Text);
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Text;
            Bind(statement, command.CreateParameter, command.Parameters);
            batch.BatchCommands.Add(command);
        }
        using var breaking = Breaking(batch.Cancel, isMigrations: true);
        return Run(second.Text, batch.ExecuteNonQuery);
    }

    private static List<IReadOnlyDictionary<string, object?>> Rows(DbCommand command)
    {
        using var reader = command.ExecuteReader();
        List<IReadOnlyDictionary<string, object?>> rows = [];
        while (reader.Read())
        {
            var row = new Dictionary<string, object?>(reader.FieldCount, StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < reader.FieldCount; i++)
                row[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>Replaces a lost connection.</summary>
    public void Reopen()
    {
        Dispose();
        Connect();
    }

    /// <summary>Ends the connection and ignores the driver's errors; the next use opens another one.</summary>
    public void GiveUp()
    {
        try
        {
            Dispose();
        }
        catch (DbException)
        {
            // The driver sent a last request, which failed.
        }
    }

    public void Dispose()
    {
        if (_connection is not { } connection)
            return;
        if (connection.State == ConnectionState.Open)
            Run(_onDisconnect);
        _connection = null;
        database.Close(connection);
    }

    // Attaches the statement to the error, so that the message can show it.
    private T Run<T>(string statement, Func<T> send)
    {
        using var span = Spans.Begin(Spans.Statement, Spans.StatementTag, statement);
        try
        {
            return send();
        }
        catch (DbException exception)
        {
            var shown = database.WithoutRowValues(exception);
            shown.Data[MigrationFailedException.StatementKey] = statement;
            shown.Data[MigrationFailedException.WayOutKey] = database.WayOut(exception, statement);
            if (shown != exception)
                throw shown;
            throw;
        }
    }

    private IDisposable? Reading(Statement statement) => statement.ReadsStoredTexts ? database.ReadStoredTexts(Connection) : null;

    private StatementBreaker? Breaking(Action cancel, bool isMigrations = false) =>
        Cancelled.IsCancellationRequested && !isMigrations ? null : new(cancel, clock ?? TimeProvider.System, Cancelled);

    private DbConnection Connect()
    {
        using var span = Spans.Begin(Spans.Connect);
        _connection = database.Open();
        if (database.HasOwnConnection)
            _onDisconnect = database.Dialect.OnDisconnect(statement => Query(statement, null), database.OwnTransaction is not null);
        Run(database.Dialect.OnConnect);
        try
        {
            onConnected?.Invoke(_connection);
        }
        catch (Exception exception)
        {
            // A retry must not get a connection that has no role set.
            GiveUp();
            if (database.WithoutRowValues(exception) is var shown && shown != exception)
                throw shown;
            throw;
        }
        return _connection;
    }

    private void Run(IReadOnlyList<string> statements)
    {
        foreach (var text in statements)
        {
            using var command = Connection.CreateCommand();
            command.CommandText = text;
            command.Transaction = database.OwnTransaction;
            Run(text, command.ExecuteNonQuery);
        }
    }

    private DbCommand Command(Statement statement, DbTransaction? transaction)
    {
        sqlLog.Inform(statement.Text);
        var command = Connection.CreateCommand();
        command.CommandText = statement.Text;
        command.Transaction = transaction ?? database.OwnTransaction;
        Bind(statement, command.CreateParameter, command.Parameters);
        return command;
    }

    private void Bind(Statement statement, Func<DbParameter> create, DbParameterCollection parameters)
    {
        foreach (var (name, value) in statement.Parameters)
        {
            var parameter = create();
            parameter.ParameterName = "@" + name;
            database.Dialect.Bind(parameter, value);
            database.Adapt(parameter);
            parameters.Add(parameter);
        }
    }
}
