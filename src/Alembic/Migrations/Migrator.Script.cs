using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

// Writing a script in place of a run.
internal sealed partial class Migrator
{
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
        var load = Load(steps);
        var op = new Op(dialect, new OperationCompiler(dialect, session, session), session) { EngineName = options.EngineName };
        if (options.EngineName is { } name)
            session.Comment($"Database {name}");
        if (task.Guards)
            session.Guard(versions.Start(rows));
        if (!options.ScriptsTransactionPerMigration)
            session.Begin();
        if (steps.Count == 0 && task.CreatesVersionTable && rows.Count == 0)
            session.Accept(versions.Create(ifNotExists: task.Guards));
        foreach (var step in steps)
        {
            if (options.ScriptsTransactionPerMigration)
                session.Begin();
            if (rows.Count == 0 && step.IsUpgrade)
                session.Accept(versions.Create(ifNotExists: task.Guards));
            Say(step.LogText);
            session.Comment("Running " + step.Text);
            Migrate(step, rows, load, op, null);
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
        if (task.Guards)
            session.EndGuard();
        script.Write(text.GetStringBuilder());
    }
}
