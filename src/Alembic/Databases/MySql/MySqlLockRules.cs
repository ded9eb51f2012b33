using Alembic.Lint;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>
/// Rules about the locks of MySQL and MariaDB: the changes during which InnoDB blocks writes to the table, most of all those that copy
/// it. From version 11.2 on, MariaDB allows writes during most copies.
/// </summary>
internal static class MySqlLockRules
{
    // On MySQL, a VARCHAR longer than this needs two bytes for its length, at four bytes a character.
    private const int ShortText = 63;

    public static readonly IReadOnlyList<LintRule> All =
    [
        LintRule.Of<AlterColumn>("ALB5221", LintSeverity.Error, "a type is changed by copying the table", (alter, at) =>
            alter.Type is not { } type || at.ExistingType(alter) is not { } existing || IsInPlace(existing, type, at.Dialect)
                || at.IsNew(alter.Schema, alter.Table) ? null
            : new($"nobody can write to {alter.Table} until all its rows are copied",
                SafeStep.InNewColumn(alter, type))),
        LintRule.Of<CreateConstraint>("ALB5222", LintSeverity.Error, "a foreign key is checked by copying the table", (create, at) =>
            create.Constraint is not ForeignKeyConstraint key || at.IsNew(create.Schema, create.Table) ? null
            : new($"nobody can write to {create.Table} until all its rows are copied and looked up in {key.ReferentTable}",
                new SafeStep(new Execute("SET foreign_key_checks = 0"),
                    $"no row is checked: make sure first that each row of {create.Table} has its row in {key.ReferentTable}"),
                new SafeStep(create),
                new SafeStep(new Execute("SET foreign_key_checks = 1")))),
        LintRule.Of<CreateConstraint>("ALB5223", LintSeverity.Warning, "a check copies the table", (create, at) =>
            create.Constraint is not CheckConstraint { NotEnforced: false } || at.IsNew(create.Schema, create.Table) ? null
            : new($"nobody can write to {create.Table} until all its rows are copied and checked",
                new SafeStep(null, "of a large table while nobody works, or with a tool that copies it beside the running application"))),
        LintRule.Of<AddColumn>("ALB5224", LintSeverity.Error, "a computed column is stored by copying the table", (add, at) =>
            add.Column.Computed is not { Persisted: true } computed || at.IsNew(add.Schema, add.Table) ? null
            : new($"nobody can write to {add.Table} until all its rows are copied with the new value",
                new SafeStep(
                    new AddColumn(add.Table, add.Column with { Computed = computed with { Persisted = false } }, add.Schema),
                    "computed when it is read; an index over it stores it"))),
        LintRule.Of<DropConstraint>("ALB5225", LintSeverity.Error, "a primary key is dropped by copying the table", (drop, at) =>
            drop.Type != ConstraintType.PrimaryKey || at.IsNew(drop.Schema, drop.Table) ? null
            : new($"nobody can write to {drop.Table} until all its rows are copied without the key", InOneStatement(drop, at))),
        LintRule.Of<CreateIndex>("ALB5226", LintSeverity.Warning, "a full-text or spatial index is built while nobody can write",
            (create, at) =>
            create.Index.Method?.ToLowerInvariant() is not ("fulltext" or "spatial") || at.IsNew(create.Schema, create.Table) ? null
            : new($"nobody can write to {create.Table} until the index is built",
                new SafeStep(null, "of a large table while nobody works; or into a new table, which gets the rows afterwards"))),
        LintRule.Of<AddColumn>("ALB5227", LintSeverity.Error, "a column is numbered while nobody can write", (add, at) =>
            add.Column.Autoincrement != true || at.IsNew(add.Schema, add.Table) ? null
            : new($"nobody can write to {add.Table} until all its rows are copied with their numbers",
                SafeStep.PlainColumn(add))),
        LintRule.Of<ChangedRows>("ALB5228", LintSeverity.Warning, "all rows are changed in one statement", (changed, at) =>
            !changed.IsOfAll || changed.IsDelete || at.IsNew(changed.Schema, changed.Table) ? null
            : new($"each row of {changed.Table} stays locked until all are changed: other writers of it wait",
                new SafeStep(null, "op.Backfill changes some rows at a time, and commits in between"))),
    ];

    private static SafeStep InOneStatement(DropConstraint drop, OperationContext at)
    {
        var next = at.Migration.Upgrade.Operations.Select(o => o.Operation).OfType<CreateConstraint>()
            .FirstOrDefault(c => c.Table == drop.Table && c.Schema == drop.Schema && c.Constraint is PrimaryKeyConstraint);
        if (next?.Constraint is not PrimaryKeyConstraint key)
            return new(null, "drop it in the statement that adds the next one: ALTER TABLE … DROP PRIMARY KEY, ADD PRIMARY KEY (…)");
        var columns = string.Join(", ", key.Columns.Select(at.Dialect.Quote));
        return new(new Execute(
            $"ALTER TABLE {at.Dialect.Quote(drop.Schema, drop.Table)} DROP PRIMARY KEY, ADD PRIMARY KEY ({columns})"));
    }

    private static bool IsInPlace(SqlType from, SqlType to, Dialect dialect) =>
        dialect.TypeName(from) == dialect.TypeName(to)
        || (from is { Kind: SqlTypeKind.String or SqlTypeKind.Unicode, Length: { } old } && to.Kind == from.Kind && to.Length >= old
            && (to.Length <= ShortText || old > ShortText || dialect is MySqlDialect { LengthensInPlace: true }))
        || (from.Kind == SqlTypeKind.Enum && to.Kind == SqlTypeKind.Enum && to.Values.Take(from.Values.Count).SequenceEqual(from.Values));
}
