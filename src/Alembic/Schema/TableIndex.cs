namespace Alembic.Schema;

/// <summary>
/// An element of an index: a column or an expression. Converts from text (a column) and <see cref="SqlText"/> (an expression).
/// </summary>
public sealed record IndexElement
{
    private IndexElement(string? column, string? expression, bool descending = false) =>
        (Column, Expression, IsDescending) = (column, expression, descending);

    /// <summary>The column, or null for an expression.</summary>
    public string? Column { get; }

    /// <summary>The expression in SQL, or null for a column.</summary>
    public string? Expression { get; }

    /// <summary>Tells whether a column is in descending order; an expression includes its order.</summary>
    public bool IsDescending { get; }

    /// <summary>Gets a column in descending order.</summary>
    /// <param name="column">The column.</param>
    public static IndexElement Descending(string column) => new(column, null, descending: true);

    /// <summary>The same element with another column.</summary>
    internal IndexElement WithColumn(string column) => new(column, null, IsDescending);

    /// <summary>Creates an element from a column.</summary>
    public static implicit operator IndexElement(string column) => new(column, null);

    /// <summary>
    /// Creates an element from an expression, for example <c>Sql.Text("lower(name)")</c> or <c>Sql.Text("created DESC")</c>.
    /// </summary>
    public static implicit operator IndexElement(SqlText expression) => new(null, expression.Value);

    /// <inheritdoc/>
    public override string ToString() => Column is null ? Expression ?? "" : IsDescending ? $"{Column} DESC" : Column;
}

/// <summary>An index of a table.</summary>
public sealed record TableIndex : SchemaItem
{
    /// <summary>Creates an index over columns and expressions.</summary>
    /// <param name="name">The index's name; null for the one from the naming convention.</param>
    /// <param name="columns">The columns and expressions.</param>
    /// <param name="unique">Whether the index is unique.</param>
    /// <param name="where">The condition of a partial index, or null.</param>
    /// <param name="include">Columns that it stores but does not search, if the database supports that; or null.</param>
    /// <param name="method">The access method, for example <c>gin</c>; or null.</param>
    /// <param name="nullsNotDistinct">Whether NULL counts as a value that only one row of a unique index may have (PostgreSQL 15).</param>
    /// <param name="options">Options that only one database has, for example <c>postgresql_with</c>; or null.</param>
    public TableIndex(
        string? name, IReadOnlyList<IndexElement> columns, bool unique = false, string? where = null, IReadOnlyList<string>? include = null,
        string? method = null,
        bool nullsNotDistinct = false, DialectOptions? options = null)
    {
        Name = name;
        Columns = columns;
        Unique = unique;
        Where = where;
        Include = include ?? [];
        Method = method;
        NullsNotDistinct = nullsNotDistinct;
        Options = options ?? DialectOptions.None;
    }

    /// <summary>The index's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The columns and expressions.</summary>
    public IReadOnlyList<IndexElement> Columns { get; init => field = EquatableList.Of(value); }

    /// <summary>Tells whether the index is unique.</summary>
    public bool Unique { get; init; }

    /// <summary>The condition of a partial index, or null.</summary>
    public string? Where { get; init; }

    /// <summary>Columns that it stores but does not search; empty for none.</summary>
    public IReadOnlyList<string> Include { get; init => field = EquatableList.Of(value); }

    /// <summary>The access method, or null.</summary>
    public string? Method { get; init; }

    /// <summary>Tells whether NULL counts as a value that only one row of a unique index may have.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>The options that only one database has.</summary>
    public DialectOptions Options { get; init; }
}
