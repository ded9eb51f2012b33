using System.Runtime.ExceptionServices;
using Alembic.Autogenerate;
using Alembic.Migrations;
using Alembic.Revisions;
using Alembic.Schema;
using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using Alembic.Tool.Scripts;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool;

/// <summary>One of the environment's databases, as a command works on it.</summary>
internal sealed class DatabaseRun(
    Project project, MigrationEnvironment environment, Migrators migrators, Migrator migrator, string? scriptFile)
{
    public Migrator Migrator => migrator;

    /// <summary>What migrations see of the command.</summary>
    public EnvironmentContext Context => environment.Context;

    /// <summary>Makes migrations ready, and gives each for its revision.</summary>
    public Func<Revision, Migration> Load(IReadOnlyList<RevisionNode> revisions) => revisions.Count == 0
        ? _ => throw new InvalidOperationException("there are none")
        : project.Code.LoadMigrations([.. revisions.Select(Step.Upgrade)], project.Scripts.Helpers);

    /// <summary>Works on a new, empty database beside this one, of which nothing stays.</summary>
    public void OnScratch(Action<DatabaseRun> work) => migrator.Database!.OnScratch(
        scratch =>
        {
            using var own = migrators.Of(scratch);
            work(new DatabaseRun(project, environment, migrators, own, scriptFile: null));
        },
        text => project.Reporter.Warn(DiagnosticCode.ScratchDatabase, text));

    public void CreateVersionTable() => migrator.Apply(migrator.PlanVersionTable());

    /// <summary>Compares the environment's model, or else the EF Core model that the ini file names, with the database.</summary>
    public Comparison Compare(ModelOptions model, Func<ComparisonOptions, ComparisonOptions> configure)
    {
        IReadOnlyList<TableRows> inserted = [];
        // While the database tells where it is. Whether the environment has a model of its own is asked only then.
        using var begun = project.BeginModel(model, migrator.Dialect);
        return migrator.Compare(
            () =>
            {
                if (environment.TargetMetadata is { } own)
                    return own;
                inserted = new InsertedRows(migrator.Dialect, environment.Context)
                    .Of(project.Map, steps => project.Code.LoadMigrations(steps, project.Scripts.Helpers));
                return (begun ?? project.Model(model)).Read(migrator.Dialect);
            },
            options => configure(options with { InsertedRows = inserted }));
    }

    /// <summary>Compares the model with what all revisions make of a new, empty database.</summary>
    public Comparison Replay(ModelOptions model, Func<ComparisonOptions, ComparisonOptions> configure)
    {
        Comparison? comparison = null;
        OnScratch(scratch =>
        {
            scratch.Migrator.Apply(scratch.Migrator.PlanUpgrade("heads"));
            comparison = scratch.Compare(model, configure);
        });
        return comparison!;
    }

    /// <summary>Tells whether a revision would have something to do, as the environment sees it.</summary>
    public bool IsDifferent(Comparison comparison) => migrator.Environment
        .ProcessRevisionDirectives([new RevisionDirective(null, comparison.UpgradeOperations)]).Any(d => d.Upgrade.Count > 0);

    /// <summary>Does something with the migrations on this database that a migrator does not.</summary>
    public void Check(Action<MigrationSet, Database, MigratorOptions> check)
    {
        // Compiled at once: a check runs them one by one.
        Func<Revision, Migration>? all = null;
        check(new MigrationSet(project.Map, _ => all ??= Load([.. project.Map.History()])), migrator.Database!, migrators.Options);
    }

    /// <summary>Carries a plan out, and shows what was done.</summary>
    public MigrationReport Apply(MigrationPlan plan, BackupOptions? backup = null)
    {
        try
        {
            return Shown(migrator.Apply(plan, new ApplyOptions { Backup = backup }));
        }
        catch (MigrationException exception) when (exception.Report is { } partial)
        {
            Shown(partial);
            if (exception is { IsOfCause: true, InnerException: { } cause })
                ExceptionDispatchInfo.Throw(cause);
            throw;
        }

        MigrationReport Shown(MigrationReport report)
        {
            project.Reporter.Show(() => MigrationData.Of(migrator.Database!.DisplayUrl, plan, report));
            return report;
        }
    }

    /// <summary>Carries a plan out, takes it back, and shows what was done.</summary>
    public MigrationReport DryRun(MigrationPlan plan)
    {
        var report = migrator.DryRun(plan);
        foreach (var line in report.NotRun)
            project.Reporter.Log(LogLevel.Warning, line);
        project.Reporter.Show(() => MigrationData.Of(migrator.Database!.DisplayUrl, plan, report));
        return new(report.Applied, report.Revisions);
    }

    /// <summary>Writes a plan as a script.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="isGuarded">Whether it runs only on a database that is where it starts.</param>
    /// <param name="isIdempotent">Whether it does what is missing, whatever the database is at.</param>
    public void Write(MigrationPlan plan, bool isGuarded = false, bool isIdempotent = false)
    {
        if (scriptFile is null)
        {
            project.Reporter.ShowText(script => Data(script, null), writer => migrator.Script(plan, writer, isGuarded, isIdempotent));
            return;
        }
        var text = NewFile.Text(writer => migrator.Script(plan, writer, isGuarded, isIdempotent));
        project.Reporter.Log(LogLevel.Information, $"Writing output to {scriptFile}", "alembic.env");
        NewFile.Replace(project.FullPath(scriptFile), text);
        project.Reporter.Show(() => Data(null, project.FullPath(scriptFile)));

        MigrationData Data(string? script, string? file) =>
            new(null, plan.From, [], plan.Steps is [.., var last] ? last.To : plan.From, script, file, IsDryRun: false, []);
    }
}
