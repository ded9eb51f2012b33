namespace Alembic.Schema;

/// <summary>
/// An element of an exclusion constraint: a column or an expression, and the operator that compares it. Converts from a pair:
/// <c>("during", "&amp;&amp;")</c>.
/// </summary>
/// <param name="Element">The column or the expression.</param>
/// <param name="Operator">The operator, for example <c>=</c> or <c>&amp;&amp;</c>.</param>
public sealed record ExcludeElement(IndexElement Element, string Operator)
{
    /// <summary>Creates an element from a column and its operator.</summary>
    public static implicit operator ExcludeElement((string Column, string Operator) pair) => new(pair.Column, pair.Operator);

    /// <summary>Creates an element from an expression and its operator.</summary>
    public static implicit operator ExcludeElement((SqlText Expression, string Operator) pair) => new(pair.Expression, pair.Operator);
}

/// <summary>A rule that all comparisons hold for no two rows (PostgreSQL).</summary>
public sealed record ExcludeConstraint : Constraint
{
    /// <summary>Creates an exclusion constraint.</summary>
    /// <param name="elements">Columns and expressions, each with the operator that compares it: <c>[("room", "="), ("during",
    /// "&amp;&amp;")]</c>.</param>
    /// <param name="name">The constraint's name, or null.</param>
    /// <param name="where">The condition of the rows that it applies to, or null for all.</param>
    /// <param name="method">The access method of its index.</param>
    /// <param name="deferrable">Whether the check can wait until the end of the transaction; null for the database's default.</param>
    /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
    public ExcludeConstraint(
        IReadOnlyList<ExcludeElement> elements, string? name = null, string? where = null, string method = "gist", bool? deferrable = null,
        string? initially = null)
    {
        Elements = elements;
        Name = name;
        Where = where;
        Method = method;
        Deferrable = deferrable;
        Initially = initially;
    }

    /// <summary>The columns and expressions with their operators.</summary>
    public IReadOnlyList<ExcludeElement> Elements { get; init => field = EquatableList.Of(value); }

    /// <summary>The condition of the rows that it applies to, or null.</summary>
    public string? Where { get; init; }

    /// <summary>The access method of its index.</summary>
    public string Method { get; init; }

    /// <summary>Tells whether the check can wait until the end of the transaction, or null.</summary>
    public bool? Deferrable { get; init; }

    /// <summary><c>DEFERRED</c>, <c>IMMEDIATE</c> or null.</summary>
    public string? Initially { get; init; }
}
