using Alembic.Schema;

namespace Alembic.Operations;

/// <summary>Something that a database has and <see cref="MetaData"/> has no place for.</summary>
/// <param name="Kind">What it is, for the eyes: "view", "trigger".</param>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its schema, or null for the connection's own.</param>
public sealed record UnmappedObject(string Kind, string Name, string? Schema = null)
{
    /// <summary>The operations that make it all the same, as the database itself writes it; empty where there are none.</summary>
    public IReadOnlyList<Operation> Instead { get; init; } = [];

    /// <summary>The table that it is a part of, and comes and goes with; or null.</summary>
    public (string? Schema, string Table)? Of { get; init; }

    /// <summary>Whether it is a table that has been read, but not with all that it is.</summary>
    public bool IsTable { get; init; }
}
