namespace Alembic.Schema;

/// <summary>
/// Makes names of tables and columns from those of classes and properties; names in <c>[Table]</c> and <c>[Column]</c> stay as they
/// are.
/// </summary>
public enum Naming
{
    /// <summary>As they are: <c>RequiresApproval</c>.</summary>
    AsIs,

    /// <summary>In small letters with underscores: <c>requires_approval</c>, <c>http_server</c>, <c>user_id</c>.</summary>
    SnakeCase,
}
