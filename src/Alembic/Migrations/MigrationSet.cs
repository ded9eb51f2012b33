using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>A project's migrations: the graph of its revisions, and the code to run for each.</summary>
/// <param name="map">The graph.</param>
/// <param name="load">
/// Makes the migrations of a plan's steps ready, before anything is changed, and gives each for its revision. Called once for a plan.
/// </param>
public sealed class MigrationSet(RevisionMap map, Func<IReadOnlyList<Step>, Func<Revision, Migration>> load)
{
    /// <summary>The graph of the revisions.</summary>
    public RevisionMap Map => map;

    // What takes long comes before the lock: the compiler.
    internal Func<Revision, Migration>? Load(IReadOnlyList<Step> steps) =>
        steps.Any(s => !s.IsStamp) ? load([.. steps.Where(s => !s.IsStamp)]) : null;
}
