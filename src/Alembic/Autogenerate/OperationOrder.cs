using Alembic.Operations;

namespace Alembic.Autogenerate;

/// <summary>Puts operations in an order in which they can run: nothing is pointed to before it is there, or dropped while it is pointed to.</summary>
internal static class OperationOrder
{
    public static IReadOnlyList<PlannedOperation> Of(
        TableChanges added, TableChanges removed, IEnumerable<(TablePair Pair, IReadOnlyList<Difference> Differences)> tables, ComparisonOptions options, Dialect dialect)
    {
        var changes = tables.Select(t => (t.Pair, Differences: t.Differences.Where(f => f.Operation is not null).OrderBy(f => f.Phase).ToList())).ToList();
        var all = changes.SelectMany(t => t.Differences).ToList();
        var clash = new NameCollisions(dialect, [.. added.Tables, .. added.ForeignKeys, .. all.Select(f => f.Operation!)]);
        // What frees a name goes before everything, and before that what leans on it: foreign keys, and tables that have some.
        var freed = all.Where(f => f.Phase <= Phase.DropOther && clash.IsFreed(f.Operation!)).ToList();
        var isClash = freed.Count > 0 || removed.Tables.Any(clash.IsFreed);
        var keys = isClash ? all.Where(f => f.Phase == Phase.DropForeignKey).ToList() : [];
        var done = keys.Concat(freed).ToHashSet<Difference>(ReferenceEqualityComparer.Instance);
        var rest = changes.Select(t => (t.Pair, Differences: t.Differences.Where(f => !done.Contains(f)).ToList())).ToList();
        return
        [
            .. Plain(removed.ForeignKeys),
            .. keys.Select(Planned),
            .. isClash ? Plain(removed.Tables) : [],
            .. freed.Where(f => f.Phase != Phase.DropForeignKey).Select(Planned),
            .. Plain(added.Tables),
            .. options.RenderAsBatch ? rest.SelectMany(t => Batch(t.Pair, t.Differences)) : ByPhase([.. rest.SelectMany(t => t.Differences)]),
            .. Plain(added.ForeignKeys),
            .. isClash ? [] : Plain(removed.Tables),
        ];
    }

    // Foreign keys go before, and come after, all else of all tables; the rest stays together table by table.
    private static IEnumerable<PlannedOperation> ByPhase(IReadOnlyList<Difference> differences) =>
    [
        .. differences.Where(f => f.Phase == Phase.DropForeignKey).Select(Planned),
        .. differences.Where(f => f.Phase is not (Phase.DropForeignKey or Phase.CreateForeignKey)).Select(Planned),
        .. differences.Where(f => f.Phase == Phase.CreateForeignKey).Select(Planned),
    ];

    private static IEnumerable<PlannedOperation> Batch(TablePair pair, IReadOnlyList<Difference> differences)
    {
        var alterations = differences.Where(f => f.Operation is not TableComment).ToList();
        var remarks = string.Join('\n', alterations.Select(f => f.Remark).OfType<string>());
        if (alterations.Count > 0)
            yield return new(new BatchAlterTable(pair.Name, [.. alterations.Select(f => f.Operation!)], schema: pair.Schema), remarks.Length == 0 ? null : remarks);
        foreach (var comment in differences.Where(f => f.Operation is TableComment))
            yield return Planned(comment);
    }

    private static PlannedOperation Planned(Difference finding) => new(finding.Operation!, finding.Remark);

    private static IEnumerable<PlannedOperation> Plain(IEnumerable<Operation> operations) => operations.Select(o => new PlannedOperation(o));
}
