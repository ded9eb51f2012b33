using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>Rules about data: what is lost, and what fails on existing rows.</summary>
internal static class DataRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        LintRule.Of<DropTable>("ALB5101", LintSeverity.Error, "a table is dropped", (drop, at) => at.IsNew(drop.Schema, drop.Table)
            ? null
            : new($"the rows of {drop.Table} are gone as soon as this is committed, and an application that still reads it fails",
                new SafeStep(new RenameTable(drop.Table, drop.Table + "_old", drop.Schema),
                    "when nothing reads it any more; drop it a release later, and keep a copy until then"))),
        LintRule.Of<DropColumn>("ALB5102", LintSeverity.Error, "a column is dropped", (drop, at) =>
            at.IsNew(drop.Schema, drop.Table) || drop.Definition is { Computed: not null } ? null
            : new($"the values of {drop.Table}.{drop.Column} are gone as soon as this is committed, and an application that still reads "
                + "or writes it fails",
                new SafeStep(drop, "in a release after the one whose code no longer names it"))),
        LintRule.Of<AlterColumn>("ALB5103", LintSeverity.Error, "a type gets narrower", (alter, at) =>
            at.HasFilled(alter.Table, alter.Column) || TypeChange.Of(at.ExistingType(alter), alter.Type) != TypeChangeKind.Narrows ? null
            : new($"the first row of {alter.Table} whose {alter.Column} does not fit makes it fail, or the value is cut off",
                new SafeStep(new Execute($"UPDATE {Name(at, alter)} SET … WHERE …"), "fix what does not fit first"),
                new SafeStep(alter))),
        LintRule.Of<AlterColumn>("ALB5104", LintSeverity.Error, "a type cannot hold the values", (alter, at) =>
            alter.PostgresqlUsing is not null || alter.SqliteUsing is not null || at.HasFilled(alter.Table, alter.Column)
                || TypeChange.Of(at.ExistingType(alter), alter.Type) != TypeChangeKind.Loses ? null
            : new($"each value of {alter.Table}.{alter.Column} loses a part, or the first one that cannot be converted makes it "
                + "fail",
                new SafeStep(new AddColumn(alter.Table, new Column(alter.Column + "_new", alter.Type!), alter.Schema),
                    "a new column, filled by a conversion that you have checked; the old one is dropped a release later"))),
        LintRule.Of<AlterColumn>("ALB5105", LintSeverity.Error, "a column becomes NOT NULL over rows that may have NULL", (alter, at) =>
            alter.Nullable != false || at.ExistingNullable(alter) == false || at.HasFilled(alter.Table, alter.Column)
                || at.IsNew(alter.Schema, alter.Table) || at.IsProven(alter) || IsAddedFilled(alter, at)
            ? null
            : new($"the first row of {alter.Table} with NULL in {alter.Column} makes it fail",
                new SafeStep(new Execute($"UPDATE {Name(at, alter)} SET {at.Dialect.Quote(alter.Column)} = … "
                    + $"WHERE {at.Dialect.Quote(alter.Column)} IS NULL"), "of a large table: op.Backfill, in a revision of its own"),
                new SafeStep(alter))),
        LintRule.Of<AddColumn>("ALB5106", LintSeverity.Error, "a NOT NULL column is added without a default", (add, at) =>
            add.Column is not { Nullable: false, ServerDefault: null, Computed: null, Identity: null, Fill: null }
                || add.Column.Autoincrement == true || add.Column.PrimaryKey || at.IsNew(add.Schema, add.Table) ? null
            : new($"it fails if {add.Table} has rows, or gives them a value that nobody chose; and a running application that does not "
                + "know the column can no longer insert",
                new SafeStep(new AddColumn(add.Table, add.Column with { Nullable = true }, add.Schema)),
                new SafeStep(new AlterColumn(add.Table, add.Column.Name, add.Schema) { Nullable = false, ExistingType = add.Column.Type },
                    "in a later revision, when the application writes it and op.Backfill has filled the other rows"))),
        LintRule.Of<CreateConstraint>("ALB5107", LintSeverity.Warning, "existing rows may have duplicates in a new key", (create, at) =>
            create.Constraint is not (UniqueConstraint or PrimaryKeyConstraint) || at.IsNew(create.Schema, create.Table)
                || at.HasFilled(create.Table) ? null
            : Duplicates(create.Table)),
        LintRule.Of<CreateIndex>("ALB5107", LintSeverity.Warning, "existing rows may have duplicates in a new key", (create, at) =>
            !create.Index.Unique || at.IsNew(create.Schema, create.Table) || at.HasFilled(create.Table) ? null
            : Duplicates(create.Table)),
        LintRule.Of<ChangedRows>("ALB5108", LintSeverity.Error, "all rows of a table are deleted", (changed, at) =>
            changed is not { IsDelete: true, IsOfAll: true } || at.IsNew(changed.Schema, changed.Table) ? null
            : new($"every row of {changed.Table} is gone as soon as this is committed",
                new SafeStep(new Execute($"DELETE FROM {at.Dialect.Quote(changed.Schema, changed.Table)} WHERE …")))),
        LintRule.Of<DropSchema>("ALB5109", LintSeverity.Error, "a schema is dropped", (drop, _) =>
            new($"what {drop.Name} still contains is dropped with it, or makes it fail")),
        LintRule.Of<AlterEnumType>("ALB5110", LintSeverity.Error, "an enum loses values", (alter, at) =>
            alter.ExistingValues?.Except(alter.Values).ToList() is not { Count: > 0 } gone || at.Before.OfType<Execute>().Any() ? null
            : new($"the first row that has {string.Join(" or ", gone.Select(v => $"'{v}'"))} makes it fail",
                new SafeStep(new Execute($"UPDATE … SET … WHERE … = '{gone[0]}'"), "first, in each table that has the type"),
                new SafeStep(alter))),
        LintRule.Of<AlterColumn>("ALB5111", LintSeverity.Warning, "a type is changed, and the old one is not known", (alter, at) =>
            alter.Type is null || at.ExistingType(alter) is not null || alter.PostgresqlUsing is not null || alter.SqliteUsing is not null
                || at.HasFilled(alter.Table, alter.Column) ? null
            : new($"whether the values of {alter.Table}.{alter.Column} fit cannot be checked: no revision and no existingType says what "
                + "the type was",
                new SafeStep(alter with { ExistingType = SqlType.Raw("…") }, "the type that it has now"))),
        LintRule.Of<ChangedRows>("ALB5112", LintSeverity.Warning, "a column gets another value in all rows", (changed, at) =>
            changed is not { IsOfAll: true, Columns.Count: > 0 } || at.IsNew(changed.Schema, changed.Table)
                || changed.Columns.All(c => IsAdded(changed.Table, c, at)) ? null
            : new($"what {string.Join(" and ", changed.Columns.Select(c => $"{changed.Table}.{c}"))} had is gone in every row as soon as "
                + "this is committed, even if the application has just written it",
                new SafeStep(new Execute($"UPDATE {at.Dialect.Quote(changed.Schema, changed.Table)} SET … WHERE …"),
                    "the rows that need it; of a large table: op.Backfill"))),
    ];

    private static LintProblem Duplicates(string table) => new(
        $"the first two rows of {table} with the same values make it fail",
        new SafeStep(new Execute($"DELETE FROM {table} WHERE …"),
            "first, as your data requires; find them with GROUP BY … HAVING count(*) > 1"));

    private static string Name(OperationContext at, AlterColumn alter) => at.Dialect.Quote(alter.Schema, alter.Table);

    // Added by the same migration with a value for the rows.
    private static bool IsAddedFilled(AlterColumn alter, OperationContext at) =>
        Added(alter.Table, alter.Column, at).Any(add => add.Column is not { ServerDefault: null, Fill: null });

    private static bool IsAdded(string table, string column, OperationContext at) => Added(table, column, at).Any();

    private static IEnumerable<AddColumn> Added(string table, string column, OperationContext at) =>
        at.Before.OfType<AddColumn>().Where(add => add.Table == table && add.Column.Name == column);
}
