using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>Writes a plan as a script.</summary>
internal static class ScriptRun
{
    public static void Write(Dialect dialect, MigrationSet migrations, MigrationPlan plan, MigratorOptions options, TextWriter writer,
        bool isGuarded, bool isIdempotent, Database? replica)
    {
        if (plan is { Steps.Count: 0, CreatesVersionTable: false })
            return;
        var environment = options.Environment;
        // Written only when complete: a reader such as psql would run a truncated script up to its end.
        var text = new StringWriter { NewLine = writer.NewLine };
        using var session = new ScriptSession(dialect, environment, text, replica,
            replica?.IsReplicaWithTables == true || plan.From.Count == 0);
        var target = new ScriptTarget(session, dialect, options, migrations.Map.LongestId, isGuarded, isIdempotent);
        var loop = new StepLoop(migrations.Map, migrations.Load(plan.Steps), environment, target, [target], options);
        if (environment.EngineName is { } name)
            session.Comment($"Database {name}");
        if (isGuarded)
            session.Guard(new VersionTable(dialect, environment).Start(plan.From, migrations.Map.LongestId));
        if (isIdempotent)
            BeginAnywhere(session, new VersionTable(dialect, environment), migrations.Map, plan.From);
        loop.Run(new Progress(plan.Steps, plan.From, []));
        if (isGuarded || isIdempotent)
            session.EndGuard();
        session.End();
        writer.Write(text.GetStringBuilder());
    }

    // The script must know every revision that the database may be at. Otherwise it would run applied revisions again.
    private static void BeginAnywhere(ScriptSession session, VersionTable versions, RevisionMap map, IReadOnlyList<string> start)
    {
        session.StopOnError();
        foreach (var statement in versions.Create(map.LongestId, ifNotExists: true))
            session.Accept(statement);
        session.Refuse("The database has a revision that this script does not know: ", versions.Unknown(map));
        foreach (var node in map.Resolve(start))
            session.Refuse($"This script starts at {node.Id}, but the database is at ", versions.NotAt(node));
    }
}
