namespace Alembic.Schema;

/// <summary>
/// Creates an index. On a property it is over the property's column, on a class over the properties that it names. EF Core's attribute
/// of the same name means the same.
/// </summary>
/// <param name="properties">On a class: the properties (<c>nameof(City), nameof(Street)</c>) in the index's order. On a property:
/// none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class IndexAttribute(params string[] properties) : Attribute
{
    /// <summary>The properties, in the index's order; empty on a property.</summary>
    public IReadOnlyList<string> Properties => properties;

    /// <summary>The index's name; null for the one from the naming convention.</summary>
    public string? Name { get; init; }

    /// <summary>Tells whether the index is unique.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Tells which columns are in descending order, one value for each property.</summary>
    public bool[]? IsDescending { get; init; }

    /// <summary>Tells whether all columns are in descending order.</summary>
    public bool AllDescending { get; init; }

    /// <summary>The condition of a partial index, in the database's own SQL; null for all rows.</summary>
    public string? Filter { get; init; }
}
