using Alembic.Operations;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Carries a plan out on a database: puts the loop, the connection and what looks on together.</summary>
internal sealed class OnlineRun
{
    private readonly OpenDatabase _open;
    private readonly MigrationPlan _plan;
    private readonly LockWait _wait;
    private readonly StepLoop _loop;
    private readonly OnlineTarget _target;
    private readonly bool _keepsJournal;

    public OnlineRun(OpenDatabase open, MigrationSet migrations, MigrationPlan plan, MigratorOptions options,
        ApplyOptions apply, ILogger log)
    {
        var (session, dialect, environment) = (open.Session, open.Session.Dialect, options.Environment);
        (_open, _plan) = (open, plan);
        _wait = new LockWait(apply.LockTimeout ?? options.LockTimeout, log.Warn, options.Clock, session.Cancelled);
        var load = migrations.Load(plan.Steps);
        _keepsJournal = load is not null && !(environment.TransactionalDdl ?? dialect.HasTransactionalDdl);
        var backup = new Backup(open.Database, apply.Backup, environment.IsOwnTable);
        var state = new SessionState(session);
        var compiling = new BackedUpSession(state, backup);
        var operations = new JournaledOperations(
            new OperationCompiler(dialect, compiling, session), compiling, session, open.Journal, migrations.Map, log.Inform);
        var op = new Op(dialect, operations, new JournaledSession(compiling, session, operations))
        {
            EngineName = environment.EngineName,
            Context = options.Context,
        };
        _target = new OnlineTarget(open, plan, op, operations, _wait, options, log);
        IStepObserver?[] observers = [state, operations, backup, open.NewRunLog(plan.Purges)];
        _loop = new StepLoop(migrations.Map, load, environment, _target, [.. observers.OfType<IStepObserver>()], options);
    }

    public MigrationReport Report => _target.Report;

    public void Run()
    {
        var migrationLock = _open.NewLock();
        _open.Session.Exclude(migrationLock, _wait);
        _open.Journal.LookAgain();
        if (_keepsJournal)
            _open.Journal.Create();
        _loop.Run(new Progress(_plan.Steps, _plan.From, []));
        migrationLock.Release();
    }
}
