using Alembic.Operations;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>What the server keeps of the schema "public", in whole rows of its catalogs, with names for identifiers and without what counts rows or follows from something else.</summary>
internal static class PostgreSqlFacts
{
    private const string Query =
        """
        SELECT text FROM (
            SELECT concat_ws(' ', 'relation', c.relkind, c.relname, c.relpersistence, c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
                (SELECT reloptions FROM pg_class WHERE oid = c.reltoastrelid), nullif(c.reloftype, 0)::regtype, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
                (SELECT string_agg(inhparent::regclass::text, ',' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid), 'comment', obj_description(c.oid, 'pg_class')) AS text
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind <> 't'
            UNION ALL
            SELECT concat_ws(' ', 'column', c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                nullif(a.attcollation, 0)::regcollation, a.attstorage, to_jsonb(a) -> 'attcompression', to_jsonb(a) -> 'attstattarget', a.attoptions,
                CASE WHEN NOT c.relispartition THEN a.attislocal END, a.attinhcount, nullif(pg_get_expr(d.adbin, d.adrelid), 'NULL::text'), 'comment', col_description(c.oid, a.attnum))
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'i', 'I')
            UNION ALL
            SELECT concat_ws(' ', 'constraint', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated, k.connoinherit, k.conislocal, 'comment', obj_description(k.oid, 'pg_constraint'))
            FROM pg_constraint k WHERE k.connamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisclustered, i.indisreplident, i.indisvalid)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT concat_ws(' ', 'sequence', c.relname, q.*::text, (SELECT string_agg(concat_ws(' ', d.deptype, d.refobjid::regclass, (SELECT attname FROM pg_attribute WHERE attrelid = d.refobjid AND attnum = d.refobjsubid)), ',') FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass))
            FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid CROSS JOIN LATERAL (SELECT s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle) q
            WHERE c.relnamespace = 'public'::regnamespace) facts
        ORDER BY text COLLATE "C"
        """;

    public static string Of(Alembic.Migrations.OnlineSession session) => string.Join('\n', session.Query(new Statement(Query)).Select(row => (string)row["text"]!));
}
