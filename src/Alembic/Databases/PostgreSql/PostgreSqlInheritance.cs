using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>Tables that inherit from others (INHERITS), with only what is their own: the rest comes with the parent, and goes with it.</summary>
internal static class PostgreSqlInheritance
{
    public static IEnumerable<UnmappedObject> Of(MetaData database)
    {
        var tables = database.Tables.ToDictionary(t => (t.Schema, t.Name));
        return
        [
            .. database.Tables.Select(table => (table, Parents: Parents(table).Select(p => tables.GetValueOrDefault(p)).OfType<Table>().ToList())).Where(t => t.Parents.Count > 0)
                .Select(t => new UnmappedObject("table", t.table.Name, t.table.Schema) { IsTable = true, Instead = [new CreateTable(Own(t.table, t.Parents))] }),
        ];
    }

    private static IEnumerable<(string?, string)> Parents(Table table) => table.Inherited().Select(p => (p.Schema, p.Name));

    private static Table Own(Table table, IReadOnlyList<Table> parents) => table with
    {
        Items = [.. table.Items.Where(item => item is not ForeignKeyConstraint && !parents.Any(parent => parent.Items.Any(i => IsSame(item, i))))],
    };

    private static bool IsSame(SchemaItem own, SchemaItem inherited) => (own, inherited) switch
    {
        // A serial column's default is handed down as what it is.
        (Column a, Column b) => a with { ServerDefault = null, Autoincrement = null, Comment = null, IsInherited = false } == b with { ServerDefault = null, Autoincrement = null, Identity = null, Comment = null, IsInherited = false }
            && (a.ServerDefault == b.ServerDefault || (b.ServerDefault is null && a.ServerDefault?.Value.StartsWith("nextval(", StringComparison.Ordinal) == true)) && a.Comment is null,
        (CheckConstraint a, CheckConstraint b) => a == b,
        _ => false,
    };
}
