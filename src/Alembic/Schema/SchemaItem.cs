namespace Alembic.Schema;

/// <summary>A part of a table: a column, a constraint or an index.</summary>
public abstract record SchemaItem
{
    /// <summary>The project's notes for its own use; comparisons ignore them.</summary>
    public SchemaInfo Info { get; init; } = SchemaInfo.None;
}

/// <summary>A constraint of a table.</summary>
public abstract record Constraint : SchemaItem
{
    /// <summary>The constraint's name, or null for one that the database names.</summary>
    public string? Name { get; init; }
}
