namespace Alembic.Operations;

/// <summary>An object outside of a column's table that uses the column.</summary>
/// <param name="Name">Its kind and name, for display: "view v".</param>
/// <param name="StepsAside">Whether it can be dropped before the column's type changes, and recreated after it.</param>
internal sealed record ColumnUser(string Name, bool StepsAside)
{
    /// <summary>Tells whether the column's type can change while it exists.</summary>
    public bool TakesAnyType { get; init; }

    /// <summary>Tells whether the column can be renamed while it exists.</summary>
    public bool TakesAnyName { get; init; }

    /// <summary>Tells whether the column can be dropped, which breaks this object; if false, the database refuses to drop it.</summary>
    public bool Breaks { get; init; }
}

/// <summary>A column of the database.</summary>
/// <param name="Schema">The table's schema, or null for the connection's own.</param>
/// <param name="Table">The table.</param>
/// <param name="Name">The column, or <see cref="Any"/> for the whole table.</param>
internal sealed record ColumnName(string? Schema, string Table, string Name)
{
    /// <summary>A name that no column has.</summary>
    public const string Any = "";
}
