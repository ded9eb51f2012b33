using Alembic.Operations;
using Alembic.Revisions;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Runs the steps of a plan, each with its version rows: on a database or into a script.</summary>
/// <param name="map">The graph.</param>
/// <param name="load">Gives a revision's migration; null if there are only stamps.</param>
/// <param name="options">The environment's options.</param>
/// <param name="target">Where the steps run.</param>
/// <param name="observers">The observers, in the order in which they are called.</param>
/// <param name="run">The clock, the log and the cancellation of the run.</param>
internal sealed class StepLoop(
    RevisionMap map, Func<Revision, Migration>? load, EnvironmentOptions options, IStepTarget target,
    IReadOnlyList<IStepObserver> observers, MigratorOptions run)
{
    private readonly ILogger _log = run.Logging.CreateLogger(LogText.Category);

    public Progress Run(Progress progress)
    {
        do
        {
            progress = target.InUnit(progress, Unit);
            foreach (var observer in observers)
                observer.Done(progress);
        }
        while (progress.Left.Count > 0);
        return progress;
    }

    // Stamps are one unit: half of them would be a state that nobody asked for.
    private Progress Unit(Progress at, bool isNew)
    {
        foreach (var observer in observers)
            observer.Begin(at, isNew);
        for (var count = target.HasUnitPerMigration && !at.Left.All(s => s.IsStamp) ? 1 : at.Left.Count; count > 0; count--)
            at = RunStep(at);
        return at;
    }

    private Progress RunStep(Progress at)
    {
        var step = at.Left[0];
        foreach (var observer in observers)
            observer.Starting(step, at.Rows);
        var begun = run.Clock.GetTimestamp();
        _log.Inform(step.LogText);
        if (!step.IsStamp)
            Migrate(step, at.Rows);
        foreach (var observer in observers)
            observer.Finishing();
        var change = HeadChange.Of(map, step, at.Rows);
        _log.Debug(change.LogText);
        target.Apply(change.Changes);
        options.OnVersionApply(new VersionApply(step.IsUpgrade, step.IsStamp, step.UpIds, step.DownIds, change.Rows)
        {
            Revision = step.Revision,
            Connection = target.Session?.Connection,
            Transaction = target.Session?.Transaction,
        });
        var made = new AppliedStep(step, run.Clock.GetElapsedTime(begun));
        foreach (var observer in observers)
            observer.Made(made, at.Rows, change.Rows);
        return new([.. at.Left.Skip(1)], change.Rows, [.. at.Applied, made]);
    }

    private void Migrate(Step step, IReadOnlyList<string> rows)
    {
        try
        {
            target.Cancelled.ThrowIfCancellationRequested();
            var migration = load!(step.Revision!);
            if (step.IsUpgrade)
                migration.Upgrade(target.Op);
            else
                migration.Downgrade(target.Op);
            // Checks here and not only at commit, so that the error names the migration. In one transaction for all, a later migration may
            // still fix it.
            if (target.HasUnitPerMigration)
                target.Check();
        }
        catch (Exception exception) when (target.Cancelled.IsCancellationRequested && target.StateAfter(step, rows, "") is { } state)
        {
            throw new MigrationCancelledException($"in {step.Text}", state, target.WithoutRowValues(exception));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new MigrationFailedException(step, exception, target.WithoutRowValues(exception),
                target.StateAfter(step, rows, "fix the rest, then "));
        }
    }
}

/// <summary>Where a run is.</summary>
/// <param name="Left">The steps still to run.</param>
/// <param name="Rows">The rows of the version table.</param>
/// <param name="Applied">The steps that have run.</param>
internal sealed record Progress(IReadOnlyList<Step> Left, IReadOnlyList<string> Rows, IReadOnlyList<AppliedStep> Applied);

/// <summary>Where steps run: a database or a script.</summary>
internal interface IStepTarget
{
    /// <summary>The directives of the migrations.</summary>
    Op Op { get; }

    /// <summary>The database that the steps run on; null for a script.</summary>
    IMigrationSession? Session { get; }

    CancellationToken Cancelled { get; }

    /// <summary>Tells whether each migration is a unit of work, instead of the whole plan.</summary>
    bool HasUnitPerMigration { get; }

    /// <summary>Runs a unit of work: in a transaction if the target has them, and again if something, such as a lock, blocked it.</summary>
    /// <param name="at">Where the run is.</param>
    /// <param name="unit">Runs the unit; gets whether its transaction is new, in which case the database may have changed.</param>
    Progress InUnit(Progress at, Func<Progress, bool, Progress> unit);

    /// <summary>Checks that a migration left valid data.</summary>
    void Check();

    /// <summary>Changes the version table.</summary>
    void Apply(IReadOnlyList<RowChange> changes);

    /// <summary>An error without values of rows.</summary>
    Exception WithoutRowValues(Exception exception);

    /// <summary>Describes the database's state after a failed step. Null for a script.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rows">The version rows before it.</param>
    /// <param name="first">What to do before the same command is run again.</param>
    string? StateAfter(Step step, IReadOnlyList<string> rows, string first);
}

/// <summary>Observes steps as they run, in their transactions.</summary>
internal interface IStepObserver
{
    /// <summary>A unit of work begins.</summary>
    /// <param name="at">Where the run is.</param>
    /// <param name="isNew">Whether its transaction is new, in which case the database may have changed.</param>
    void Begin(Progress at, bool isNew)
    {
    }

    /// <summary>A step begins.</summary>
    void Starting(Step step, IReadOnlyList<string> rows)
    {
    }

    /// <summary>The migration has run, and its version rows are about to be changed.</summary>
    void Finishing()
    {
    }

    /// <summary>A step is done, and not yet committed.</summary>
    void Made(AppliedStep step, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
    }

    /// <summary>A unit of work is done; it may share its commit with the next one.</summary>
    void Done(Progress at)
    {
    }
}
