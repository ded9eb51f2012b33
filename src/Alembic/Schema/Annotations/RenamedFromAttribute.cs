namespace Alembic.Schema;

/// <summary>
/// Says what a class's table, or a property's column, was called before: autogenerate renames it where the database still has the old name.
/// </summary>
/// <param name="name">The old name, as the database has it.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class RenamedFromAttribute(string name) : Attribute
{
    /// <summary>The old name, as the database has it.</summary>
    public string Name => name;
}
