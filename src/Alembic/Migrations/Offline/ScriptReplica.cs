using System.Data.Common;
using Alembic.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Migrations;

/// <summary>
/// A database that follows a script as it is written, so that changes which depend on a table's current shape can be scripted.
/// It is opened when it is first needed, and then catches up.
/// </summary>
/// <param name="database">The database, empty or in the state that the script starts from.</param>
/// <param name="knowsAll">Whether it has all tables; if not, it discards its state when a statement fails.</param>
/// <param name="write">Writes a statement into the script.</param>
internal sealed class ScriptReplica(Database database, bool knowsAll, Action<Statement> write) : IMigrationSession, IDisposable
{
    private readonly List<Statement> _script = [];
    private DatabaseConnection? _connection;
    private DbTransaction? _transaction;
    private (Statement Statement, DbException Failure)? _lost;

    /// <summary>Tells whether the part of the script that is being written runs in a transaction.</summary>
    public bool IsInTransaction { get; set; } = true;

    /// <summary>Called if the statements that follow must run as a whole.</summary>
    public Action OnLoss { get; init; } = () => { };

    /// <summary>Called before a rebuild of a table, with its schema and name.</summary>
    public Action<string?, string> OnRebuild { get; init; } = (_, _) => { };

    /// <summary>Tells whether it could not follow the script; it then cannot be queried.</summary>
    public bool IsOffline
    {
        get
        {
            CatchUp();
            return _lost is not null;
        }
    }

    public DbConnection Connection => Open().Connection;

    public DbTransaction? Transaction => IsInTransaction ? Begun() : null;

    /// <summary>Takes a statement that was written.</summary>
    public void Follow(Statement statement)
    {
        if (_connection is null)
            _script.Add(statement);
        else
            Run(statement);
    }

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => Open().Query(statement, _transaction);

    public void Execute(Statement statement) => write(statement);

    public void BeforeLoss() => OnLoss();

    public void BeforeRebuild(string? schema, string table)
    {
        OnRebuild(schema, table);
        OnLoss();
    }

    public void Autocommit(Action block) => throw new OfflineException("op.AutocommitBlock");

    public void BeforeCommit(string name, Func<Action> guard)
    {
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        _connection?.Dispose();
    }

    private DbTransaction Begun()
    {
        Open();
        return _transaction!;
    }

    private DatabaseConnection CatchUp()
    {
        if (_connection is null)
        {
            _connection = new DatabaseConnection(database, NullLogger.Instance);
            _transaction = database.Begin(_connection.Connection);
            foreach (var statement in _script)
                Run(statement);
        }
        return _connection;
    }

    private DatabaseConnection Open()
    {
        var connection = CatchUp();
        if (_lost is var (failed, failure))
        {
            throw new AlembicException(
                $"The script cannot be simulated: one of its statements fails on an empty database: {failure.Message}", failure)
            {
                Hint = $"the statement is: {Beginning(failed.Text)}; run the migrations on the database instead",
            };
        }
        return connection;
    }

    // A failure matters only once the replica is queried: the user's SQL may need rows that only the real database has.
    private void Run(Statement statement)
    {
        try
        {
            _connection!.Execute(statement, _transaction);
        }
        catch (DbException exception) when (knowsAll)
        {
            _lost ??= (statement, exception);
        }
        catch (DbException)
        {
            database.Rollback(_transaction!);
            _transaction!.Dispose();
            _transaction = database.Begin(_connection!.Connection);
        }
    }

    private static string Beginning(string text) =>
        text.ReplaceLineEndings(" ") is var line && line.Length > 100 ? line[..100] + " …" : line;
}
