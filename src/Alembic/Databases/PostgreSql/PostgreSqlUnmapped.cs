using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>What a database has besides tables, and tables that are more than a <see cref="Table"/> can say; what an extension made belongs to that.</summary>
internal static class PostgreSqlUnmapped
{
    private const string Query =
        """
        WITH spaces AS (
            SELECT oid, CASE WHEN nspname <> current_schema() THEN nspname::text END AS name FROM pg_namespace
            WHERE nspname = current_schema() OR (@all AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\_toast%' AND nspname NOT LIKE 'pg\_temp%')),
        owned AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e')
        SELECT k.kind, s.name AS schema_name, k.name FROM (
            SELECT 1 AS rank, 'extension' AS kind, e.extnamespace AS space, e.extname::text AS name FROM pg_extension e WHERE e.extname <> 'plpgsql'
            UNION ALL SELECT 2, 'schema', n.oid, n.nspname::text FROM pg_namespace n WHERE n.nspname <> 'public' AND n.nspname <> current_schema()
            UNION ALL SELECT 3, CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'range type' END, t.typnamespace, t.typname::text FROM pg_type t
                WHERE t.typtype IN ('d', 'r') AND NOT EXISTS (SELECT 1 FROM owned o WHERE o.classid = 'pg_type'::regclass AND o.objid = t.oid)
            UNION ALL SELECT CASE c.relkind WHEN 'S' THEN 4 ELSE 5 END,
                    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'composite type' END, c.relnamespace, c.relname::text
                FROM pg_class c
                WHERE (c.relkind IN ('v', 'm', 'f', 'c') OR (c.relkind = 'S' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))))
                  AND NOT EXISTS (SELECT 1 FROM owned o WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid)
            UNION ALL SELECT 6, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, p.pronamespace, p.proname::text FROM pg_proc p
                WHERE NOT EXISTS (SELECT 1 FROM owned o WHERE o.classid = 'pg_proc'::regclass AND o.objid = p.oid)
                  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
            UNION ALL SELECT 7, 'trigger', c.relnamespace, g.tgname || ' on ' || c.relname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE NOT g.tgisinternal
            UNION ALL SELECT 8, 'policy', c.relnamespace, y.polname || ' on ' || c.relname FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid
            UNION ALL SELECT 8, 'rule', c.relnamespace, r.rulename || ' on ' || c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN') k
        JOIN spaces s ON s.oid = k.space
        ORDER BY k.rank, k.kind, s.name, k.name
        """;

    public static IReadOnlyList<UnmappedObject> Read(IMigrationSession session, MetaData database, bool allSchemas) =>
    [
        .. PostgreSqlInheritance.Of(database),
        .. PostgreSqlPartitions.Read(session, allSchemas),
        .. session.Query(new Statement(Query) { Parameters = Parameter.From(new { all = allSchemas }) })
            .Select(row => new UnmappedObject((string)row["kind"]!, (string)row["name"]!, (string)row["kind"]! is "schema" or "extension" ? null : (string?)row["schema_name"])),
    ];
}
