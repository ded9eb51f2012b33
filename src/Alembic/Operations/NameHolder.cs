namespace Alembic.Operations;

/// <summary>An object other than a table. No table can have its name as long as it exists.</summary>
/// <param name="Kind">Its kind, for display: "view".</param>
/// <param name="Schema">Its schema, or null for the connection's own.</param>
/// <param name="Name">Its name.</param>
internal sealed record NameHolder(string Kind, string? Schema, string Name);
