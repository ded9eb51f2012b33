using Alembic.Schema;

namespace Alembic;

/// <summary>The kinds of objects that the filters of autogenerate get.</summary>
public enum SchemaObjectKind
{
#pragma warning disable CS1591 // the names say it
    Schema, Table, Column, Index, UniqueConstraint, ForeignKey, CheckConstraint,
#pragma warning restore CS1591
}

/// <summary>An object of a model or a database, for a filter to include or exclude.</summary>
/// <param name="Name">Its name, or null if it has none.</param>
/// <param name="Kind">What it is.</param>
public sealed record SchemaObject(string? Name, SchemaObjectKind Kind)
{
    /// <summary>The table that it belongs to; null for a table and a schema.</summary>
    public string? Table { get; init; }

    /// <summary>The schema that it is in, or null for the connection's own; null for a schema.</summary>
    public string? Schema { get; init; }

    /// <summary>Tells whether it was read from the database; false for an object of the model.</summary>
    public bool IsReflected { get; init; }

    /// <summary>
    /// The object itself: a <see cref="Schema.Table"/>, a <see cref="Column"/>, a constraint or an index; null for a schema.
    /// </summary>
    public object? Item { get; init; }

    /// <summary>
    /// The object of the same name on the other side: the model's for one that was read from the database. Null if there is none.
    /// </summary>
    public object? Counterpart { get; init; }

    /// <summary>The model's notes on it, whichever side it is from.</summary>
    public SchemaInfo Info => (IsReflected ? Counterpart : Item) switch
    {
        Table table => table.Info,
        SchemaItem item => item.Info,
        _ => SchemaInfo.None,
    };
    /// <summary>Tells whether both have the same name on the same side; their definitions do not count.</summary>
    /// <param name="other">Another object.</param>
    public bool Equals(SchemaObject? other) => other is not null
        && (Name, Kind, Table, Schema, IsReflected) == (other.Name, other.Kind, other.Table, other.Schema, other.IsReflected);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Table, Schema, IsReflected);
}
