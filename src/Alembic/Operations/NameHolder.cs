namespace Alembic.Operations;

/// <summary>Something other than a table whose name no table can have as long as it is there.</summary>
/// <param name="Kind">What it is, for the eyes: "view".</param>
/// <param name="Schema">Its schema, or null for the connection's own.</param>
/// <param name="Name">Its name.</param>
internal sealed record NameHolder(string Kind, string? Schema, string Name);
