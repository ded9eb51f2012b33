using Alembic.Schema;

namespace Alembic;

/// <summary>The kinds of things that the filters of autogenerate are asked about.</summary>
public enum SchemaObjectKind
{
#pragma warning disable CS1591 // the names say it
    Schema, Table, Column, Index, UniqueConstraint, ForeignKey, CheckConstraint,
#pragma warning restore CS1591
}

/// <summary>Something that a model or a database has, for a filter to take or leave.</summary>
/// <param name="Name">Its name, or null for one that has none.</param>
/// <param name="Kind">What it is.</param>
public sealed record SchemaObject(string? Name, SchemaObjectKind Kind)
{
    /// <summary>The table that it belongs to; null for a table and a schema.</summary>
    public string? Table { get; init; }

    /// <summary>The schema that it is in, or null for the connection's own; null for a schema.</summary>
    public string? Schema { get; init; }

    /// <summary>Tells whether it was read from the database; false for one of the model.</summary>
    public bool IsReflected { get; init; }

    /// <summary>
    /// The object itself: a <see cref="Schema.Table"/>, a <see cref="Column"/>, a constraint or an index; null for a schema.
    /// </summary>
    public object? Item { get; init; }

    /// <summary>
    /// The object of the same name on the other side, of the model for one that was read from the database; null where there is none.
    /// </summary>
    public object? Counterpart { get; init; }

    /// <summary>The notes that the model has at it, whichever side it is from.</summary>
    public SchemaInfo Info => (IsReflected ? Counterpart : Item) switch
    {
        Table table => table.Info,
        SchemaItem item => item.Info,
        _ => SchemaInfo.None,
    };
    /// <summary>Tells whether both are called the same and are on the same side; what they look like does not count.</summary>
    /// <param name="other">Another object.</param>
    public bool Equals(SchemaObject? other) => other is not null
        && (Name, Kind, Table, Schema, IsReflected) == (other.Name, other.Kind, other.Table, other.Schema, other.IsReflected);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Table, Schema, IsReflected);
}
