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

    /// <summary>Whether it was read from the database; false for one of the model.</summary>
    public bool IsReflected { get; init; }
}
