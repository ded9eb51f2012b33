using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>Checks that a foreign key refers to a table of the same database file, as SQLite requires: a key cannot name a file.</summary>
internal static class SqliteReferences
{
    public static void Check(Operation operation)
    {
        var (schema, table, keys) = operation switch
        {
            CreateTable o => (o.Table.Schema, o.Table.Name, o.Table.ForeignKeys),
            AddColumn { Column: { ForeignKey: { } key } column } o => (o.Schema, o.Table, [key.OnColumn(column.Name)]),
            CreateConstraint { Constraint: ForeignKeyConstraint key } o => (o.Schema, o.Table, [key]),
            _ => (null, "", []),
        };
        if (keys.FirstOrDefault(k => k.ReferentSchema is { } other && !DdlName.Comparer.Equals(other, schema ?? "main")) is { } foreign)
        {
            throw new AlembicException(
                $"SQLite cannot keep a foreign key from '{schema ?? "main"}.{table}' to "
                    + $"'{foreign.ReferentSchema}.{foreign.ReferentTable}': an attached database is another file")
            {
                Hint =
                    $"leave the schema out if it means the same database; if '{foreign.ReferentTable}' is the table's whole name, "
                        + $"write \"{foreign.ReferentSchema}.{foreign.ReferentTable}\" in quotes",
            };
        }
        foreach (var part in (operation as BatchAlterTable)?.Operations ?? [])
            Check(part);
    }
}
