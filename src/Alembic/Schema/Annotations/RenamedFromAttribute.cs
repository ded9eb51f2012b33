namespace Alembic.Schema;

/// <summary>
/// Gives the former name of a class's table or a property's column: autogenerate renames it if the database still has the old name.
/// </summary>
/// <param name="name">The old name, as it is in the database.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class RenamedFromAttribute(string name) : Attribute
{
    /// <summary>The old name, as it is in the database.</summary>
    public string Name => name;
}
