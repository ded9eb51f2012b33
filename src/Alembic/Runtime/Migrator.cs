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
        SayWhich();
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

        var op = new Op(dialect, new OperationCompiler(dialect, session, session), session) { EngineName = options.EngineName };
        // Stamps belong together: half of them is a state that nobody asked for.
        var whole = !options.TransactionPerMigration || steps.All(s => s.IsStamp);
        IEnumerable<IReadOnlyList<Step>> units = whole ? [steps] : steps.Select(step => new[] { step });
        var transactions = new Transactions(session, dialect.CommitInterval);
        foreach (var unit in units)
        {
            transactions.Run(() => Prepare(session, versions, rows), () =>
            {
                foreach (var step in unit)
                    rows = Make(step, rows, session, versions, load, op);
            });
        }
        transactions.End();
    }

    // In the transaction that needs it: a first migration that fails leaves no table behind. And only now, with the database in hand, is it
    // certain that it is still what the plan was made for.
    private void Prepare(OnlineSession session, VersionTable versions, IReadOnlyList<string> rows)
    {
        if (!versions.Exists(session))
        {
            session.Execute(versions.Create());
        }
        else if (task.Purges)
        {
            session.Execute(versions.DeleteAll());
        }
        else if (versions.Read(session) is var found && !found.ToHashSet().SetEquals(rows))
        {
            throw new AlembicException($"Somebody else has migrated the database in the meantime: it was at {Names(rows)} and is at {Names(found)} now")
            {
                Hint = "run the command again; it goes on from there",
            };
        }
    }

    private static string Names(IReadOnlyList<string> rows) => rows.Count == 0 ? "base" : string.Join(", ", rows);

    public void Script(Dialect dialect, TextWriter script)
    {
        SayWhich();
        Say($"Context impl {dialect.ImplementationName}.");
        Say("Generating static SQL");
        Say(IsTransactional(dialect) ? "Will assume transactional DDL." : "Will assume non-transactional DDL.");

        // Written when it is whole: a script that ends in the middle would be run up to there by whatever reads it.
        var text = new StringWriter { NewLine = script.NewLine };
        var session = new ScriptSession(dialect, options, text);
        var versions = new VersionTable(dialect, options);
        var rows = task.ScriptStart(options.StartingRevision);
        var steps = task.Plan(new MigrationContext(dialect, options, session, "", model), rows);
        var load = steps.Any(s => !s.IsStamp) ? task.Load([.. steps.Where(s => !s.IsStamp).Select(s => s.Revision!)]) : null;
        var op = new Op(dialect, new OperationCompiler(dialect, session, session), session) { EngineName = options.EngineName };
        if (options.EngineName is { } name)
            session.Comment($"Database {name}");
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
        script.Write(text);
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

    private bool IsTransactional(Dialect dialect) => options.TransactionalDdl ?? dialect.HasTransactionalDdl;

    private void SayWhich()
    {
        if (options.EngineName is { } name)
            Say($"Migrating database {name}");
    }

    private void Say(string text) => _log.Log(LogLevel.Information, 0, text, null, static (text, _) => text);
}
