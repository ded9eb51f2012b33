namespace Alembic.Schema;

/// <summary>What tables of a model need and no operation creates: a collation, a range type (PostgreSQL).</summary>
/// <param name="Kind">What it is, for the log.</param>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its schema, or null for the connection's own.</param>
/// <param name="Create">The statement that creates it.</param>
/// <param name="Drop">The statement that drops it.</param>
internal sealed record NeededObject(string Kind, string Name, string? Schema, string Create, string Drop);
