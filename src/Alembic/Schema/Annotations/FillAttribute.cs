namespace Alembic.Schema;

/// <summary>
/// Says what existing rows get if autogenerate adds a property's column, or makes it NOT NULL: <c>[Fill(0)]</c>, or an expression over
/// the row: <c>[Fill(Sql = "lower(name)")]</c>. Unlike <c>[DefaultValue]</c>, the database does not keep it.
/// </summary>
/// <param name="value">The value, of the property's type; null if <see cref="Sql"/> gives it.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FillAttribute(object? value = null) : Attribute
{
    /// <summary>The value.</summary>
    public object? Value => value;

    /// <summary>An SQL expression, which may name other columns.</summary>
    public string? Sql { get; init; }
}
