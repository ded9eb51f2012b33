using Alembic.Operations;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>
/// What the server keeps of all schemas, in whole rows of its catalogs, with names for identifiers and without what counts rows or follows
/// from something else.
/// </summary>
internal static class PostgreSqlFacts
{
    private const string Query =
        """
        WITH spaces AS (SELECT oid FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'),
        members AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e')
        SELECT text FROM (
            SELECT concat_ws(' ', 'relation', c.relkind, c.relname, c.relpersistence, c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
                (SELECT reloptions FROM pg_class WHERE oid = c.reltoastrelid), nullif(c.reloftype, 0)::regtype, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
                (SELECT string_agg(inhparent::regclass::text, ',' ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = c.oid), 'comment', obj_description(c.oid, 'pg_class')) AS text
            FROM pg_class c WHERE c.relnamespace IN (SELECT oid FROM spaces) AND c.relkind <> 't'
            UNION ALL
            SELECT concat_ws(' ', 'column', c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum),
                -- An index calls its column as the table's was called then.
                CASE WHEN c.relkind IN ('r', 'p') THEN a.attname END, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
                nullif(a.attcollation, 0)::regcollation, a.attstorage, to_jsonb(a) -> 'attcompression', to_jsonb(a) -> 'attstattarget', a.attoptions,
                CASE WHEN NOT c.relispartition THEN a.attislocal END, a.attinhcount, CASE WHEN pg_get_expr(d.adbin, d.adrelid) !~ '^NULL(::|$)' THEN pg_get_expr(d.adbin, d.adrelid) END, 'comment', col_description(c.oid, a.attnum))
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relnamespace IN (SELECT oid FROM spaces) AND c.relkind IN ('r', 'p', 'i', 'I')
            UNION ALL
            SELECT concat_ws(' ', 'constraint', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated, k.connoinherit, k.conislocal, 'comment', obj_description(k.oid, 'pg_constraint'))
            FROM pg_constraint k WHERE k.connamespace IN (SELECT oid FROM spaces)
            UNION ALL
            SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisclustered, i.indisreplident, i.indisvalid)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace IN (SELECT oid FROM spaces)
            UNION ALL
            SELECT concat_ws(' ', 'sequence', c.relname, q.*::text, (SELECT string_agg(concat_ws(' ', d.deptype, d.refobjid::regclass, (SELECT attname FROM pg_attribute WHERE attrelid = d.refobjid AND attnum = d.refobjsubid)), ',') FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass))
            FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid CROSS JOIN LATERAL (SELECT s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle) q
            WHERE c.relnamespace IN (SELECT oid FROM spaces)
            UNION ALL
            SELECT concat_ws(' ', 'view', c.oid::regclass, pg_get_viewdef(c.oid)) FROM pg_class c WHERE c.relkind IN ('v', 'm') AND c.relnamespace IN (SELECT oid FROM spaces)
            UNION ALL
            SELECT concat_ws(' ', 'routine', p.oid::regprocedure, CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) ELSE (to_jsonb(a) || jsonb_build_object('aggtranstype', a.aggtranstype::regtype))::text END)
            FROM pg_proc p LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
            WHERE p.pronamespace IN (SELECT oid FROM spaces) AND NOT EXISTS (SELECT 1 FROM members m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid)
            UNION ALL
            SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled) FROM pg_trigger t WHERE NOT t.tgisinternal
            UNION ALL
            SELECT concat_ws(' ', 'rule', pg_get_ruledef(r.oid), r.ev_enabled) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN' AND c.relnamespace IN (SELECT oid FROM spaces)
            UNION ALL
            SELECT concat_ws(' ', 'policy', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive, p.polroles::regrole[], pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
            FROM pg_policy p
            UNION ALL
            SELECT concat_ws(' ', 'type', t.oid::regtype, t.typtype, nullif(t.typbasetype, 0)::regtype, t.typnotnull, t.typdefault,
                (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
            FROM pg_type t WHERE t.typtype IN ('d', 'e', 'r') AND t.typnamespace IN (SELECT oid FROM spaces) AND NOT EXISTS (SELECT 1 FROM members m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
            UNION ALL
            SELECT concat_ws(' ', 'extension', extname) FROM pg_extension
            UNION ALL
            SELECT concat_ws(' ', 'comment', i.type, i.identity, d.description)
            FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i WHERE i.schema IS NULL OR i.schema !~ '^(pg_|information_schema$)'
            UNION ALL
            SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(oid)) FROM pg_statistic_ext) facts
        ORDER BY text COLLATE "C"
        """;

    public static string Of(Alembic.Operations.IMigrationSession session) =>
        string.Join('\n', session.Query(new Statement(Query)).Select(row => (string)row["text"]!));
}
