namespace Alembic.Databases.SqlServer;

/// <summary>
/// The queries for what a database has other than plain tables: one for each kind of object, whatever the number of tables.
/// </summary>
internal static class SqlServerObjects
{
    private const string OfSchema = "(@all = 1 OR o.schema_id = SCHEMA_ID())";

    private const string Schema = "CASE WHEN o.schema_id <> SCHEMA_ID() THEN SCHEMA_NAME(o.schema_id) END AS schema_name";

    // Without the objects of the server and of its tools (the diagrams of Management Studio).
    private const string OfUsers =
        $"""
        {OfSchema} AND o.is_ms_shipped = 0
          AND NOT EXISTS (SELECT 1 FROM sys.extended_properties z WHERE z.class = 1 AND z.major_id = o.object_id AND z.minor_id = 0
          AND z.name = 'microsoft_database_tools_support')
        """;

    /// <summary>Views, functions, procedures and triggers, in the order in which they were created.</summary>
    public const string Modules =
        $"""
        SELECT o.object_id AS id, {Schema}, o.name AS name,
          CASE o.type WHEN 'V' THEN 'view' WHEN 'P' THEN 'procedure' WHEN 'TR' THEN 'trigger' ELSE 'function' END AS kind,
          m.definition AS definition, m.uses_ansi_nulls AS ansi_nulls, m.uses_quoted_identifier AS quoted_identifier,
          m.is_schema_bound AS schema_bound,
          CASE WHEN t.schema_id <> SCHEMA_ID() THEN SCHEMA_NAME(t.schema_id) END AS table_schema, t.name AS table_name
        FROM sys.objects o
        JOIN sys.sql_modules m ON m.object_id = o.object_id
        LEFT JOIN sys.tables t ON t.object_id = o.parent_object_id
        WHERE o.type IN ('V', 'P', 'TR', 'FN', 'IF', 'TF') AND {OfUsers}
        ORDER BY o.create_date, o.object_id
        """;

    /// <summary>The objects that a module's text names.</summary>
    public const string Dependencies =
        """
        SELECT d.referencing_id AS id, d.referenced_id AS needed
        FROM sys.sql_expression_dependencies d
        WHERE d.referencing_class = 1 AND d.referenced_class = 1 AND d.referenced_id IS NOT NULL
          AND d.referenced_id <> d.referencing_id
        """;

    /// <summary>Types that are another name for a type of the server.</summary>
    public const string Types =
        $"""
        SELECT {Schema}, o.name AS name, TYPE_NAME(o.system_type_id) AS type_name, o.max_length AS max_length, o.precision AS precision,
          o.scale AS scale, o.is_nullable AS is_nullable
        FROM sys.types o
        WHERE o.is_user_defined = 1 AND o.is_assembly_type = 0 AND o.is_table_type = 0 AND {OfSchema}
        ORDER BY o.user_type_id
        """;

    public const string Sequences =
        $"""
        SELECT {Schema}, o.name AS name, TYPE_NAME(o.system_type_id) AS type_name, o.precision AS precision,
          CAST(o.start_value AS varchar(40)) AS start, CAST(o.increment AS varchar(40)) AS increment,
          CAST(o.minimum_value AS varchar(40)) AS min, CAST(o.maximum_value AS varchar(40)) AS max, o.is_cycling AS cycle,
          o.is_cached AS is_cached, o.cache_size AS cache
        FROM sys.sequences o
        WHERE {OfUsers}
        ORDER BY o.object_id
        """;

    public const string Synonyms =
        $"""
        SELECT {Schema}, o.name AS name, o.base_object_name AS target
        FROM sys.synonyms o
        WHERE {OfUsers}
        ORDER BY o.object_id
        """;

    /// <summary>Tells whether this server's tables can be nodes and edges of a graph: since 2017.</summary>
    public const string HasGraphs =
        "SELECT 1 AS one FROM sys.all_columns c WHERE c.object_id = OBJECT_ID('sys.tables') AND c.name = 'is_node'";

    public static string Graphs { get; } = OfTables("graph table", "(o.is_node = 1 OR o.is_edge = 1)");

    /// <summary>The objects that can only be named.</summary>
    public static string Features { get; } = string.Join("\nUNION ALL ",
    [
        OfTables("external table", "o.is_external = 1"),
        OfTables("memory-optimized table", "o.is_memory_optimized = 1"),
        OfTables("file table", "o.is_filetable = 1"),
        OfTables("system versioning", "o.temporal_type = 2"),
        OfTables("partitions", "EXISTS (SELECT 1 FROM sys.partitions p WHERE p.object_id = o.object_id AND p.partition_number > 1)"),
        OfTables("compression", "EXISTS (SELECT 1 FROM sys.partitions p WHERE p.object_id = o.object_id AND p.data_compression > 0)"),
        OfTables("full-text index", "EXISTS (SELECT 1 FROM sys.fulltext_indexes f WHERE f.object_id = o.object_id)"),
        Of("indexes", "object_id", "columnstore index", "k.type IN (5, 6)"),
        Of("indexes", "object_id", "XML index", "k.type = 3"),
        Of("indexes", "object_id", "spatial index", "k.type = 4"),
        Of("indexes", "object_id", "hash index", "k.type = 7"),
        Of("indexes", "object_id", "disabled index", "k.type IN (1, 2) AND k.is_disabled = 1"),
        Of("check_constraints", "parent_object_id", "disabled check", "k.is_disabled = 1"),
        Of("check_constraints", "parent_object_id", "check that was not validated", "k.is_disabled = 0 AND k.is_not_trusted = 1"),
        Of("foreign_keys", "parent_object_id", "disabled foreign key", "k.is_disabled = 1"),
        Of("foreign_keys", "parent_object_id", "foreign key that was not validated", "k.is_disabled = 0 AND k.is_not_trusted = 1"),
        Of("triggers", "parent_id", "disabled trigger", "k.is_disabled = 1"),
        Of("columns", "object_id", "sparse column", "k.is_sparse = 1"),
        Of("columns", "object_id", "masked column", "k.is_masked = 1"),
        Of("columns", "object_id", "encrypted column", "k.encryption_type IS NOT NULL"),
        Of("columns", "object_id", "ROWGUIDCOL", "k.is_rowguidcol = 1"),
        Alone("table_types", "table type", "o.is_user_defined = 1"),
        Alone("types", "type of an assembly", "o.is_user_defined = 1 AND o.is_assembly_type = 1"),
        Alone("xml_schema_collections", "XML schema collection", "o.schema_id <> SCHEMA_ID('sys')"),
    ]);

    private static string OfTables(string kind, string condition) =>
        $"SELECT '{kind}' AS kind, {Schema}, o.name AS name, o.name AS table_name FROM sys.tables o WHERE {condition} AND {OfUsers}";

    private static string Of(string view, string table, string kind, string condition) =>
        $"SELECT '{kind}' AS kind, {Schema}, k.name AS name, o.name AS table_name "
            + $"FROM sys.tables o JOIN sys.{view} k ON k.{table} = o.object_id WHERE {condition} AND {OfUsers}";

    private static string Alone(string view, string kind, string condition) =>
        $"SELECT '{kind}' AS kind, {Schema}, o.name AS name, NULL AS table_name FROM sys.{view} o WHERE {condition} AND {OfSchema}";
}
