using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>What names a column in an expression; on some servers that prevents renaming the column.</summary>
internal static class ColumnHolders
{
    /// <summary>The rename of a column; what prevents it is dropped before and created again afterwards.</summary>
    /// <param name="rename">The rename.</param>
    /// <param name="before">The table before the rename.</param>
    /// <param name="after">The table after it, its items in the same order.</param>
    /// <param name="rules">What the database needs.</param>
    public static IEnumerable<Operation> Aside(AlterColumn rename, Table before, Table after, ComparisonRules rules)
    {
        if (!rules.HoldsNamesInExpressions)
            return [rename];
        bool Names(string? expression) => expression is not null && ExpressionText.Mentions(expression, rename.Column);
        bool Holds(SchemaItem item) => item switch
        {
            CheckConstraint { Name: not null } check => Names(check.Sql),
            Column column => Names(column.Computed?.Sql),
            TableIndex index => Names(index.Where) || index.Columns.Any(c => Names(c.Expression)),
            _ => false,
        };
        var computed = before.Columns.Where(Holds).Select(c => c.Name).ToHashSet();
        // The indexes of a computed column go with it.
        var aside = before.Items.Zip(after.Items)
            .Where(i => Holds(i.First) || (i.First is TableIndex index && index.Columns.Any(c => computed.Contains(c.Column ?? ""))))
            .OrderBy(i => i.First is Column).ToList();
        return [.. aside.Select(i => Drop(i.First, before)), rename, .. Enumerable.Reverse(aside).Select(i => Create(i.Second, after))];
    }

    private static Operation Drop(SchemaItem item, Table table) => item switch
    {
        Constraint constraint => Constraints.Drop(constraint, table),
        TableIndex index => new DropIndex(index.Name!, table.Name, table.Schema) { Definition = index },
        Column column => new DropColumn(table.Name, column.Name, table.Schema) { Definition = column },
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };

    private static Operation Create(SchemaItem item, Table table) => item switch
    {
        Constraint constraint => Constraints.Create(constraint, table),
        TableIndex index => new CreateIndex(table.Name, index, table.Schema),
        Column column => new AddColumn(table.Name, column, table.Schema),
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };
}
