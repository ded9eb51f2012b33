using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>Runs the migrations of a plan without sending anything, and records what they would send.</summary>
internal sealed class PreviewRun : IOperationSink, IStatementSink, IMigrationSession, IDisposable
{
    private readonly Dialect _dialect;
    private readonly MigratorOptions _options;
    private readonly Func<string?, string, long?> _count;
    private readonly ScriptReplica? _replica;
    private readonly List<PreviewedOperation> _operations = [];
    private List<string> _statements = [];
    private (string? Schema, string Table)? _rebuilt;
    private bool _isInTransaction = true;

    /// <summary>Creates the run.</summary>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="options">What migrations see of the command.</param>
    /// <param name="replica">A copy of the database's tables that follows the plan, for dialects that need to read them; or null.</param>
    /// <param name="count">Counts the rows of a table in a schema or the connection's own; null if the table does not exist.</param>
    public PreviewRun(Dialect dialect, MigratorOptions options, Database? replica, Func<string?, string, long?> count)
    {
        (_dialect, _options, _count) = (dialect, options, count);
        _replica = replica is null ? null : new ScriptReplica(replica, knowsAll: true, Accept)
        {
            OnRebuild = (schema, table) => _rebuilt = (schema, table),
        };
    }

    public bool IsOffline => true;

    public DbConnection Connection => throw new OfflineException("op.Connection");

    public DbTransaction Transaction => throw new OfflineException("op.Transaction");

    public IMigrationSession? Replica => _replica;

    private bool HasTransactions => _options.Environment.TransactionalDdl ?? _dialect.HasTransactionalDdl;

    public IReadOnlyList<PreviewedStep> Of(MigrationSet migrations, IReadOnlyList<Step> steps)
    {
        var load = migrations.Load([.. steps.Where(s => !s.IsStamp)]);
        var op = new Op(_dialect, this, this) { EngineName = _options.Environment.EngineName, Context = _options.Context };
        return [.. steps.Select(step => Of(step, load, op))];
    }

    public void Accept(Operation operation)
    {
        (_statements, _rebuilt) = ([], null);
        foreach (var statement in _dialect.Compile(operation, this))
            Accept(statement);
        _operations.Add(new(operation, _statements)
        {
            IsInTransaction = _isInTransaction && HasTransactions,
            RebuiltTable = _rebuilt?.Table,
            RebuiltRows = _rebuilt is var (schema, table) ? _count(schema, table) : null,
            Lost = [.. Lost(operation)],
        });
    }

    public void Accept(Statement statement)
    {
        _replica?.Follow(statement);
        _statements.Add((statement.Parameters.Count == 0 ? statement.Text : ScriptParameters.Inline(statement, _dialect)).Trim());
    }

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => throw new OfflineException("op.Query");

    public void Autocommit(Action block)
    {
        Set(isInTransaction: false);
        try
        {
            block();
        }
        finally
        {
            Set(isInTransaction: true);
        }
    }

    public void BeforeCommit(string name, Func<Action> guard)
    {
    }

    public void Dispose() => _replica?.Dispose();

    private void Set(bool isInTransaction)
    {
        _isInTransaction = isInTransaction;
        if (_replica is not null)
            _replica.IsInTransaction = isInTransaction;
    }

#pragma warning disable CA1031 // Whatever a migration's own code throws is what cannot be foreseen.
    private PreviewedStep Of(Step step, Func<Revision, Migration>? load, Op op)
    {
        _operations.Clear();
        string? unforeseen = null;
        try
        {
            if (step.IsStamp)
                return new(step, []);
            var migration = load!(step.Revision!);
            if (step.IsUpgrade)
                migration.Upgrade(op);
            else
                migration.Downgrade(op);
        }
        catch (OfflineException exception)
        {
            unforeseen = $"{exception.What} asks the database while it runs";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            unforeseen = exception.Message.ReplaceLineEndings(" ");
        }
        return new(step, [.. _operations]) { Unforeseen = unforeseen };
    }
#pragma warning restore CA1031

    private static IEnumerable<string> Lost(Operation operation) => operation switch
    {
        BatchAlterTable batch => batch.Operations.SelectMany(Lost),
        DropTable drop => [$"table {drop.Table}"],
        DropColumn { Definition: not { Computed: not null } } drop => [$"column {drop.Table}.{drop.Column}"],
        DeleteData delete => [$"rows of {delete.Table}"],
        _ => [],
    };
}
