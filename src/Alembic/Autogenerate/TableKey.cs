using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// What a table is known by. A class: generic types over a structure of one's own are compiled only when the program runs.
/// </summary>
internal sealed record TableKey(string Schema, string Name) : IComparable<TableKey>
{
    public static TableKey Of(Table table) => new(table.Schema ?? "", table.Name);

    /// <summary>The table that a foreign key points to.</summary>
    public static TableKey Of(ForeignKeyConstraint key) => new(key.ReferentSchema ?? "", key.ReferentTable);

    public int CompareTo(TableKey? other) =>
        string.CompareOrdinal(Schema, other?.Schema) is not 0 and var order ? order : string.CompareOrdinal(Name, other?.Name);
}
