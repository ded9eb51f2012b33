namespace Alembic.Schema;

/// <summary>
/// Tells how classes and properties name tables and columns; names in <c>[Table]</c> and <c>[Column]</c> stay as they are.
/// </summary>
public enum Naming
{
    /// <summary>As they are: <c>RequiresApproval</c>.</summary>
    AsIs,

    /// <summary>In lower case with underscores: <c>requires_approval</c>, <c>http_server</c>, <c>user_id</c>.</summary>
    SnakeCase,
}
