using System.Text.RegularExpressions;
using Alembic.Lint;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>Rules about the locks of PostgreSQL: who waits for what, and for how long.</summary>
internal static partial class PostgreSqlLockRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        LintRule.Of<CreateIndex>("ALB5201", LintSeverity.Error, "an index is built while nobody can write", (create, at) =>
            create.Concurrently || at.IsNew(create.Schema, create.Table) ? null
            : new($"nobody can write to {create.Table} until the index is built and the migration is committed",
                new SafeStep(create with { Concurrently = true }, IsOutside: true))),
        LintRule.Of<DropIndex>("ALB5202", LintSeverity.Warning, "an index is dropped under a lock of its table", (drop, at) =>
            drop.Concurrently || (drop.Table is { } table && at.IsNew(drop.Schema, table)) ? null
            : new($"nobody can read or write {drop.Table ?? "the table"} from here until the migration is committed; while it waits "
                + "for a long query, later queries wait as well",
                new SafeStep(drop with { Concurrently = true }, IsOutside: true))),
        LintRule.Of<CreateIndex>("ALB5203", LintSeverity.Error, "CONCURRENTLY in a transaction", (create, at) =>
            !create.Concurrently || !at.IsInTransaction ? null
            : new("PostgreSQL refuses it: CREATE INDEX CONCURRENTLY cannot run inside a transaction",
                new SafeStep(create, IsOutside: true))),
        LintRule.Of<DropIndex>("ALB5203", LintSeverity.Error, "CONCURRENTLY in a transaction", (drop, at) =>
            !drop.Concurrently || !at.IsInTransaction ? null
            : new("PostgreSQL refuses it: DROP INDEX CONCURRENTLY cannot run inside a transaction", new SafeStep(drop, IsOutside: true))),
        LintRule.Of<CreateConstraint>("ALB5204", LintSeverity.Error, "a foreign key checks all rows while nobody can write",
            (create, at) =>
            create.Constraint is not ForeignKeyConstraint { NotValid: false, NotEnforced: false } key
                || at.IsNew(create.Schema, create.Table) ? null
            : new($"nobody can write to {create.Table} or {key.ReferentTable} until all rows are checked and the migration is committed",
                NotValid(create, key with { NotValid = true, Name = key.Name ?? $"fk_{create.Table}_{string.Join('_', key.Columns)}" }))),
        LintRule.Of<CreateConstraint>("ALB5205", LintSeverity.Error, "a check reads all rows while nobody can read or write",
            (create, at) =>
            create.Constraint is not CheckConstraint { NotValid: false, NotEnforced: false } check || at.IsNew(create.Schema, create.Table)
            ? null
            : new($"nobody can read or write {create.Table} until all rows are checked and the migration is committed",
                NotValid(create, check with { NotValid = true, Name = check.Name ?? $"ck_{create.Table}" }))),
        LintRule.Of<AlterColumn>("ALB5206", LintSeverity.Error, "NOT NULL checks all rows while nobody can read or write",
            (alter, at) =>
            alter.Nullable != false || at.ExistingNullable(alter) == false || at.IsNew(alter.Schema, alter.Table) || at.IsProven(alter)
            ? null
            : new($"nobody can read or write {alter.Table} until all rows are checked and the migration is committed",
                NotNull(alter, at))),
        LintRule.Of<AlterColumn>("ALB5207", LintSeverity.Error, "a type is changed by rewriting the table", (alter, at) =>
            alter.Type is not { } type || at.IsNew(alter.Schema, alter.Table) || IsInPlace(at.ExistingType(alter), type) ? null
            : new($"nobody can read or write {alter.Table} until all its rows and indexes are rewritten and the migration is committed",
                SafeStep.InNewColumn(alter, type))),
        LintRule.Of<AddColumn>("ALB5208", LintSeverity.Error, "a default is computed for each row", (add, at) =>
            add.Column.ServerDefault is not { Kind: ServerDefaultKind.Sql } value || !Volatile().IsMatch(value.Value)
                || at.IsNew(add.Schema, add.Table) ? null
            : new($"nobody can read or write {add.Table} until all its rows are rewritten and the migration is committed: each gets a "
                + "value of its own",
                new SafeStep(new AddColumn(add.Table, add.Column with { ServerDefault = null, Nullable = true }, add.Schema)),
                new SafeStep(new AlterColumn(add.Table, add.Column.Name, add.Schema) { ServerDefault = value },
                    "new rows get it from here on; op.Backfill gives it to the others, in a revision of its own"))),
        LintRule.Of<CreateConstraint>("ALB5209", LintSeverity.Error, "a key builds its index while nobody can read or write",
            (create, at) =>
            create.Constraint is not (UniqueConstraint or PrimaryKeyConstraint) || at.IsNew(create.Schema, create.Table) ? null
            : new($"nobody can read or write {create.Table} until the index is built and the migration is committed",
                UsingIndex(create, at))),
        LintRule.Of<AddColumn>("ALB5210", LintSeverity.Error, "a column is computed or numbered for each row", (add, at) =>
            add.Column is not ({ Computed: { Persisted: not false } } or { Identity: not null } or { Autoincrement: true })
                || at.IsNew(add.Schema, add.Table) ? null
            : new($"nobody can read or write {add.Table} until all its rows are rewritten and the migration is committed",
                SafeStep.PlainColumn(add, "a trigger or the application"))),
        LintRule.Of<ValidateConstraint>("ALB5211", LintSeverity.Warning, "a constraint is validated while its table is still locked",
            (validate, at) =>
            !at.IsInTransaction || !at.Before.OfType<CreateConstraint>().Any(c => c.Constraint.Name == validate.Name) ? null
            : new("the lock of ADD CONSTRAINT is held in this transaction while all rows are checked: NOT VALID gains nothing",
                new SafeStep(validate, LockedRows.Later))),
        LintRule.Of<Execute>("ALB5212", LintSeverity.Error, "a new value of an enum is used before it is committed",
            (execute, at) =>
            at.Before.OfType<AlterEnumType>().SelectMany(a => a.Values.Except(a.ExistingValues ?? []))
                .FirstOrDefault(v => at.Tokens(execute.Text).Any(t => t.Kind == SqlTokenKind.Text && t.ToString() == $"'{v}'"))
                is not { } value || !at.IsInTransaction
                || at.Migration.Upgrade.Operations.Any(o => o is { Operation: AlterEnumType, IsInTransaction: false }) ? null
            : new($"PostgreSQL refuses it: '{value}' can be used only after the transaction that adds it is committed",
                new SafeStep(execute, LockedRows.Later))),
        LockedRows.Rule("ALB5213"),
    ];

    private static SafeStep[] NotValid(CreateConstraint create, Constraint constraint) =>
    [
        new SafeStep(create with { Constraint = constraint }),
        new SafeStep(new ValidateConstraint(constraint.Name!, create.Table, create.Schema), LockedRows.Later),
    ];

    private static SafeStep[] NotNull(AlterColumn alter, OperationContext at)
    {
        var name = $"ck_{alter.Table}_{alter.Column}_not_null";
        var check = new CheckConstraint($"{at.Dialect.Quote(alter.Column)} IS NOT NULL", name, notValid: true);
        return
        [
            .. NotValid(new CreateConstraint(alter.Table, check, alter.Schema), check),
            new SafeStep(alter, "the constraint proves it: no row is checked"),
            new SafeStep(new DropConstraint(name, alter.Table, ConstraintType.Check, alter.Schema)),
        ];
    }

    private static SafeStep[] UsingIndex(CreateConstraint create, OperationContext at)
    {
        var (kind, prefix, columns) = create.Constraint is PrimaryKeyConstraint key
            ? ("PRIMARY KEY", "pk", key.Columns)
            : ("UNIQUE", "uq", ((UniqueConstraint)create.Constraint).Columns);
        var name = create.Constraint.Name ?? $"{prefix}_{create.Table}_{string.Join('_', columns)}";
        var index = new TableIndex(name, [.. columns.Select(c => (IndexElement)c)], unique: true);
        var (table, quoted) = (at.Dialect.Quote(create.Schema, create.Table), at.Dialect.Quote(name));
        return
        [
            new SafeStep(new CreateIndex(create.Table, index, create.Schema) { Concurrently = true }, IsOutside: true),
            new SafeStep(new Execute($"ALTER TABLE {table} ADD CONSTRAINT {quoted} {kind} USING INDEX {quoted}"), LockedRows.Later),
        ];
    }

    // A longer text, or a number with more digits before the point, is stored in the same bytes.
    private static bool IsInPlace(SqlType? from, SqlType to) =>
        from == to || (TypeChange.Of(from, to) == TypeChangeKind.Widens && from is { Kind: not SqlTypeKind.Date }
            && from.Kind is not (SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger or SqlTypeKind.Float)
            && (from.Kind != SqlTypeKind.Numeric || to.Precision is null || to.Scale == from.Scale));

    [GeneratedRegex(
        @"\b(?:random|gen_random_uuid|uuid_generate_v\w+|clock_timestamp|timeofday|nextval|uuidv\d)\s*\(",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Volatile();
}
