using System.Text.RegularExpressions;
using Alembic.Lint;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <summary>
/// Rules about the locks of SQL Server: a change of a table locks its schema until the migration is committed, which blocks even readers.
/// Only the Enterprise and Developer editions and Azure SQL have ONLINE.
/// </summary>
internal static partial class SqlServerLockRules
{
    private const string Editions = "not in the Standard edition: in that one, while nobody works";

    public static readonly IReadOnlyList<LintRule> All =
    [
        LintRule.Of<CreateIndex>("ALB5231", LintSeverity.Warning, "an index is built while nobody can write", (create, at) =>
            IsOnline(at) || at.IsNew(create.Schema, create.Table) || IsFullText(create.Index) ? null
            : new($"nobody can write to {create.Table} until the index is built and the migration is committed", Online(create, at))),
        LintRule.Of<CreateConstraint>("ALB5232", LintSeverity.Error, "a constraint checks all rows while nobody can read or write",
            (create, at) =>
            create.Constraint is not (ForeignKeyConstraint { NotValid: false } or CheckConstraint { NotValid: false })
                || at.IsNew(create.Schema, create.Table) ? null
            : new($"nobody can read or write {Tables(create)} until all rows are checked and the migration is committed",
                new SafeStep(new Execute($"ALTER TABLE {at.Dialect.Quote(create.Schema, create.Table)} WITH NOCHECK ADD "
                    + at.Dialect.ConstraintDefinition(create.Constraint)),
                    "no row is checked: make sure first that each fits; query plans do not rely on it"))),
        LintRule.Of<AlterColumn>("ALB5233", LintSeverity.Error, "a type is changed by rewriting the table", (alter, at) =>
            alter.Type is not { } type || at.ExistingType(alter) is not { } existing || IsInPlace(existing, type, at.Dialect)
                || IsOnline(at) || at.IsNew(alter.Schema, alter.Table) ? null
            : new($"nobody can read or write {alter.Table} until all its rows are rewritten and the migration is committed",
                SafeStep.InNewColumn(alter, type))),
        LintRule.Of<AlterColumn>("ALB5234", LintSeverity.Warning, "NOT NULL checks all rows while nobody can read or write",
            (alter, at) =>
            alter.Nullable != false || at.ExistingNullable(alter) == false || IsOnline(at) || at.IsNew(alter.Schema, alter.Table) ? null
            : new($"nobody can read or write {alter.Table} until all rows are checked and the migration is committed",
                new SafeStep(null, $"ALTER TABLE … ALTER COLUMN … NOT NULL WITH (ONLINE = ON); {Editions}"))),
        LintRule.Of<AddColumn>("ALB5235", LintSeverity.Error, "a column gets a value of its own in each row", (add, at) =>
            !IsOfEachRow(add.Column) || at.IsNew(add.Schema, add.Table) ? null
            : new($"nobody can read or write {add.Table} until all its rows are rewritten and the migration is committed",
                SafeStep.PlainColumn(add, "its default or the application"))),
        LintRule.Of<CreateConstraint>("ALB5236", LintSeverity.Warning, "a key builds its index while nobody can read or write",
            (create, at) =>
            create.Constraint is not (UniqueConstraint or PrimaryKeyConstraint) || IsOnline(at) || at.IsNew(create.Schema, create.Table)
            ? null
            : new($"nobody can read or write {create.Table} until the index is built and the migration is committed",
                Online(create, at))),
        LockedRows.Rule("ALB5237"),
    ];

    private static SafeStep Online(Operation operation, OperationContext at) =>
        new(new Execute($"{string.Join("; ", operation.Sql(at.Dialect))} WITH (ONLINE = ON)"), Editions);

    // The user writes ONLINE in SQL.
    private static bool IsOnline(OperationContext at) =>
        at.At.Text is { } written && string.Join(' ', at.Tokens(written.Text)).Contains("ONLINE = ON", StringComparison.OrdinalIgnoreCase);

    // It is filled while others work on the table.
    private static bool IsFullText(TableIndex index) => string.Equals(index.Method, "fulltext", StringComparison.OrdinalIgnoreCase);

    private static string Tables(CreateConstraint create) =>
        create.Constraint is ForeignKeyConstraint key ? $"{create.Table} or {key.ReferentTable}" : create.Table;

    // Longer text stays in place. So does what keeps its kind: more digits, as far as they need no more bytes.
    private static bool IsInPlace(SqlType from, SqlType to, Dialect dialect) =>
        dialect.TypeName(from) == dialect.TypeName(to) || from.Kind == to.Kind
        || (from.Kind, to.Kind) is (SqlTypeKind.String, SqlTypeKind.Text) or (SqlTypeKind.Unicode, SqlTypeKind.UnicodeText);

    private static bool IsOfEachRow(Column column) =>
        column is { Computed.Persisted: true } or { Identity: not null } or { Autoincrement: true }
        || (column is { Nullable: false, ServerDefault: { Kind: ServerDefaultKind.Sql } value } && Volatile().IsMatch(value.Value));

    [GeneratedRegex(@"\b(?:newid|newsequentialid|rand|crypt_gen_random)\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Volatile();
}
