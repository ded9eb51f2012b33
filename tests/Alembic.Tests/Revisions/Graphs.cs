using Alembic.Revisions;
using CsCheck;

namespace Alembic.Tests.Revisions;

/// <summary>Random graphs with branches, merges, labels and dependencies, in an order of files that is not the order of time.</summary>
internal static class Graphs
{
    private static readonly Gen<int[]> Few = Gen.Int[0, 1000].Array[0, 3];

    public static readonly Gen<RevisionMap> Any =
        Gen.Select(Gen.Select(Gen.Int[0, 9], Few, Gen.Int[0, 4], Few, Gen.Int[0, 9]).Array[1, 18], Gen.Int[0, 1000], Make);

    private static RevisionMap Make((int Kind, int[] Down, int DependencyKind, int[] Dependencies, int LabelKind)[] drawn, int shuffle)
    {
        var revisions = drawn.Select((r, i) => new Revision(
            Id(i),
            down: i == 0 || r.Kind == 0 ? [] : r.Kind < 6 ? [Id(i - 1)] : Pick(r.Down, i),
            dependsOn: r.DependencyKind == 0 ? Pick(r.Dependencies, i) : [],
            branchLabels: r.LabelKind == 0 ? [$"label{i}"] : []));
        return new RevisionMap(revisions.Index().OrderBy(r => (r.Index + 1) * (shuffle + 1) % 1009).Select(r => r.Item));
    }

    private static string[] Pick(int[] drawn, int below) => below == 0 ? [] : [.. drawn.Select(d => Id(d % below)).Distinct()];

    private static string Id(int i) => $"r{i:d3}";

    public static bool IsAncestor(RevisionNode ancestor, RevisionNode node) =>
        ancestor != node && RevisionWalk.Reach([node], n => n.AllDown).Contains(ancestor);
}
