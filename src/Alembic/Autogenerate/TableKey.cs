using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Identifies a table. It is a class because .NET compiles generic types over one's own structs only at run time.</summary>
internal sealed record TableKey(string Schema, string Name) : IComparable<TableKey>
{
    public static TableKey Of(Table table) => new(table.Schema ?? "", table.Name);

    /// <summary>The table that a foreign key points to.</summary>
    public static TableKey Of(ForeignKeyConstraint key) => new(key.ReferentSchema ?? "", key.ReferentTable);

    /// <summary>Gets the tables that a table inherits from.</summary>
    public static IEnumerable<TableKey> Parents(Table table, Dialect dialect) =>
        dialect.Comparison.Parents(table).Select(parent => new TableKey(parent.Schema ?? "", parent.Name));

    /// <summary>Gets the tables that must exist before a table, for its foreign keys and its columns.</summary>
    public static IEnumerable<TableKey> Needed(Table table, Dialect dialect) =>
        table.ForeignKeys.Select(Of).Concat(Parents(table, dialect));

    public int CompareTo(TableKey? other) =>
        string.CompareOrdinal(Schema, other?.Schema) is not 0 and var order ? order : string.CompareOrdinal(Name, other?.Name);
}
