using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>Partitions, as SQL: they are no tables of their own for a comparison, but a database without them takes no rows.</summary>
internal static class PostgreSqlPartitions
{
    // Columns, indexes and constraints come from the table above; what a partition has besides is said in statements of its own.
    private const string Query =
        """
        SELECT n.nspname::text AS own_schema, n.nspname = current_schema() AS is_here, c.relname::text AS name, rn.nspname::text AS root_schema, r.relname::text AS root, rn.nspname = current_schema() AS root_is_here,
            format('CREATE %sTABLE %s PARTITION OF %s %s%s%s%s', CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED ' END, c.oid::regclass, p.oid::regclass, pg_get_expr(c.relpartbound, c.oid),
                ' PARTITION BY ' || pg_get_partkeydef(c.oid), ' WITH (' || array_to_string(c.reloptions, ', ') || ')',
                (SELECT ' TABLESPACE ' || quote_ident(b.spcname) FROM pg_tablespace b WHERE b.oid = c.reltablespace)) AS text,
            ARRAY(
                SELECT format('ALTER TABLE %s ALTER COLUMN %I %s', c.oid::regclass, a.attname, coalesce('SET DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), 'DROP DEFAULT'))
                FROM pg_attribute a JOIN pg_attribute pa ON pa.attrelid = p.oid AND pa.attname = a.attname
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum LEFT JOIN pg_attrdef pd ON pd.adrelid = pa.attrelid AND pd.adnum = pa.attnum
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                  AND pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(pd.adbin, pd.adrelid))
            || ARRAY(
                SELECT format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL', c.oid::regclass, a.attname) FROM pg_attribute a JOIN pg_attribute pa ON pa.attrelid = p.oid AND pa.attname = a.attname
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull AND NOT pa.attnotnull)
            || ARRAY(
                SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.oid::regclass, k.conname, pg_get_constraintdef(k.oid)) FROM pg_constraint k
                WHERE k.conrelid = c.oid AND k.contype IN ('c', 'p', 'u', 'x', 'f') AND k.conislocal AND k.coninhcount = 0 AND k.conparentid = 0 ORDER BY k.contype DESC, k.conname)
            || ARRAY(
                SELECT pg_get_indexdef(i.indexrelid, 0, true) FROM pg_index i
                WHERE i.indrelid = c.oid AND NOT EXISTS (SELECT 1 FROM pg_inherits h WHERE h.inhrelid = i.indexrelid) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
                ORDER BY i.indexrelid)
            || ARRAY(SELECT format('COMMENT ON TABLE %s IS %L', c.oid::regclass, x.text) FROM (SELECT obj_description(c.oid, 'pg_class') AS text) x WHERE x.text IS NOT NULL) AS besides
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_inherits h ON h.inhrelid = c.oid JOIN pg_class p ON p.oid = h.inhparent
        JOIN pg_class r ON r.oid = pg_partition_root(c.oid) JOIN pg_namespace rn ON rn.oid = r.relnamespace
        WHERE c.relispartition AND c.relkind IN ('r', 'p') AND (rn.nspname = current_schema() OR @all)
          AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'e')
        ORDER BY (SELECT count(*) FROM pg_partition_ancestors(c.oid)), n.nspname, c.relname
        """;

    public static IEnumerable<UnmappedObject> Read(IMigrationSession session, bool allSchemas) =>
        session.Query(new Statement(Query) { Parameters = Parameter.From(new { all = allSchemas }) }).Select(row =>
        {
            var (schema, name) = ((bool)row["is_here"]! ? null : (string)row["own_schema"]!, (string)row["name"]!);
            var text = string.Join(";\n", ((string[])row["besides"]!).Prepend((string)row["text"]!));
            return new UnmappedObject("partition", name, schema)
            {
                Instead = [new Execute(text) { Undo = new DropTable(name, schema) }],
                Of = ((bool)row["root_is_here"]! ? null : (string)row["root_schema"]!, (string)row["root"]!),
            };
        });
}
