using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Runtime;

/// <summary>The engine: reads what is applied, has the plan made and carries it out, each step with its version rows.</summary>
internal sealed class Migrator(MigrationTask task, EnvironmentOptions options, MetaData? model)
{
    private readonly ILogger _log = task.Logging.CreateLogger("alembic.runtime.migration");

    public void Run(Database database)
    {
        var dialect = database.Dialect;
        Say($"Context impl {dialect.ImplementationName}.");
        Say(IsTransactional(dialect) ? "Will assume transactional DDL." : "Will assume non-transactional DDL.");

        using var session = new OnlineSession(database, task.Logging.CreateLogger("sqlalchemy.engine.Engine"));
        var versions = new VersionTable(dialect, options);
        // A database that is not there yet is not made just to be looked at.
        var rows = database.Exists() && !task.Purges ? versions.Read(session) : [];
        var steps = task.Plan(new MigrationContext(dialect, options, session, database.DisplayUrl, model), rows);
        var load = steps.Any(s => !s.IsStamp) ? task.Load([.. steps.Where(s => !s.IsStamp).Select(s => s.Revision!)]) : null;
        if (steps.Count == 0 && !task.CreatesVersionTable && !task.Purges)
            return;

        if (!versions.Exists(session))
            InTransaction(session, () => session.Execute(versions.Create()));
        else if (task.Purges)
            InTransaction(session, () => session.Execute(versions.DeleteAll()));

        var op = new Op(dialect, new OperationCompiler(dialect, session, session), session) { EngineName = options.EngineName };
        if (options.TransactionPerMigration)
        {
            foreach (var step in steps)
                InTransaction(session, () => rows = Make(step, rows, session, versions, load, op));
        }
        else if (steps.Count > 0)
        {
            InTransaction(session, () =>
            {
                foreach (var step in steps)
                    rows = Make(step, rows, session, versions, load, op);
            });
        }
    }

    public void Script(Dialect dialect, TextWriter script)
    {
        Say($"Context impl {dialect.ImplementationName}.");
        Say("Generating static SQL");
        Say(IsTransactional(dialect) ? "Will assume transactional DDL." : "Will assume non-transactional DDL.");

        var session = new ScriptSession(dialect, options, script);
        var versions = new VersionTable(dialect, options);
        var rows = task.ScriptStart(options.StartingRevision);
        var steps = task.Plan(new MigrationContext(dialect, options, session, "", model), rows);
        var load = steps.Any(s => !s.IsStamp) ? task.Load([.. steps.Where(s => !s.IsStamp).Select(s => s.Revision!)]) : null;
        var op = new Op(dialect, new OperationCompiler(dialect, session, session), session) { EngineName = options.EngineName };
        if (!options.ScriptsTransactionPerMigration)
            session.Begin();
        if (steps.Count == 0 && task.CreatesVersionTable && rows.Count == 0)
            session.Accept(versions.Create());
        foreach (var step in steps)
        {
            if (options.ScriptsTransactionPerMigration)
                session.Begin();
            if (rows.Count == 0 && step.IsUpgrade)
                session.Accept(versions.Create());
            Say(step.LogText);
            session.Comment("Running " + step.Text);
            Migrate(step, load, op, null);
            var change = HeadChange.Of(task.Map, step, rows);
            foreach (var row in change.Changes)
                session.Accept(versions.Script(row));
            rows = change.Rows;
            Tell(step, rows);
            if (options.ScriptsTransactionPerMigration)
                session.Commit();
        }
        if (!options.ScriptsTransactionPerMigration)
            session.Commit();
    }

    private IReadOnlyList<string> Make(
        Step step, IReadOnlyList<string> rows, OnlineSession session, VersionTable versions, Func<Revision, Migration>? load, Op op)
    {
        Say(step.LogText);
        Migrate(step, load, op, session);
        var change = HeadChange.Of(task.Map, step, rows);
        _log.Log(LogLevel.Debug, 0, change.LogText, null, static (text, _) => text);
        foreach (var row in change.Changes)
            versions.Apply(session, row);
        Tell(step, change.Rows);
        return change.Rows;
    }

    private void Migrate(Step step, Func<Revision, Migration>? load, Op op, OnlineSession? session)
    {
        if (step.IsStamp)
            return;
        try
        {
            var migration = load!(step.Revision!);
            if (step.IsUpgrade)
                migration.Upgrade(op);
            else
                migration.Downgrade(op);
            // Here, and not only by the commit, so that the migration is named. One transaction for all may be put right by a later one.
            if (options.TransactionPerMigration)
                session?.Check();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new MigrationFailedException(step, exception);
        }
    }

    private void Tell(Step step, IReadOnlyList<string> rows) => options.OnVersionApply(new VersionApply(step.IsUpgrade, step.IsStamp, step.UpIds, step.DownIds, rows));

    private static void InTransaction(OnlineSession session, Action work)
    {
        session.Begin();
        try
        {
            work();
            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }
    }

    private bool IsTransactional(Dialect dialect) => options.TransactionalDdl ?? dialect.HasTransactionalDdl;

    private void Say(string text) => _log.Log(LogLevel.Information, 0, text, null, static (text, _) => text);
}
