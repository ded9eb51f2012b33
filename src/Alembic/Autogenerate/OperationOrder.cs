using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Sorts operations so that they can run: each comes after those that create what it needs, release what it drops, or free the name
/// that it gives. If several can run next, the first in the usual order is taken.
/// </summary>
internal sealed class OperationOrder(Dialect dialect, ComparisonOptions options, IReadOnlyList<TablePair> pairs)
{
    /// <summary>Gets what replaces an operation after sorting: itself, or several.</summary>
    public Func<PlannedOperation, IEnumerable<PlannedOperation>> Complete { get; init; } = planned => [planned];

    public IReadOnlyList<PlannedOperation> Of(
        TableChanges added, TableChanges removed, IEnumerable<(TablePair Pair, IReadOnlyList<Difference> Differences)> tables,
        EnumTypeDiff enums)
    {
        var changes = tables.Select(t => t.Differences.Where(f => f.Operation is not null).OrderBy(f => f.Phase).ToList()).ToList();
        IReadOnlyList<PlannedOperation> usual =
        [
            .. enums.Before,
            .. Plain(removed.ForeignKeys),
            .. options.RenderAsBatch ? [] : changes.SelectMany(t => t).Where(f => f.Phase == Phase.DropForeignKey).Select(Planned),
            .. Plain(added.Tables),
            .. changes.SelectMany(t => t)
                .Where(f => options.RenderAsBatch || f.Phase is not (Phase.DropForeignKey or Phase.CreateForeignKey)).Select(Planned),
            .. options.RenderAsBatch ? [] : changes.SelectMany(t => t).Where(f => f.Phase == Phase.CreateForeignKey).Select(Planned),
            .. Plain(added.ForeignKeys),
            .. Plain(removed.Tables),
            .. enums.After,
        ];
        var order = Sorted(usual, new Effects(dialect, pairs, [.. usual.Select(p => p.Operation)])).SelectMany(Complete).ToList();
        // A table that must always have a key changes in one step.
        var atOnce = pairs.Where(pair => dialect.Comparison.NeedsKey(pair.Database)).Select(pair => TableKey.Of(pair.Model)).ToHashSet();
        return options.RenderAsBatch ? [.. Batched(order, _ => true)]
            : atOnce.Count > 0 && order.Any(p => p.Operation is DropConstraint { Definition: PrimaryKeyConstraint })
                ? [.. Batched(order, atOnce.Contains)] : order;
    }

    private static List<PlannedOperation> Sorted(IReadOnlyList<PlannedOperation> usual, Effects effects)
    {
        var (before, after) = (new int[usual.Count], usual.Select(_ => new List<int>()).ToList());
        effects.Order((first, second) =>
        {
            if (first == second)
                return;
            after[first].Add(second);
            before[second]++;
        });
        var isPlaced = new bool[usual.Count];
        var result = new List<PlannedOperation>(usual.Count);
        for (var start = 0; result.Count < usual.Count;)
        {
            while (isPlaced[start])
                start++;
            var next = start;
            while (next < usual.Count && (isPlaced[next] || before[next] > 0))
                next++;
            // In a cycle no operation is ready: the usual order is as good as any.
            next = next < usual.Count ? next : start;
            isPlaced[next] = true;
            result.Add(usual[next]);
            foreach (var dependent in after[next])
                before[dependent]--;
        }
        return result;
    }

    // Adjacent operations on one table become one batch; comments need none.
    private static IEnumerable<PlannedOperation> Batched(List<PlannedOperation> order, Func<TableKey, bool> isBatched)
    {
        for (var start = 0; start < order.Count;)
        {
            var end = start + 1;
            if (TableOf(order[start].Operation) is { } table && isBatched(table))
            {
                while (end < order.Count && TableOf(order[end].Operation) == table)
                    end++;
                var remarks = string.Join('\n', order.Take(start..end).Select(p => p.Remark).OfType<string>());
                yield return new(
                    new BatchAlterTable(table.Name, [.. order.Take(start..end).Select(p => p.Operation)],
                        schema: table.Schema.Length == 0 ? null : table.Schema),
                    remarks.Length == 0 ? null : remarks);
            }
            else
            {
                yield return order[start];
            }
            start = end;
        }
    }

    /// <summary>The table that an operation changes in a way that a batch allows; null for any other operation.</summary>
    public static TableKey? TableOf(Operation operation) => operation switch
    {
        // A batch is undone as a whole.
        { Back: not null } => null,
        AddColumn o => new(o.Schema ?? "", o.Table),
        DropColumn o => new(o.Schema ?? "", o.Table),
        AlterColumn o => new(o.Schema ?? "", o.Table),
        CreateIndex o => new(o.Schema ?? "", o.Table),
        DropIndex { Table: { } table } o => new(o.Schema ?? "", table),
        CreateConstraint o => new(o.Schema ?? "", o.Table),
        DropConstraint o => new(o.Schema ?? "", o.Table),
        _ => null,
    };

    private static PlannedOperation Planned(Difference difference) => new(difference.Operation!, difference.Remark);

    private static IEnumerable<PlannedOperation> Plain(IEnumerable<Operation> operations) =>
        operations.Select(o => new PlannedOperation(o));
}
