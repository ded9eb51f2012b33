using System.Data.Common;
using Alembic.Operations;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>A connection, opened at the first use; statements run as they come.</summary>
internal sealed class DatabaseConnection(Database database, ILogger sqlLog) : IDisposable
{
    private DbConnection? _connection;

    public DbConnection Connection => _connection ??= Connect();

    /// <summary>Breaks off the statement at work.</summary>
    public CancellationToken Cancelled { get; set; }

    /// <returns>The number of rows that were changed, or -1 where the database does not say.</returns>
    public int Execute(Statement statement, DbTransaction? transaction)
    {
        using var command = Command(statement, transaction);
        using var breaking = Breaking(command);
        var count = Run(statement, command.ExecuteNonQuery);
        if (database.Dialect.MakesTypes(statement))
            database.LearnTypes(Connection);
        return count;
    }

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement, DbTransaction? transaction)
    {
        using var command = Command(statement, transaction);
        using var breaking = Breaking(command);
        using var reader = Run(statement, command.ExecuteReader);
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

    /// <summary>Opens another connection in place of one that was lost.</summary>
    public void Reopen()
    {
        Dispose();
        _connection = Connect();
    }

    /// <summary>Ends the connection, whatever the driver says; the next use opens another one.</summary>
    public void GiveUp()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (DbException)
        {
            // The driver asked for something once more.
        }
        _connection = null;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }

    // Whoever tells of the failure can show what failed.
    private static T Run<T>(Statement statement, Func<T> send)
    {
        try
        {
            return send();
        }
        catch (DbException exception)
        {
            exception.Data[MigrationFailedException.StatementKey] = statement.Text;
            throw;
        }
    }

    // What is run after that puts things in order.
    private CancellationTokenRegistration Breaking(DbCommand command) =>
        Cancelled.IsCancellationRequested ? default : Cancelled.Register(() => database.Cancel(command));

    private DbConnection Connect()
    {
        var connection = database.Open();
        foreach (var text in database.Dialect.OnConnect)
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
        return connection;
    }

    private DbCommand Command(Statement statement, DbTransaction? transaction)
    {
        sqlLog.Inform(statement.Text);
        var command = Connection.CreateCommand();
        command.CommandText = statement.Text;
        command.Transaction = transaction;
        foreach (var (name, value) in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            database.Dialect.Bind(parameter, value);
            database.Adapt(parameter);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
