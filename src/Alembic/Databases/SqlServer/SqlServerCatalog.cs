namespace Alembic.Databases.SqlServer;

/// <summary>The queries of the catalog views: one for each kind of object, whatever the number of tables.</summary>
internal static class SqlServerCatalog
{
    private const string Tables = "FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id";

    // Without the server's own tables, the history tables that it keeps, and those of its tools (the diagrams of Management Studio).
    private const string OfUsers =
        """
        WHERE (@all = 1 OR t.schema_id = SCHEMA_ID()) AND t.is_ms_shipped = 0 AND t.temporal_type <> 1
          AND NOT EXISTS (SELECT 1 FROM sys.extended_properties z WHERE z.class = 1 AND z.major_id = t.object_id AND z.minor_id = 0
          AND z.name = 'microsoft_database_tools_support')
        """;

    public const string OwnSchema = "SELECT SCHEMA_NAME() AS own";

    /// <summary>The objects that share their names with tables.</summary>
    public const string NameHolders =
        """
        SELECT CASE WHEN o.schema_id <> SCHEMA_ID() THEN SCHEMA_NAME(o.schema_id) END AS schema_name, o.name AS name,
          CASE o.type WHEN 'V' THEN 'view' WHEN 'P' THEN 'procedure' WHEN 'SN' THEN 'synonym' WHEN 'SO' THEN 'sequence'
            ELSE 'function' END AS kind
        FROM sys.objects o
        WHERE o.type IN ('V', 'P', 'SN', 'SO', 'FN', 'IF', 'TF') AND o.is_ms_shipped = 0
        ORDER BY 1, 2
        """;

    // The columns of a period come with system versioning; only the server writes them.
    public const string Columns =
        $"""
        SELECT t.object_id AS table_id, CASE WHEN t.schema_id <> SCHEMA_ID() THEN s.name END AS schema_name, t.name AS table_name,
          CAST(p.value AS nvarchar(max)) AS table_comment,
            c.name AS name, CASE WHEN y.is_user_defined = 1 THEN SCHEMA_NAME(y.schema_id) END AS type_schema, y.name AS type_name,
              c.max_length AS max_length, c.precision AS precision, c.scale AS scale,
            c.is_nullable AS is_nullable, CASE WHEN c.collation_name <> CAST(DATABASEPROPERTYEX(DB_NAME(), 'Collation') AS sysname)
              THEN c.collation_name END AS collation,
            d.definition AS default_text, k.definition AS computed, k.is_persisted AS is_persisted,
            c.is_identity AS is_identity, TRY_CAST(i.seed_value AS bigint) AS seed, TRY_CAST(i.increment_value AS bigint) AS increment,
              CAST(q.value AS nvarchar(max)) AS comment
        {Tables}
        JOIN sys.columns c ON c.object_id = t.object_id
        JOIN sys.types y ON y.user_type_id = c.user_type_id
        LEFT JOIN sys.default_constraints d ON d.parent_object_id = c.object_id AND d.parent_column_id = c.column_id
        LEFT JOIN sys.computed_columns k ON k.object_id = c.object_id AND k.column_id = c.column_id
        LEFT JOIN sys.identity_columns i ON i.object_id = c.object_id AND i.column_id = c.column_id
        LEFT JOIN sys.extended_properties p ON p.class = 1 AND p.major_id = t.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
        LEFT JOIN sys.extended_properties q ON q.class = 1 AND q.major_id = t.object_id AND q.minor_id = c.column_id
          AND q.name = 'MS_Description'
        {OfUsers} AND c.generated_always_type = 0
        ORDER BY s.name, t.name, c.column_id
        """;

    // Primary keys and unique constraints are indexes too. A partition's column is listed, but is not a part of either.
    public const string Indexes =
        $"""
        SELECT t.object_id AS table_id, x.name AS name, x.is_primary_key AS is_primary_key, x.is_unique_constraint AS is_unique_constraint,
          x.is_unique AS is_unique, x.type AS type,
            x.filter_definition AS condition, c.name AS column_name, y.is_descending_key AS is_descending,
              y.is_included_column AS is_included
        {Tables}
        JOIN sys.indexes x ON x.object_id = t.object_id AND x.type IN (1, 2) AND x.is_hypothetical = 0
        JOIN sys.index_columns y ON y.object_id = x.object_id AND y.index_id = x.index_id
          AND (y.key_ordinal > 0 OR y.is_included_column = 1)
        JOIN sys.columns c ON c.object_id = y.object_id AND c.column_id = y.column_id
        {OfUsers}
        ORDER BY t.object_id, x.name, y.is_included_column, y.key_ordinal, y.index_column_id
        """;

    public const string ForeignKeys =
        $"""
        SELECT t.object_id AS table_id, f.name AS name, c.name AS column_name, CASE WHEN r.schema_id <> SCHEMA_ID()
          THEN SCHEMA_NAME(r.schema_id) END AS referent_schema, r.name AS referent_table,
            u.name AS referent_column, f.delete_referential_action_desc AS on_delete, f.update_referential_action_desc AS on_update
        {Tables}
        JOIN sys.foreign_keys f ON f.parent_object_id = t.object_id
        JOIN sys.foreign_key_columns y ON y.constraint_object_id = f.object_id
        JOIN sys.columns c ON c.object_id = y.parent_object_id AND c.column_id = y.parent_column_id
        JOIN sys.tables r ON r.object_id = f.referenced_object_id
        JOIN sys.columns u ON u.object_id = y.referenced_object_id AND u.column_id = y.referenced_column_id
        {OfUsers}
        ORDER BY t.object_id, f.name, y.constraint_column_id
        """;

    public const string Checks =
        $"""
        SELECT t.object_id AS table_id, k.name AS name, k.definition AS condition
        {Tables}
        JOIN sys.check_constraints k ON k.parent_object_id = t.object_id
        {OfUsers}
        ORDER BY t.object_id, k.name
        """;
}
