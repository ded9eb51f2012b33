using Alembic.Operations;
using Alembic.Revisions;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>Makes the steps of a plan, each with its version rows: on a database or into a script.</summary>
/// <param name="map">The graph.</param>
/// <param name="load">Gives a revision's migration; null where there are only stamps.</param>
/// <param name="options">The environment's options.</param>
/// <param name="target">Where the steps are made.</param>
/// <param name="observers">What looks on, in the order in which it is told.</param>
/// <param name="run">The clock, where the log goes, what ends the run.</param>
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

    // Stamps belong together: half of them is a state that nobody asked for.
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
            // Here, and not only by the commit, so that the migration is named. One transaction for all may be put right by a later one.
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
/// <param name="Left">The steps to make.</param>
/// <param name="Rows">What the version table holds.</param>
/// <param name="Applied">The steps that are made.</param>
internal sealed record Progress(IReadOnlyList<Step> Left, IReadOnlyList<string> Rows, IReadOnlyList<AppliedStep> Applied);

/// <summary>Where steps are made: a database or a script.</summary>
internal interface IStepTarget
{
    /// <summary>The directives of the migrations.</summary>
    Op Op { get; }

    /// <summary>The database that the steps are made on; null for a script.</summary>
    IMigrationSession? Session { get; }

    CancellationToken Cancelled { get; }

    /// <summary>Tells whether each migration is a unit of work, not the whole plan.</summary>
    bool HasUnitPerMigration { get; }

    /// <summary>Does a unit of work: in a transaction where there are any, and once more where something was in the way.</summary>
    /// <param name="at">Where the run is.</param>
    /// <param name="unit">Does the unit; told whether its transaction is a new one, in which everything may be different.</param>
    Progress InUnit(Progress at, Func<Progress, bool, Progress> unit);

    /// <summary>Makes sure that what a migration left is sound.</summary>
    void Check();

    /// <summary>Changes the version table.</summary>
    void Apply(IReadOnlyList<RowChange> changes);

    /// <summary>An error without values of rows.</summary>
    Exception WithoutRowValues(Exception exception);

    /// <summary>What the user wants to know first when a step failed: what is in the database now. Null for a script.</summary>
    /// <param name="step">The step.</param>
    /// <param name="rows">The version rows before it.</param>
    /// <param name="first">What to do before the same command is run again.</param>
    string? StateAfter(Step step, IReadOnlyList<string> rows, string first);
}

/// <summary>Looks on as steps are made, in their transactions.</summary>
internal interface IStepObserver
{
    /// <summary>A unit of work begins.</summary>
    /// <param name="at">Where the run is.</param>
    /// <param name="isNew">Whether its transaction is a new one, in which everything may be different.</param>
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

    /// <summary>A step is made, and not yet committed.</summary>
    void Made(AppliedStep step, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
    }

    /// <summary>A unit of work is done; it may share its commit with the next one.</summary>
    void Done(Progress at)
    {
    }
}
