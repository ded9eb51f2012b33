namespace Alembic.Schema;

/// <summary>
/// Rows of a table that belong to the model, such as reference data: each must exist, with exactly these values. Other rows of the table
/// do not matter.
/// </summary>
public sealed record TableRows
{
    /// <summary>Creates rows for a table.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="key">The columns that identify a row, among the given ones.</param>
    /// <param name="columns">The given columns.</param>
    /// <param name="rows">The rows, each with a value for each column, in the columns' order.</param>
    /// <param name="schema">The table's schema, or null for the connection's own.</param>
    public TableRows(string table, IReadOnlyList<string> key, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows,
        string? schema = null)
    {
        Table = table;
        Key = key;
        Columns = columns;
        Rows = [.. rows.Select(EquatableList.Of)];
        Schema = schema;
    }

    /// <summary>The table's name.</summary>
    public string Table { get; init; }

    /// <summary>The columns that identify a row.</summary>
    public IReadOnlyList<string> Key { get; init => field = EquatableList.Of(value); }

    /// <summary>The given columns.</summary>
    public IReadOnlyList<string> Columns { get; init => field = EquatableList.Of(value); }

    /// <summary>The rows, each with a value for each column.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; init => field = EquatableList.Of(value); }

    /// <summary>The table's schema, or null for the connection's own.</summary>
    public string? Schema { get; init; }
}
