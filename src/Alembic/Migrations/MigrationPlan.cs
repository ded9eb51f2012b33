using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>The steps that lead a database from where it is to a target. To make a plan changes nothing.</summary>
public sealed class MigrationPlan
{
    internal MigrationPlan(IReadOnlyList<string>? found, Func<IReadOnlyList<string>, IReadOnlyList<Step>> steps)
    {
        Found = found;
        StepsFrom = steps;
        Steps = steps(From);
    }

    /// <summary>The revisions that the database was at when the plan was made.</summary>
    public IReadOnlyList<string> From => Found ?? [];

    /// <summary>The steps, the first one first.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Tells whether the version table's rows are deleted first.</summary>
    public bool Purges { get; internal init; }

    /// <summary>Tells whether the history proves the database to be ahead of all migrations, so that there is nothing to do.</summary>
    public bool IsAhead { get; internal init; }

    /// <summary>Tells whether the version table is created also where there are no steps.</summary>
    internal bool CreatesVersionTable { get; init; }

    /// <summary>What the version table held; null where there is none.</summary>
    internal IReadOnlyList<string>? Found { get; }

    /// <summary>Makes the plan again, once the lock is held and it is certain where the database is.</summary>
    internal Func<IReadOnlyList<string>, IReadOnlyList<Step>> StepsFrom { get; }
}
