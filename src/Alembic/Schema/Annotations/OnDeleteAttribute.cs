namespace Alembic.Schema;

/// <summary>
/// Says what the database does to a row when the row that it points to is deleted. Goes on the navigation, or on the property that holds
/// the key.
/// </summary>
/// <param name="action"><c>CASCADE</c>, <c>SET NULL</c>, <c>SET DEFAULT</c>, <c>RESTRICT</c> or <c>NO ACTION</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OnDeleteAttribute(string action) : Attribute
{
    /// <summary>The action.</summary>
    public string Action => action;
}
