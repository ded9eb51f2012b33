using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>A partition.</summary>
/// <param name="Schema">Its schema, or null for the connection's own.</param>
/// <param name="Name">Its name.</param>
/// <param name="Root">The table that it is a part of, perhaps through other partitions.</param>
/// <param name="Texts">What creates it, as <see cref="PostgreSqlTableStatements"/> writes statements.</param>
/// <param name="ForeignKeys">Its own foreign keys, by name, written in the same way.</param>
internal sealed record PostgreSqlPartition(string? Schema, string Name, (string? Schema, string Name) Root, IReadOnlyList<string> Texts,
    IReadOnlyList<(string Name, string Text)> ForeignKeys);

/// <summary>Partitions, as SQL: a comparison does not count them as tables, but a database without them accepts no rows.</summary>
internal static class PostgreSqlPartitions
{
    private const string Target = $"{PostgreSqlTableStatements.Schema} || quote_ident(c.relname)";

    private static readonly string Parent = PostgreSqlTableStatements.Schema.Replace("n.nspname", "pn.nspname", StringComparison.Ordinal)
        + " || quote_ident(p.relname)";

    // Columns, indexes and constraints come from the table above; what else a partition has gets statements of its own.
    private static readonly string Query =
        $"""
        SELECT n.nspname::text AS own_schema, n.nspname = current_schema() AS is_here, c.relname::text AS name,
          rn.nspname::text AS root_schema, r.relname::text AS root, rn.nspname = current_schema() AS root_is_here,
            format('CREATE %sTABLE %s PARTITION OF %s %s%s%s%s', CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED ' END, {Target}, {Parent},
              pg_get_expr(c.relpartbound, c.oid),
                ' PARTITION BY ' || pg_get_partkeydef(c.oid), ' WITH (' || array_to_string(c.reloptions, ', ') || ')',
                (SELECT ' TABLESPACE ' || quote_ident(b.spcname) FROM pg_tablespace b WHERE b.oid = c.reltablespace)) AS text,
            ARRAY(
                SELECT format('ALTER TABLE %s ALTER COLUMN %I %s', {Target}, a.attname,
                  coalesce('SET DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), 'DROP DEFAULT'))
                FROM pg_attribute a JOIN pg_attribute pa ON pa.attrelid = p.oid AND pa.attname = a.attname
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum LEFT JOIN pg_attrdef pd ON pd.adrelid = pa.attrelid
                  AND pd.adnum = pa.attnum
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                  AND pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(pd.adbin, pd.adrelid))
            || ARRAY(
                SELECT format('ALTER TABLE %s ALTER COLUMN %I SET NOT NULL', {Target}, a.attname) FROM pg_attribute a JOIN pg_attribute pa
                  ON pa.attrelid = p.oid AND pa.attname = a.attname
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull AND NOT pa.attnotnull)
            || ARRAY(
                SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', {Target}, k.conname, pg_get_constraintdef(k.oid)) FROM pg_constraint k
                WHERE k.conrelid = c.oid AND k.contype IN ('c', 'p', 'u', 'x') AND k.conislocal AND k.coninhcount = 0 AND k.conparentid = 0
                  ORDER BY k.contype DESC, k.conname)
            || ARRAY(
                SELECT {PostgreSqlTableStatements.IndexText} FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid CROSS
                  JOIN (SELECT c.relname) r
                WHERE i.indrelid = c.oid AND NOT EXISTS (SELECT 1 FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)
                  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
                ORDER BY i.indexrelid)
            || ARRAY(SELECT format('COMMENT ON TABLE %s IS %L', {Target}, x.text)
              FROM (SELECT obj_description(c.oid, 'pg_class') AS text) x WHERE x.text IS NOT NULL) AS own_statements,
            f.names AS key_names, f.texts AS key_texts
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_inherits h ON h.inhrelid = c.oid JOIN pg_class p
          ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
        JOIN pg_class r ON r.oid = pg_partition_root(c.oid) JOIN pg_namespace rn ON rn.oid = r.relnamespace
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(k.conname::text ORDER BY k.conname), ARRAY[]::text[]) AS names,
              coalesce(array_agg(format('ALTER TABLE %s ADD CONSTRAINT %I %s', {Target}, k.conname, pg_get_constraintdef(k.oid))
                ORDER BY k.conname), ARRAY[]::text[]) AS texts
            FROM pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conislocal AND k.coninhcount = 0 AND k.conparentid = 0) f
        WHERE c.relispartition AND c.relkind IN ('r', 'p') AND (rn.nspname = current_schema() OR @all)
          AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'e')
        ORDER BY (SELECT count(*) FROM pg_partition_ancestors(c.oid)), n.nspname, c.relname
        """;

    public static IEnumerable<PostgreSqlPartition> Read(IMigrationSession session, bool allSchemas) =>
        session.Query(new Statement(Query) { Parameters = Parameter.Of(("all", allSchemas)) }).Select(row => new PostgreSqlPartition(
            (bool)row["is_here"]! ? null : (string)row["own_schema"]!,
            (string)row["name"]!,
            ((bool)row["root_is_here"]! ? null : (string)row["root_schema"]!, (string)row["root"]!),
            [(string)row["text"]!, .. (string[])row["own_statements"]!],
            [.. ((string[])row["key_names"]!).Zip((string[])row["key_texts"]!)]));
}
