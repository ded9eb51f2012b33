using Alembic.Operations;
using Alembic.Revisions;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Runs plans without keeping the result: on a copy if there is one, else in one transaction that is rolled back.</summary>
internal sealed class DryRun : IStepObserver
{
    private readonly List<string> _notRun = [];
    private string _revision = "";

    public static DryRunReport Of(
        OpenDatabase open, MigrationSet migrations, MigrationPlan plan, MigratorOptions options, ApplyOptions apply, ILogger log) =>
        open.Database.OnCopy(copy =>
        {
            using var database = new OpenDatabase(copy, migrations.Map, options, log);
            return new DryRunReport(OnlineRun.Carry(database, migrations, plan, options, apply, log).Applied, plan.From, []);
        })
        ?? new DryRun().InTransaction(open, migrations, plan, options, apply, log);

    public void Begin(Progress at, bool isNew) => _notRun.Clear();

    public void Starting(Step step, IReadOnlyList<string> rows) => _revision = step.Revision?.Id ?? "";

    /// <summary>Wraps a session so that blocks which commit by themselves are left out.</summary>
    public IMigrationSession Around(IMigrationSession session, Dialect dialect) => new Uncommitted(session, dialect, this);

    /// <summary>Wraps operations so that SQL which would end the transaction is refused: its changes could not be rolled back.</summary>
    public static IOperationSink Guarded(IOperationSink operations, Dialect dialect) => new Unended(operations, dialect);

    private DryRunReport InTransaction(
        OpenDatabase open, MigrationSet migrations, MigrationPlan plan, MigratorOptions options, ApplyOptions apply, ILogger log)
    {
        if (!(options.Environment.TransactionalDdl ?? open.Database.Dialect.HasTransactionalDdl))
            throw new NoDryRunException(open.Database.Dialect);
        try
        {
            return new(OnlineRun.Carry(open, migrations, plan, options, apply, log, this).Applied, plan.From, _notRun);
        }
        catch (MigrationException) when (_notRun.Count > 0 || plan.Steps.Count > 1)
        {
            foreach (var line in _notRun)
                log.Warn(line);
            log.Warn("In a dry run revisions share a transaction, and what commits by itself is left out: only that may have made it fail");
            throw;
        }
    }

    private static void Refuse(string sql, Dialect dialect)
    {
        if (SqlStatement.In(sql, dialect).FirstOrDefault(statement => statement.EndsTransaction) is { } ending)
        {
            throw new AlembicException($"A dry run cannot roll back what is committed: {ending.Text}")
            {
                Hint = "what must run outside of the transaction goes into op.AutocommitBlock, which a dry run leaves out",
            };
        }
    }

    private sealed class Uncommitted(IMigrationSession session, Dialect dialect, DryRun run) : SessionDecorator(session)
    {
        // A backfill is always in such a block.
        public override void Autocommit(Action block) =>
            run._notRun.Add($"{run._revision}: op.AutocommitBlock was not run, as it commits by itself");

        public override IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement)
        {
            Refuse(statement.Text, dialect);
            return base.Query(statement);
        }
    }

    private sealed class Unended(IOperationSink operations, Dialect dialect) : IOperationSink
    {
        public void Accept(Operation operation)
        {
            if (operation is Execute execute)
                Refuse(execute.Text, dialect);
            operations.Accept(operation);
        }
    }
}
