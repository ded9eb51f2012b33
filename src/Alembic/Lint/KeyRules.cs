using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>Rules about foreign keys.</summary>
internal static class KeyRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        new("ALB5303", LintSeverity.Warning, "a foreign key has no index", migration =>
            from operation in migration.Upgrade.Operations
            where operation.Text is null
            from table in Keys(operation.Operation)
            let whole = TableOf(migration, table.Schema, table.Name)
            where whole is not null && !migration.Dialect.Comparison.IndexesForeignKeys
            from key in table.ForeignKeys
            where !IsIndexed(whole, key.Columns)
            select new LintProblem(
                $"each DELETE and UPDATE of a row of {key.ReferentTable} reads all rows of {table.Name}, because no index finds those that "
                    + "point to it",
                new SafeStep(Index(whole, key))) { At = operation }),
    ];

    // The table with only the foreign keys that the operation declares.
    private static IEnumerable<Table> Keys(Operation operation) => operation switch
    {
        CreateTable create => [create.Table],
        AddColumn { Column.ForeignKey: not null } add => [new Table(add.Table, [add.Column], add.Schema)],
        CreateConstraint { Constraint: ForeignKeyConstraint key } create => [new Table(create.Table, [key], create.Schema)],
        _ => [],
    };

    // Includes what this migration and earlier ones add. A dropped index still counts: prefer a missed finding to a false one. Null if
    // only a part of the table is known: no operation creates it, or one renames it.
    private static Table? TableOf(LintedMigration migration, string? schema, string name)
    {
        Table? table = null;
        List<SchemaItem> more = [];
        foreach (var (operation, _, _) in migration.Earlier.Append(migration).SelectMany(m => m.Upgrade.Operations))
        {
            switch (operation)
            {
                case CreateTable create when Is(create.Table.Schema, create.Table.Name):
                    table = create.Table;
                    break;
                case AddColumn add when Is(add.Schema, add.Table):
                    more.Add(add.Column);
                    break;
                case CreateConstraint create when Is(create.Schema, create.Table):
                    more.Add(create.Constraint);
                    break;
                case CreateIndex create when Is(create.Schema, create.Table):
                    more.Add(create.Index);
                    break;
                case RenameTable rename when Is(rename.Schema, rename.To):
                    return null;
            }
        }
        return table is null ? null : table with { Items = [.. table.Items, .. more] };

        bool Is(string? itsSchema, string its) => itsSchema == schema && its == name;
    }

    private static bool IsIndexed(Table table, IReadOnlyList<string> key) =>
        table.Indexes.Select(i => i.Columns.Select(c => c.Column))
            .Concat(table.Uniques.Select(u => u.Columns))
            .Concat(table.PrimaryKey is { } primary ? [primary.Columns] : [])
            .Any(indexed => indexed.Take(key.Count).ToHashSet().SetEquals(key));

    private static CreateIndex Index(Table table, ForeignKeyConstraint key)
    {
        var index = new TableIndex(null, [.. key.Columns.Select(c => (IndexElement)c)]);
        return new(table.Name, index with { Name = NamingConvention.Default.NameOf(index, table) }, table.Schema);
    }
}
