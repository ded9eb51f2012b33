namespace Alembic.Databases.Sqlite;

/// <summary>A column (Column is set) or expression of a key or an index. Expression is its text without collation and order.</summary>
internal sealed record DdlIndexElement(string? Column, string Expression, string? Collation = null, bool? Descending = null);
