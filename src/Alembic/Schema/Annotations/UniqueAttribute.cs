namespace Alembic.Schema;

/// <summary>
/// Creates a unique constraint. On a property it is over the property's column, on a class over the properties that it names.
/// </summary>
/// <param name="properties">On a class: the properties (<c>nameof(City), nameof(Street)</c>). On a property: none.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class UniqueAttribute(params string[] properties) : Attribute
{
    /// <summary>The properties; empty on a property.</summary>
    public IReadOnlyList<string> Properties => properties;

    /// <summary>The constraint's name; null for the one from the naming convention.</summary>
    public string? Name { get; init; }
}
