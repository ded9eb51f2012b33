using Alembic.Operations;

namespace Alembic.Lint;

/// <summary>A change of a table's rows that the user wrote as SQL.</summary>
/// <param name="Table">The table.</param>
/// <param name="Schema">Its schema, or null.</param>
/// <param name="Columns">The columns that get another value; null where the rows are deleted.</param>
/// <param name="IsOfAll">Whether no condition says which rows.</param>
internal sealed record ChangedRows(string Table, string? Schema, IReadOnlyList<string>? Columns, bool IsOfAll) : Operation
{
    /// <summary>Tells whether that takes no longer the more rows there are.</summary>
    public bool IsTruncated { get; init; }

    public bool IsDelete => Columns is null;

    protected internal override IEnumerable<string> Sql(Dialect dialect) => [];
}
