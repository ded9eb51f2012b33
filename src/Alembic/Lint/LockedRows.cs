using Alembic.Operations;

namespace Alembic.Lint;

/// <summary>The rule for databases that change the schema in the transaction: the changed table stays locked until the commit.</summary>
internal static class LockedRows
{
    /// <summary>When to change the rows instead.</summary>
    public const string Later = "in a revision of its own, after that one is committed";

    public static LintRule Rule(string code) => LintRule.Of<ChangedRows>(
        code, LintSeverity.Warning, "rows are changed in the transaction that has locked their table", (changed, at) =>
            changed.IsTruncated || !at.IsInTransaction || !at.Before.Any(o => Locked(o) == changed.Table)
                || at.IsNew(changed.Schema, changed.Table) ? null
            : new($"{changed.Table} is locked since the change of the schema above: nobody can read or write it until all rows are changed",
                new SafeStep(at.At.Text, $"{Later}; of a large table with op.Backfill")));

    private static string? Locked(Operation operation) => operation switch
    {
        AddColumn add => add.Table,
        DropColumn drop => drop.Table,
        AlterColumn alter => alter.Table,
        CreateConstraint create => create.Table,
        DropConstraint drop => drop.Table,
        _ => null,
    };
}
