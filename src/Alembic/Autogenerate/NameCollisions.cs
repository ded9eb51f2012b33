using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Names that go from one table to another. Where a database knows a name only once, the old bearer has to be gone before the new one comes: indexes on SQLite
/// and PostgreSQL (which keys are there too), foreign keys on MySQL, all constraints on SQL Server.
/// </summary>
internal sealed class NameCollisions(Dialect dialect, IEnumerable<Operation> created)
{
    private readonly ILookup<(string?, string), string> _created = created.SelectMany(o => Names(o, dialect)).ToLookup(n => n.Name, n => n.Table);

    /// <summary>Whether an operation drops what another table is to have by the same name.</summary>
    public bool IsFreed(Operation dropped) => Names(dropped, dialect).Any(old => _created[old.Name].Any(table => table != old.Table));

    private static IEnumerable<(string Table, (string? Schema, string Name) Name)> Names(Operation operation, Dialect dialect) => operation switch
    {
        CreateTable o => Of(o.Table.Schema, o.Table.Name, Items(o.Table), dialect),
        DropTable { Definition: { } table } o => Of(o.Schema, o.Table, Items(table), dialect),
        CreateIndex o => Of(o.Schema, o.Table, [o.Index], dialect),
        DropIndex { Definition: { } index, Table: { } table } o => Of(o.Schema, table, [index], dialect),
        CreateConstraint o => Of(o.Schema, o.Table, [o.Constraint], dialect),
        DropConstraint { Definition: { } constraint } o => Of(o.Schema, o.Table, [constraint], dialect),
        _ => [],
    };

    private static IEnumerable<(string, (string?, string))> Of(string? schema, string table, IEnumerable<SchemaItem> items, Dialect dialect) =>
        items.Where(i => dialect.Comparison.ScopeOf(i) != NameScope.Table).Select(i => (i as TableIndex)?.Name ?? (i as Constraint)?.Name).OfType<string>().Select(name => (table, (schema, name.ToUpperInvariant())));

    private static IEnumerable<SchemaItem> Items(Table table) => table.Indexes.Concat<SchemaItem>(table.ForeignKeys).Concat(table.Items.Where(i => i is Constraint and not ForeignKeyConstraint));
}
