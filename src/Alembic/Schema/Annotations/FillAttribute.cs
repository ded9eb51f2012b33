namespace Alembic.Schema;

/// <summary>
/// Says what existing rows get where autogenerate adds a property's column, or makes it NOT NULL: <c>[Fill(0)]</c>, or with an expression
/// over the row
/// <c>[Fill(Sql = "lower(name)")]</c>. Unlike <c>[DefaultValue]</c> it is not kept in the database.
/// </summary>
/// <param name="value">The value, of the property's type; null where <see cref="Sql"/> says it.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FillAttribute(object? value = null) : Attribute
{
    /// <summary>The value.</summary>
    public object? Value => value;

    /// <summary>An SQL expression, which may name other columns.</summary>
    public string? Sql { get; init; }
}
