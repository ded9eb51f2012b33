using System.Data;
using System.Data.Common;
using System.Runtime.ExceptionServices;
using Alembic.Operations;
using Alembic.Revisions;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Runs steps on a database whose migration lock is held.</summary>
/// <param name="open">The database.</param>
/// <param name="plan">The plan, created before the lock was held.</param>
/// <param name="op">The directives of the migrations.</param>
/// <param name="operations">Runs their operations.</param>
/// <param name="wait">Waits for table locks.</param>
/// <param name="options">The environment's options, and the clock.</param>
/// <param name="log">Where the log goes.</param>
/// <param name="isDryRun">Whether everything is rolled back at the end.</param>
internal sealed class OnlineTarget(
    OpenDatabase open, MigrationPlan plan, Op op, JournaledOperations operations, LockWait wait, MigratorOptions options,
    ILogger log, bool isDryRun) : IStepTarget
{
    private readonly OnlineSession _session = open.Session;
    private Progress _kept = new(plan.Steps, plan.From, []);

    public Op Op => op;

    public IMigrationSession? Session => _session;

    public CancellationToken Cancelled => _session.Cancelled;

    public bool HasUnitPerMigration => options.Environment.TransactionPerMigration && !isDryRun;

    /// <summary>What is committed or, after a dry run, what was rolled back.</summary>
    public MigrationReport Report => new(_kept.Applied, _kept.Rows);

    // A migration that cannot get a table lock gives up, lets the queue behind it drain, and retries, from its beginning or resumed.
    public Progress InUnit(Progress at, Func<Progress, bool, Progress> unit)
    {
        var waiting = wait.Begin("A lock on a table", () => null, TimeSpan.FromSeconds(30));
        Progress? done;
        while ((done = TryUnit(at, unit)) is null)
            waiting.Pause();
        return done;
    }

    public void Check() => _session.Check();

    public void Apply(IReadOnlyList<RowChange> changes)
    {
        foreach (var change in changes)
            open.Versions.Apply(statement => _session.Execute(statement), change);
    }

    public Exception WithoutRowValues(Exception exception) => open.Database.WithoutRowValues(exception);

    public string StateAfter(Step step, IReadOnlyList<string> rows, string first) =>
        operations.HasKept
            ? $"what {step.Revision!.Id} had done is kept and recorded: {first}the same command continues from there"
        : HasUnitPerMigration || !_session.Dialect.HasTransactionalDdl
            ? $"nothing of {step.Revision!.Id} was changed; the database is at {Names(rows)}"
        : "nothing was changed";

    private static string Names(IReadOnlyList<string> rows) => rows.Count == 0 ? "base" : string.Join(", ", rows);

    /// <returns>Null if another session holds a lock that is needed.</returns>
    private Progress? TryUnit(Progress at, Func<Progress, bool, Progress> unit)
    {
        var isNew = _session.Begin();
        try
        {
            if (isNew)
                at = Found(at);
            var done = unit(at, isNew);
            Commit(done);
            return done;
        }
        catch (Exception exception)
        {
            TakeBack(WithoutRowValues(exception));
            if (!isNew)
                _kept = at;
            if (MigrationFailedException.Chain(exception).OfType<BackupIsLateException>().Any())
                return TryUnit(at, unit);
            // The journal knows what is kept of the migration.
            if (_session.Connection.State == ConnectionState.Open
                && MigrationFailedException.Chain(exception).OfType<DbException>().Any(open.Database.IsBusy))
                return null;
            ExceptionDispatchInfo.Throw(WithoutRowValues(exception));
            throw;
        }
    }

    private void Commit(Progress done)
    {
        if (isDryRun)
        {
            // Raises the errors that a commit would have raised.
            _session.Check();
            if (_session.Dialect.CheckDeferred is { } text)
                _session.Execute(new Statement(text));
            _session.Rollback();
            _kept = done;
            return;
        }
        try
        {
            _session.Commit(isFollowed: done.Left.Count > 0);
        }
        catch (CommitUnansweredException)
        {
            log.Warn(UnansweredCommit.FindOut(_session, open.Versions, done.Rows, options.Clock));
        }
        if (_session.Transaction is null)
            _kept = done;
    }

    private void TakeBack(Exception exception)
    {
        try
        {
            _session.Rollback();
        }
        catch (Exception refused) when (refused is DbException or InvalidOperationException)
        {
            // Happens if the disk is full or the database refuses the commit.
            throw new MigrationException(exception.Message, exception)
            {
                Hint = $"what this run had done before was rolled back, too: the database is at {Names(_kept.Rows)}",
            };
        }
    }

    // Only in a transaction with the lock held is the plan's starting point certain. The version table is created in the transaction that
    // needs it: a first migration that fails leaves no table behind.
    private Progress Found(Progress at)
    {
        var found = open.Versions.Read(_session);
        if (found is null)
            CreateVersionTable();
        _kept = at with { Rows = found ?? [] };
        if (plan.Purges && found is not null)
            _session.Execute(open.Versions.DeleteAll());
        var rows = plan.Purges ? [] : _kept.Rows;
        return rows.ToHashSet().SetEquals(at.Rows) ? at : at with { Left = StillToDo(plan.StepsFrom(rows), at.Rows, rows), Rows = rows };
    }

    private void CreateVersionTable()
    {
        foreach (var statement in open.Versions.Create(open.Map.LongestId))
            _session.Define(statement);
    }

    // Another run may have done some or all of the steps. Never do more than was planned: of two concurrent `upgrade +1`, the second does
    // nothing.
    private List<Step> StillToDo(IReadOnlyList<Step> now, IReadOnlyList<string> before, IReadOnlyList<string> found)
    {
        var wanted = plan.Steps.Select(s => s.Text).ToHashSet();
        var left = now.TakeWhile(s => s.IsStamp || wanted.Contains(s.Text)).ToList();
        return !now.Skip(left.Count).Any(s => wanted.Contains(s.Text))
            ? left
            : throw new MigrationException(
                $"Another run has migrated the database in the meantime: it was at {Names(before)} and is at {Names(found)} now")
            {
                Hint = "run the command again; it continues from there",
            };
    }
}
