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

/// <summary>One of the environment's databases, for the work of a command.</summary>
internal sealed class DatabaseRun(
    Project project, MigrationEnvironment environment, Migrators migrators, Migrator migrator, string? scriptFile)
{
    public Migrator Migrator => migrator;

    /// <summary>What migrations see of the command.</summary>
    public EnvironmentContext Context => environment.Context;

    /// <summary>Prepares migrations, and gets a function from a revision to its migration.</summary>
    public Func<Revision, Migration> Load(IReadOnlyList<RevisionNode> revisions) => revisions.Count == 0
        ? _ => throw new InvalidOperationException("there are none")
        : project.Code.LoadMigrations([.. revisions.Select(Step.Upgrade)], project.Scripts.Helpers);

    /// <summary>Works on a new, empty database beside this one. It is dropped afterwards.</summary>
    public void OnScratch(Action<DatabaseRun> work) => migrator.Database!.OnScratch(
        scratch =>
        {
            using var own = migrators.Of(scratch);
            work(new DatabaseRun(project, environment, migrators, own, scriptFile: null));
        },
        text => project.Reporter.Warn(DiagnosticCode.ScratchDatabase, text));

    public void CreateVersionTable() => migrator.Apply(migrator.PlanVersionTable());

    /// <summary>
    /// Compares the database with the environment's model or, if it has none, with the EF Core model that the ini file names.
    /// </summary>
    public Comparison Compare(ModelOptions model, Func<ComparisonOptions, ComparisonOptions> configure)
    {
        IReadOnlyList<TableRows> inserted = [];
        // Reads the model in parallel with the database. Only later is it known whether the environment has a model of its own.
        using var begun = project.BeginModel(model, migrator.Dialect);
        return migrator.Compare(
            () =>
            {
                if (environment.TargetMetadata is { } own)
                    return own;
                inserted = new InsertedRows(migrator.Dialect, environment.Context)
                    .Of(project.Map, steps => project.Code.LoadMigrations(steps, project.Scripts.Helpers));
                using var span = Spans.Begin(Spans.Model);
                return (begun ?? project.Model(model)).Read(migrator.Dialect);
            },
            options => configure(options with { InsertedRows = inserted }));
    }

    /// <summary>Compares the model with what all revisions create in a new, empty database.</summary>
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

    /// <summary>Tells whether a revision would have something to do, by the environment's rules.</summary>
    public bool IsDifferent(Comparison comparison) => migrator.Environment
        .ProcessRevisionDirectives([new RevisionDirective(null, comparison.UpgradeOperations)]).Any(d => d.Upgrade.Count > 0);

    /// <summary>Runs a check of the migrations on this database that a migrator cannot do.</summary>
    public void Check(Action<MigrationSet, Database, MigratorOptions> check)
    {
        // Compiled together: a check runs them one by one.
        Func<Revision, Migration>? all = null;
        check(new MigrationSet(project.Map, _ => all ??= Load([.. project.Map.History()])), migrator.Database!, migrators.Options);
    }

    /// <summary>Runs a plan, and shows what was done.</summary>
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

    /// <summary>Runs a plan, rolls it back, and shows what was done.</summary>
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
    /// <param name="isGuarded">Whether it checks that the database is at the revision where the script starts.</param>
    /// <param name="isIdempotent">Whether it runs only what is missing, whatever the database is at.</param>
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
