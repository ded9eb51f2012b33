using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>The steps from a database's current revisions to a target. Planning changes nothing.</summary>
public sealed class MigrationPlan
{
    internal MigrationPlan(IReadOnlyList<string>? found, Func<IReadOnlyList<string>, IReadOnlyList<Step>> steps)
    {
        Found = found;
        StepsFrom = steps;
        Steps = steps(From);
    }

    /// <summary>The revisions that the database was at when the plan was created.</summary>
    public IReadOnlyList<string> From => Found ?? [];

    /// <summary>The steps, the first one first.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Tells whether the version table's rows are deleted first.</summary>
    public bool Purges { get; internal init; }

    /// <summary>Tells whether the history shows that the database is ahead of all migrations, so that there is nothing to do.</summary>
    public bool IsAhead { get; internal init; }

    /// <summary>The revision before which the plan stops because it contracts; null if there is none.</summary>
    public Revision? StopsBefore { get; internal init; }

    /// <summary>Tells whether the version table is created even if there are no steps.</summary>
    internal bool CreatesVersionTable { get; init; }

    /// <summary>The rows of the version table; null if it does not exist.</summary>
    internal IReadOnlyList<string>? Found { get; }

    /// <summary>Plans again, once the lock is held and the database's revisions are certain.</summary>
    internal Func<IReadOnlyList<string>, IReadOnlyList<Step>> StepsFrom { get; }

    /// <summary>Ends before the first revision that contracts.</summary>
    internal MigrationPlan BeforeContracting()
    {
        static bool Contracts(Step step) => step.Revision?.Phase == Phase.Contract;
        return new(Found, rows => [.. StepsFrom(rows).TakeWhile(step => !Contracts(step))])
        {
            StopsBefore = Steps.FirstOrDefault(Contracts)?.Revision,
        };
    }
}
