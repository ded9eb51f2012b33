namespace Alembic.Schema;

/// <summary>
/// Asks for a unique constraint: on a property for one over its column, on a class for one over the properties that it names.
/// </summary>
/// <param name="properties">On a class: the properties (<c>nameof(City), nameof(Street)</c>). On a property: none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class UniqueAttribute(params string[] properties) : Attribute
{
    /// <summary>The properties; empty on a property.</summary>
    public IReadOnlyList<string> Properties => properties;

    /// <summary>The constraint's name; null for the one that the naming convention gives.</summary>
    public string? Name { get; init; }
}
