using Alembic.Operations;

namespace Alembic.Autogenerate;

/// <summary>
/// Marks what must be dropped and recreated because a column that it uses gets another type. Names what prevents a change or a drop, and
/// what no longer works afterwards.
/// </summary>
internal static class ColumnUsers
{
    /// <param name="comparison">The comparison.</param>
    /// <param name="find">Asks the database once what uses all these columns.</param>
    public static Comparison Of(Comparison comparison, Func<IReadOnlyList<ColumnName>, ILookup<ColumnName, ColumnUser>> find)
    {
        var names = new NamesBefore(comparison.UpgradeOperations);
        var columns = comparison.UpgradeOperations.SelectMany(Changed).Select(names.Of).Distinct().ToList();
        if (columns.Count == 0 || find(columns) is not { Count: > 0 } users)
            return comparison;
        return comparison with
        {
            Upgrade = [
                .. comparison.Upgrade.Select(p => Planned(p, operation => [.. Changed(operation).SelectMany(c => users[names.Of(c)])]))]
        };
    }

    private static PlannedOperation Planned(PlannedOperation planned, Func<Operation, IReadOnlyList<ColumnUser>> users)
    {
        IReadOnlyList<string> remarks = [.. Parts(planned.Operation).SelectMany(part => Remarks(part, users(part)))];
        return remarks.Count == 0 ? planned : planned with
        {
            Operation = planned.Operation is BatchAlterTable batch
                ? batch with { Operations = [.. batch.Operations.Select(Aside)] }
                : Aside(planned.Operation),
            Remark = string.Join('\n', [.. planned.Remark is { } remark ? [remark] : Array.Empty<string>(), .. remarks]),
        };

        Operation Aside(Operation operation) =>
            operation is AlterColumn alter && users(alter).Any(u => u.StepsAside) ? alter with { RecreateDependents = true } : operation;
    }

    private static IEnumerable<string> Remarks(Operation operation, IReadOnlyList<ColumnUser> users)
    {
        var isAlteration = operation is AlterColumn { NewName: null };
        var touched = users.Where(u => operation is RenameTable or AlterColumn { NewName: not null } ? !u.TakesAnyName
            : !isAlteration || !u.TakesAnyType).ToLookup(u => u.Breaks);
        var aside = touched[false].Where(u => u.StepsAside && isAlteration).Select(u => u.Name).ToList();
        var standing = touched[false].Select(u => u.Name).Except(aside).ToList();
        var broken = touched[true].Select(u => u.Name).ToList();
        if (aside.Count > 0)
            yield return $"These are dropped and recreated unchanged: {string.Join(", ", aside)}.";
        if (standing.Count > 0)
            yield return $"This fails while it is used by: {string.Join(", ", standing)}. Drop that first, "
                + $"{(operation is DropTable ? "" : "and create it again afterwards, ")}with op.Execute.";
        if (broken.Count > 0)
            yield return $"These no longer work afterwards: {string.Join(", ", broken)}. Drop that, or create it again afterwards, "
                + "with op.Execute.";
    }

    private static IEnumerable<Operation> Parts(Operation operation) => operation is BatchAlterTable batch ? batch.Operations : [operation];

    private static IEnumerable<ColumnName> Changed(Operation operation) => Parts(operation).SelectMany(part => part switch
    {
        AlterColumn o when o.Type is not null || o.Collation is not null => [new ColumnName(o.Schema, o.Table, o.Column)],
        DropColumn o => [new ColumnName(o.Schema, o.Table, o.Column)],
        AlterColumn { NewName: not null } o => [new ColumnName(o.Schema, o.Table, o.Column)],
        DropTable o => [new ColumnName(o.Schema, o.Table, ColumnName.Any)],
        RenameTable o => [new ColumnName(o.Schema, o.From, ColumnName.Any)],
        _ => Array.Empty<ColumnName>(),
    });

    // The name before the renames, which the database still has.
    private sealed class NamesBefore(IEnumerable<Operation> operations)
    {
        private readonly List<Operation> _renames = [.. operations.Where(o => o is RenameTable or AlterColumn { NewName: not null })];

        public ColumnName Of(ColumnName column)
        {
            foreach (var rename in Enumerable.Reverse(_renames))
            {
                if (rename is AlterColumn { NewName: { } name } o && new ColumnName(o.Schema, o.Table, name) == column)
                    column = column with { Name = o.Column };
                else if (rename is RenameTable t && t.Schema == column.Schema && t.To == column.Table)
                    column = column with { Table = t.From };
            }
            return column;
        }
    }
}
