using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>The engine: reads what is applied, has the plan made and carries it out, each step with its version rows.</summary>
internal sealed partial class Migrator(MigrationTask task, EnvironmentOptions options, MetaData? model)
{
    private readonly ILogger _log = task.Logging.CreateLogger("alembic.runtime.migration");

    public void Run(Database database)
    {
        var dialect = database.Dialect;
        SayWhich();
        Say($"Context impl {dialect.ImplementationName}.");
        Say(IsTransactional(dialect) ? "Will assume transactional DDL." : "Will assume non-transactional DDL.");

        if (task.Restore is { } restore)
        {
            restore(database, options);
            return;
        }

        using var session = new OnlineSession(database, task.Logging.CreateLogger("sqlalchemy.engine.Engine")) { Cancelled = task.Cancelled };
        var versions = new VersionTable(dialect, options);
        var migrationLock = dialect.Lock(session, options.VersionTableSchema, options.VersionTable, () => database.Process(session.Connection), database.Open);
        var journal = new Journal(dialect, options, session);
        var history = options.KeepsHistory ? new RunLog(new RunLogTable(dialect, options, session, task.ToolVersion, task.User), session, task.Map, Warn) : null;
        var wait = new LockWait(task.LockTimeout, Warn, task.Cancelled);
        // A database that is not there yet is not made just to be looked at.
        var exists = database.Exists();
        if (task.Repair is { } repair)
        {
            if (!exists)
                throw Journal.NothingToRepair();
            session.Exclude(migrationLock, wait);
            journal.LookAgain();
            session.Begin();
            var mended = journal.Mend(repair);
            session.Commit();
            migrationLock.Release();
            Say($"{mended.Revision}: {Said(repair)}");
            return;
        }
        var left = exists ? journal.Read() : null;
        var context = new MigrationContext(dialect, options, session, database.DisplayUrl, model, exists ? migrationLock : null);
        var rows = !exists ? null : task.Purges ? [] : versions.Read(session);
        if (left is not null && !left.IsSettled(task.Map, rows ?? []))
            TellUnfinished(left, journal, migrationLock);
        if (task.MayBeBehind && rows is not null && history?.Unknown(rows) is { IsAhead: true } newer)
        {
            Say($"Nothing to do: {newer.Text}");
            return;
        }
        if (task.Verify is { } verify && rows is not null && history?.Read() is { } entries)
            verify(new RunLogState(task.Map, rows, entries).Findings);
        if (task.Accepts.Count > 0)
        {
            session.Exclude(migrationLock, wait);
            session.Begin();
            var accepted = (history ?? throw RunLog.NothingToAccept(task.Accepts[0])).Accept(rows ?? [], task.Accepts);
            session.Commit();
            Say($"Accepted {string.Join("; ", accepted.Select(f => f.Text))}");
            return;
        }
        var plan = Plan(context, rows ?? [], history);
        if (plan.Count == 0 && !task.Purges && (rows is not null || !task.CreatesVersionTable))
            return;

        if (exists && session.WhyReadOnly() is { } why)
            throw new ReadOnlyDatabaseException(database.DisplayUrl, why);
        // What takes long comes before the lock: the compiler.
        var load = Load(plan);
        var operations = new JournaledOperations(new OperationCompiler(dialect, session, session), dialect, session, journal, Say);
        (session.Leaving, session.Backfilling) = (operations.Note, operations.Backfill);
        var op = new Op(dialect, operations, session) { EngineName = options.EngineName };
        session.Exclude(migrationLock, wait);
        journal.LookAgain();
        if (!IsTransactional(dialect) && load is not null)
            journal.Create();
        var run = new Progress(plan, rows ?? []);
        var kept = run.Rows;
        var backup = new Backup(database, task.BackupFile, options.IsOwnTable, task.OnBackup);
        session.BackUp = () => backup.Take(kept, isAtStart: false);
        do
        {
            Patiently(database, session, wait, isNew =>
            {
                var found = isNew ? Prepare(session, versions) : run.Rows;
                if (!found.ToHashSet().SetEquals(run.Rows))
                    run = new(StillToDo(plan, Plan(context, found, history), run.Rows, found), found);
                // Stamps belong together: half of them is a state that nobody asked for.
                var whole = !options.TransactionPerMigration || run.Left.All(s => s.IsStamp);
                var now = whole ? run.Left : [run.Left[0]];
                left = isNew ? journal.Read() : null;
                if (left?.IsSettled(task.Map, found) == true)
                    left = null;
                session.HasLeftTransaction = left is not null;
                if (left is not null && now is [var next, ..] && (next.Revision?.Id != left.Revision || next.IsUpgrade != left.IsUpgrade))
                    throw new AlembicException($"{left}") { Hint = WayOut(left) };
                if (isNew && (task.BacksUpFirst || backup.IsDue))
                    backup.Take(kept, isAtStart: true);
                history?.Begin(run.Rows, isNeeded: now.Count > 0 || task.Purges);
                return now.Aggregate(run, (at, step) =>
                {
                    if (!step.IsUpgrade && !step.IsStamp)
                        session.BeforeLoss();
                    operations.Start(step, left);
                    left = null;
                    var begun = Stopwatch.GetTimestamp();
                    var after = Make(step, at.Rows, session, versions, load, op, operations.Finish);
                    history?.Note(step, at.Rows, after, Stopwatch.GetElapsedTime(begun));
                    return new([.. at.Left.Skip(1)], after);
                });
            }, lost => Warn(UnansweredCommit.FindOut(session, versions, lost.Rows)), (done, isKept) =>
            {
                run = done;
                history?.Done(run.Rows);
                if (isKept)
                    kept = done.Rows;
            }, () => kept);
        }
        while (run.Left.Count > 0);
        migrationLock.Release();
    }

    private Func<Revision, Migration>? Load(IReadOnlyList<Step> steps) =>
        steps.Any(s => !s.IsStamp) ? task.Load([.. steps.Where(s => !s.IsStamp)]) : null;

    private IReadOnlyList<Step> Plan(MigrationContext context, IReadOnlyList<string> rows, RunLog? history)
    {
        try
        {
            return task.Plan(context, rows);
        }
        catch (RevisionNotFoundException exception) when (rows.Contains(exception.Argument))
        {
            var unknown = history?.Unknown(rows);
            // Somebody came first who has newer files.
            if (unknown is { IsAhead: true } && task.MayBeBehind)
                return [];
            throw new RevisionNotFoundException(exception.Argument, exception.Reason)
            {
                Hint = unknown is null
                    ? "the database is at a revision that is not among the files: get the newest files, or set its table anew with dotnet alembic stamp --purge head"
                    : unknown.Text + (unknown.IsAhead ? "; run the newest files; upgrade --if-behind takes this for success" : "") + "; nothing was changed",
            };
        }
    }

    // In the transaction that needs it: a first migration that fails leaves no table behind.
    private IReadOnlyList<string> Prepare(OnlineSession session, VersionTable versions)
    {
        if (versions.Read(session) is not { } rows)
        {
            session.Define(versions.Create());
            return [];
        }
        if (!task.Purges)
            return rows;
        session.Execute(versions.DeleteAll());
        return [];
    }

    // Only now, with the lock in hand, is it certain what the plan has to start from. Another run may have done a part of it, or all; but none
    // is made longer by that: of two that go one step up, the second one finds the step made.
    private static List<Step> StillToDo(IReadOnlyList<Step> planned, IReadOnlyList<Step> now, IReadOnlyList<string> before, IReadOnlyList<string> found)
    {
        var wanted = planned.Select(s => s.Text).ToHashSet();
        var left = now.TakeWhile(s => s.IsStamp || wanted.Contains(s.Text)).ToList();
        return !now.Skip(left.Count).Any(s => wanted.Contains(s.Text))
            ? left
            : throw new AlembicException($"Somebody else has migrated the database in the meantime: it was at {Names(before)} and is at {Names(found)} now")
            {
                Hint = "run the command again; it goes on from there",
            };
    }

    private static string Names(IReadOnlyList<string> rows) => rows.Count == 0 ? "base" : string.Join(", ", rows);

    private IReadOnlyList<string> Make(
        Step step, IReadOnlyList<string> rows, OnlineSession session, VersionTable versions, Func<Revision, Migration>? load, Op op, Action finish)
    {
        Say(step.LogText);
        Migrate(step, rows, load, op, session);
        finish();
        var change = HeadChange.Of(task.Map, step, rows);
        _log.Log(LogLevel.Debug, 0, change.LogText, null, static (text, _) => text);
        foreach (var row in change.Changes)
            versions.Apply(session, row);
        Tell(step, change.Rows);
        return change.Rows;
    }

    private void Migrate(Step step, IReadOnlyList<string> rows, Func<Revision, Migration>? load, Op op, OnlineSession? session)
    {
        if (step.IsStamp)
            return;
        try
        {
            task.Cancelled.ThrowIfCancellationRequested();
            var migration = load!(step.Revision!);
            if (step.IsUpgrade)
                migration.Upgrade(op);
            else
                migration.Downgrade(op);
            // Here, and not only by the commit, so that the migration is named. One transaction for all may be put right by a later one.
            if (options.TransactionPerMigration)
                session?.Check();
        }
        catch (Exception exception) when (task.Cancelled.IsCancellationRequested && session is not null)
        {
            throw new MigrationCancelledException($"in {step.Text}", StateAfter(step, rows, session, ""), exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new MigrationFailedException(step, exception, session is null ? null : StateAfter(step, rows, session, "put the rest right, then "));
        }
    }

    // What the user wants to know first: what is in the database now.
    private string StateAfter(Step step, IReadOnlyList<string> rows, OnlineSession session, string first) =>
        !session.IsWhole || session.HasLeftTransaction ? $"what {step.Revision!.Id} had done is kept and noted: {first}the same command goes on from there"
        : options.TransactionPerMigration ? $"nothing of {step.Revision!.Id} was changed; the database is at {Names(rows)}"
        : "nothing was changed";

    private void Tell(Step step, IReadOnlyList<string> rows) => options.OnVersionApply(new VersionApply(step.IsUpgrade, step.IsStamp, step.UpIds, step.DownIds, rows));

    // A migration that cannot get a lock on a table steps back and lets those pass who wait behind it; whole or resumed, it can be tried again.
    private void Patiently(
        Database database, OnlineSession session, LockWait wait, Func<bool, Progress> work, Action<Progress> lost, Action<Progress, bool> done, Func<IReadOnlyList<string>> kept)
    {
        wait.Until("A lock on a table", Attempt, () => null, TimeSpan.FromSeconds(30));

        bool Attempt()
        {
            var isNew = session.Begin();
            try
            {
                var progress = work(isNew);
                try
                {
                    session.Commit(isFollowed: progress.Left.Count > 0);
                }
                catch (CommitUnansweredException)
                {
                    lost(progress);
                }
                done(progress, session.Transaction is null);
                return true;
            }
            catch (Exception exception)
            {
                try
                {
                    session.Rollback();
                }
                catch (DbException)
                {
                    // As a database does whose disk is full.
                    throw new AlembicException(exception.Message, exception) { Hint = $"what this run had done before was taken back, too: the database is at {Names(kept())}" };
                }
                if (MigrationFailedException.Chain(exception).OfType<BackupIsLateException>().Any())
                    return Attempt();
                // What is kept of it, the journal knows.
                if (session.Connection.State == ConnectionState.Open && MigrationFailedException.Chain(exception).OfType<DbException>().Any(database.IsBusy))
                    return false;
                throw;
            }
        }
    }

    private bool IsTransactional(Dialect dialect) => options.TransactionalDdl ?? dialect.HasTransactionalDdl;

    private void SayWhich()
    {
        if (options.EngineName is { } name)
            Say($"Migrating database {name}");
    }

    private void Warn(string text) => _log.Log(LogLevel.Warning, 0, text, null, static (text, _) => text);

    private void Say(string text) => _log.Log(LogLevel.Information, 0, text, null, static (text, _) => text);

    /// <summary>Where a run is: the steps to make, and the rows that the version table holds.</summary>
    private sealed record Progress(IReadOnlyList<Step> Left, IReadOnlyList<string> Rows);
}
