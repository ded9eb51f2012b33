using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>A project's migrations: the graph of its revisions, and the code to run for each.</summary>
/// <param name="map">The graph.</param>
/// <param name="load">
/// Prepares the migrations of a plan's steps before anything is changed, and returns the lookup by revision. Called once for a plan.
/// </param>
public sealed class MigrationSet(RevisionMap map, Func<IReadOnlyList<Step>, Func<Revision, Migration>> load)
{
    /// <summary>The graph of the revisions.</summary>
    public RevisionMap Map => map;

    /// <summary>Gets the migrations that are compiled into an assembly: the classes with <c>[Revision(…)]</c>.</summary>
    /// <param name="assembly">The assembly, for example <c>typeof(Program).Assembly</c>.</param>
    /// <param name="others">Further ones, whose revisions belong to the same history.</param>
    /// <exception cref="AlembicException">There are none, or one is not a migration.</exception>
    [RequiresUnreferencedCode(CompiledRevisions.WhenTrimmed)]
    public static MigrationSet FromAssembly(Assembly assembly, params IEnumerable<Assembly> others) =>
        CompiledRevisions.Of([assembly, .. others]);

    /// <summary>Creates the migration of a revision.</summary>
    /// <param name="revision">The revision's id.</param>
    /// <exception cref="RevisionException">There is no such revision.</exception>
    public Migration Create(string revision)
    {
        var node = Map.Find(revision) ?? throw new RevisionNotFoundException(revision, "there is no such revision");
        return load(Map.Upgrade(node.Id, []))(node.Revision);
    }

    // Compiling takes long, so it happens before the lock is taken.
    internal Func<Revision, Migration>? Load(IReadOnlyList<Step> steps) =>
        steps.Any(s => !s.IsStamp) ? load([.. steps.Where(s => !s.IsStamp)]) : null;
}
