namespace Alembic.Databases.PostgreSql;

/// <summary>What the catalog says about a database, without what changes with its rows.</summary>
internal static class PostgreSqlFingerprint
{
    private const string Own = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'";

    /// <param name="statement">
    /// The statement in question. An invalid index counts as missing if CREATE INDEX CONCURRENTLY left it, and as existing if
    /// DROP INDEX CONCURRENTLY did.
    /// </param>
    public static IEnumerable<string> Queries(string statement) =>
        [Relations(PostgreSqlConcurrently.Drops(statement) ? "" : " AND i.indisvalid IS DISTINCT FROM false"), .. Rest];

    private static string Relations(string valid) =>
        "SELECT n.nspname, c.relname, c.relkind::text AS kind, c.relpersistence::text AS persistence, array_to_string(c.reloptions, ',') "
            + "AS options, obj_description(c.oid, 'pg_class') AS comment, "
            + "CASE c.relkind WHEN 'v' THEN pg_get_viewdef(c.oid) WHEN 'm' THEN pg_get_viewdef(c.oid) WHEN 'i' THEN "
            + "pg_get_indexdef(c.oid) END AS definition "
            + "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid WHERE "
            + $"{Own}{valid} ORDER BY 1, 2";

    private static readonly string[] Rest =
    [
        "SELECT a.attrelid::regclass::text AS owner, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, "
            + "a.attidentity::text AS identity, a.attgenerated::text AS generated, "
            + "a.attcollation::text AS collation, pg_get_expr(d.adbin, d.adrelid) AS value, col_description(a.attrelid, a.attnum) AS "
            + "comment "
            + "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN "
            + "pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
            + $"WHERE {Own} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2",
        "SELECT n.nspname, c.conname, c.conrelid::regclass::text AS owner, pg_get_constraintdef(c.oid) AS definition, c.convalidated "
            + $"FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE {Own} ORDER BY 1, 2, 3",
        "SELECT n.nspname, t.typname, e.enumlabel, e.enumsortorder FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT "
            + $"JOIN pg_enum e ON e.enumtypid = t.oid WHERE {Own} ORDER BY 1, 2, 4",
        "SELECT n.nspname, p.proname, pg_get_function_identity_arguments(p.oid) AS arguments, p.prosrc FROM pg_proc p JOIN pg_namespace "
            + $"n ON n.oid = p.pronamespace WHERE {Own} ORDER BY 1, 2, 3",
        "SELECT pg_get_triggerdef(t.oid) AS definition FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON "
            + $"n.oid = c.relnamespace WHERE {Own} AND NOT t.tgisinternal ORDER BY 1",
        "SELECT extname, extversion FROM pg_extension ORDER BY 1",
    ];
}
