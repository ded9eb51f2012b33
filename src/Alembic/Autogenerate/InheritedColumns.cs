using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Columns that a table inherits from others: they are added and dropped with the parent's columns, and a model need not repeat them.
/// </summary>
internal static class InheritedColumns
{
    public static IEnumerable<Table> Without(IReadOnlyList<Table> database, IReadOnlyList<Table> model, Dialect dialect)
    {
        var (tables, models) = (database.ToDictionary(TableKey.Of), model.ToDictionary(TableKey.Of));
        IEnumerable<string> Inherited(Table table) =>
            TableKey.Parents(table, dialect).Select(tables.GetValueOrDefault).OfType<Table>()
            .SelectMany(parent => parent.Columns.Select(c => c.Name).Concat(Inherited(parent)));
        return database.Select(table =>
        {
            if (!TableKey.Parents(table, dialect).Any() || !models.TryGetValue(TableKey.Of(table), out var wanted))
                return table;
            var hidden = Inherited(table).Except(wanted.Columns.Select(c => c.Name)).ToHashSet();
            return table with { Items = [.. table.Items.Where(i => i is not Column c || !hidden.Contains(c.Name))] };
        });
    }
}
