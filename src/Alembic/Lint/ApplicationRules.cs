using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>Rules about the application that runs during the migration, and about the downgrade.</summary>
internal static class ApplicationRules
{
    private static readonly IReadOnlySet<string> RowWords =
        StatementWords.Set("UPDATE INSERT DELETE MERGE WITH SELECT TRUNCATE REPLACE VALUES");

    public static readonly IReadOnlyList<LintRule> All =
    [
        LintRule.Of<RenameTable>("ALB5301", LintSeverity.Warning, "a table is renamed", (rename, at) => at.IsNew(rename.Schema, rename.From)
            ? null
            : new($"from this commit until the new code runs everywhere, every statement that uses {rename.From} fails",
                new SafeStep(rename),
                new SafeStep(new Execute($"CREATE VIEW {at.Dialect.Quote(rename.Schema, rename.From)} AS SELECT * FROM "
                    + at.Dialect.Quote(rename.Schema, rename.To)), "old code uses a view, until it is replaced"))),
        LintRule.Of<AlterColumn>("ALB5302", LintSeverity.Warning, "a column is renamed", (alter, at) =>
            alter.NewName is not { } name || at.IsNew(alter.Schema, alter.Table) ? null
            : new($"from this commit until the new code runs everywhere, every statement that uses {alter.Table}.{alter.Column} fails",
                new SafeStep(new AddColumn(alter.Table, new Column(name, alter.ExistingType ?? SqlType.Raw("…")), alter.Schema),
                    "the application writes both; op.Backfill copies the rest; the old column is dropped a release later"))),
        new("ALB5401", LintSeverity.Warning, "a migration has no downgrade", migration =>
            migration.Upgrade.Operations.Any(o => !IsOfRows(o.Operation, migration.Dialect)) && migration.Downgrade is
                { Operations.Count: 0, Unforeseen: null, Backfills.Count: 0 }
            ? [new("'downgrade' does nothing here: afterwards the database does not match the revision before it")]
            : []),
        new("ALB5402", LintSeverity.Warning, "a downgrade throws", migration =>
            migration.Downgrade is { Unforeseen: { } why } && !why.EndsWith("asks the database while it runs", StringComparison.Ordinal)
            ? [new($"'downgrade' ends here with an error: {why}")]
            : []),
        new("ALB5403", LintSeverity.Warning, "a downgrade loses what the upgrade kept", migration => migration.Downgrade.Operations
            .Where(o => Lost(o.Operation) is { } lost && !Created(migration).Contains(lost)
                && migration.Upgrade.Unforeseen is null && !migration.Upgrade.Operations.Any(u => u.Operation is Execute))
            .Select(o => new LintProblem($"'downgrade' drops {Lost(o.Operation)}, which 'upgrade' does not create: the data in it is lost")
            {
                At = o,
            })),
        new("ALB5002", LintSeverity.Warning, "a part of a migration cannot be checked", migration =>
            migration.Upgrade.Unforeseen is { } why
            ? [new($"what comes next is not checked: {why}",
                new SafeStep(null, "if (!op.IsOffline) around it says that this is intended"))]
            : []),
    ];

    // A migration that only changes or reads rows may have nothing to undo.
    private static bool IsOfRows(Operation operation, Dialect dialect) =>
        operation is BulkInsert or InsertData or UpdateData or DeleteData or ChangedRows or ValidateConstraint
        || (operation is Execute execute && SqlStatement.In(execute.Text, dialect).All(s => s.Begins(RowWords)));

    private static string? Lost(Operation operation) => operation switch
    {
        DropTable drop => drop.Table,
        DropColumn drop => $"{drop.Table}.{drop.Column}",
        _ => null,
    };

    private static HashSet<string> Created(LintedMigration migration) =>
    [
        .. migration.Upgrade.Operations.SelectMany(o => o.Operation switch
        {
            CreateTable create => [create.Table.Name],
            AddColumn add => [$"{add.Table}.{add.Column.Name}"],
            RenameTable rename => [rename.To],
            AlterColumn { NewName: { } name } alter => [$"{alter.Table}.{name}"],
            _ => Array.Empty<string>(),
        }),
    ];
}
