using Alembic.Operations;

namespace Alembic.Lint;

/// <summary>A change of a table's rows in SQL that the user wrote.</summary>
/// <param name="Table">The table.</param>
/// <param name="Schema">Its schema, or null.</param>
/// <param name="Columns">The columns that get another value; null if the rows are deleted.</param>
/// <param name="IsOfAll">Whether it changes all rows, without a condition.</param>
internal sealed record ChangedRows(string Table, string? Schema, IReadOnlyList<string>? Columns, bool IsOfAll) : Operation
{
    /// <summary>Tells whether it is a TRUNCATE, which takes no longer on more rows.</summary>
    public bool IsTruncated { get; init; }

    public bool IsDelete => Columns is null;

    protected internal override IEnumerable<string> Sql(Dialect dialect) => [];
}
