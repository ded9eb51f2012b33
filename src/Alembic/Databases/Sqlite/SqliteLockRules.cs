using Alembic.Lint;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// The rule about the lock of SQLite, which covers the whole database: it reports what takes longer the more rows there are. Most SQLite
/// databases are small, so a project has to turn it on.
/// </summary>
internal static class SqliteLockRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        Rebuilt<AddColumn>(add => (add.Schema, add.Table),
            add => [SafeStep.PlainColumn(add with { Column = add.Column with { ServerDefault = null, Unique = false } })]),
        Rebuilt<AlterColumn>(alter => (alter.Schema, alter.Table),
            alter => alter.Type is { } type ? SafeStep.InNewColumn(alter, type) : InQuiet),
        Rebuilt<CreateConstraint>(create => (create.Schema, create.Table), _ => InQuiet),
        Rebuilt<DropConstraint>(drop => (drop.Schema, drop.Table), _ => InQuiet),
    ];

    private static SafeStep[] InQuiet =>
        [new(null, "of a large table while nobody works; op.BatchAlterTable copies once for all its changes")];

    private static LintRule Rebuilt<TOperation>(
        Func<TOperation, (string? Schema, string Table)> tableOf, Func<TOperation, SafeStep[]> safe)
        where TOperation : Operation => LintRule.Of<TOperation>(
            "ALB5241", LintSeverity.Off, "a table is copied while nobody can write to the database", (operation, at) =>
            {
                var (schema, table) = tableOf(operation);
                return !SqliteAlter.Rebuilds(operation) || at.IsNew(schema, table) ? null
                    : new($"nobody can write to the database until all rows of {table} are copied and the migration is committed",
                        safe(operation));
            });
}
