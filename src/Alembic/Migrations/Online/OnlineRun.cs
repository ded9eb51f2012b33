using Alembic.Operations;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Runs a plan on a database: connects the loop, the session and the observers.</summary>
internal sealed class OnlineRun
{
    private readonly OpenDatabase _open;
    private readonly MigrationPlan _plan;
    private readonly LockWait _wait;
    private readonly StepLoop _loop;
    private readonly OnlineTarget _target;
    private readonly bool _keepsJournal;

    private OnlineRun(OpenDatabase open, MigrationSet migrations, MigrationPlan plan, MigratorOptions options,
        ApplyOptions apply, ILogger log, DryRun? dryRun = null)
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
        var journaled = new JournaledSession(compiling, session, operations);
        var op = new Op(
            dialect, dryRun is null ? operations : DryRun.Guarded(operations, dialect), dryRun?.Around(journaled, dialect) ?? journaled)
        {
            EngineName = environment.EngineName,
            Context = options.Context,
        };
        _target = new OnlineTarget(open, plan, op, operations, _wait, options, log, dryRun is not null);
        IStepObserver?[] observers = [dryRun, state, operations, backup, open.NewRunLog(plan.Purges), new StepSpans()];
        _loop = new StepLoop(migrations.Map, load, environment, _target, [.. observers.OfType<IStepObserver>()], options);
    }

    /// <summary>Runs a plan, and commits it unless it is a dry run.</summary>
    /// <param name="open">The database.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How migrations are run.</param>
    /// <param name="apply">How this plan is run.</param>
    /// <param name="log">Where the log goes.</param>
    /// <param name="dryRun">The dry run that it is part of; null to commit.</param>
    public static MigrationReport Carry(OpenDatabase open, MigrationSet migrations, MigrationPlan plan, MigratorOptions options,
        ApplyOptions apply, ILogger log, DryRun? dryRun = null)
    {
        // Nothing to do needs no lock.
        if (plan is { Steps.Count: 0, Purges: false, Found: not null })
            return new([], plan.From);
        using var span = Spans.Whole(Spans.Run);
        if (open.Exists && open.Session.WhyReadOnly() is { } why)
            throw new ReadOnlyDatabaseException(open.Database.DisplayUrl, why) { Report = new([], plan.From) };
        if (open.Exists && open.Session.Dialect.Product(open.Session) is { } product)
        {
            if (product.IsRefused)
                throw new UnsupportedProductException(product);
            log.Warn($"{product.Name}: {product.Lack}");
        }
        if (plan.Found is not null)
            open.Versions.Check(open.Session, plan.Steps.SelectMany(s => s.UpIds));
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(options.Cancelled, apply.Cancelled);
        open.Session.Cancelled = cancelled.Token;
        var run = new OnlineRun(open, migrations, plan, options, apply, log, dryRun);
        try
        {
            run.Run();
            return run._target.Report;
        }
        catch (MigrationException failure)
        {
            failure.Report = run._target.Report;
            throw;
        }
        // A refused commit, an OnVersionApply callback that threw, a connection lost between two units.
        catch (Exception failure) when (run._target.Report is { Applied.Count: > 0 } report)
        {
            throw new MigrationException(failure, report);
        }
        finally
        {
            open.Session.Cancelled = options.Cancelled;
        }
    }

    private void Run()
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
