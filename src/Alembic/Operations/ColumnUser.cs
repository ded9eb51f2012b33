namespace Alembic.Operations;

/// <summary>Something outside of a column's table, or of no table, that uses the column.</summary>
/// <param name="Name">What it is, for the eyes: "view v".</param>
/// <param name="StepsAside">Whether it can be dropped and created again while the column gets another type.</param>
internal sealed record ColumnUser(string Name, bool StepsAside)
{
    /// <summary>Whether the column can get another type under it.</summary>
    public bool TakesAnyType { get; init; }

    /// <summary>Whether the column can get another name under it.</summary>
    public bool TakesAnyName { get; init; }

    /// <summary>Whether it lets the column go, and does not work after that; else it keeps the column from being dropped.</summary>
    public bool Breaks { get; init; }
}

/// <summary>A column of the database.</summary>
/// <param name="Schema">The table's schema, or null for the connection's own.</param>
/// <param name="Table">The table.</param>
/// <param name="Name">The column, or <see cref="Any"/> for the whole table.</param>
internal sealed record ColumnName(string? Schema, string Table, string Name)
{
    /// <summary>The name that no column has.</summary>
    public const string Any = "";
}
