namespace Alembic.Databases.PostgreSql;

/// <summary>The queries of the system catalogs: one for each kind of object, whatever the number of tables.</summary>
internal static class PostgreSqlCatalog
{
    // Partitions belong to their parent, and what an extension created belongs to the extension.
    private const string Tables =
        """
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        """;

    private const string OfUsers =
        """
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND (n.nspname = current_schema()
          OR (@all AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_toast%'
          AND n.nspname NOT LIKE 'pg\_temp%'))
          AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'e')
        """;

    // An element is a column or an expression, with its collation, operator class and order if these are not the usual ones. The
    // collation of an expression is given unless its type has it.
    private const string Elements =
        """
        (
            SELECT array_agg(CASE WHEN p.plain OR p.descending THEN a.attname::text
              ELSE pg_get_indexdef(i.indexrelid, g + 1, true) || p.suffix END ORDER BY g) AS elements,
                array_agg(p.plain ORDER BY g) AS plain, array_agg(p.descending ORDER BY g) AS descending
            FROM generate_series(0, i.indnkeyatts - 1) g
            JOIN pg_attribute e ON e.attrelid = i.indexrelid AND e.attnum = g + 1
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[g] AND i.indkey[g] <> 0
            LEFT JOIN pg_type t ON t.oid = e.atttypid
            LEFT JOIN pg_collation o ON o.oid = i.indcollation[g] AND o.oid <> coalesce(a.attcollation, t.typcollation)
            LEFT JOIN pg_namespace ons ON ons.oid = o.collnamespace
            JOIN pg_opclass x ON x.oid = i.indclass[g]
            JOIN pg_namespace xn ON xn.oid = x.opcnamespace
            CROSS JOIN LATERAL (SELECT concat(
                ' COLLATE ' || CASE WHEN NOT pg_collation_is_visible(o.oid) THEN quote_ident(ons.nspname) || '.'
                  ELSE '' END || quote_ident(o.collname),
                CASE WHEN NOT x.opcdefault OR e.attoptions IS NOT NULL
                    THEN concat(' ', CASE WHEN NOT pg_opclass_is_visible(x.oid) THEN quote_ident(xn.nspname) || '.' END,
                      quote_ident(x.opcname)) END,
                (SELECT ' (' || string_agg(quote_ident(split_part(p, '=', 1)) || '=' || quote_literal(substr(p, strpos(p, '=') + 1)),
                  ', ') || ')' FROM unnest(e.attoptions) p),
                CASE i.indoption[g] & 3 WHEN 1 THEN ' DESC NULLS LAST' WHEN 2 THEN ' NULLS FIRST' WHEN 3 THEN ' DESC' END) AS suffix) s
            CROSS JOIN LATERAL (SELECT s.suffix, s.suffix = '' AND a.attname IS NOT NULL AS plain, s.suffix = ' DESC'
              AND a.attname IS NOT NULL AS descending) p)
        """;

    private const string IncludedColumns =
        "ARRAY(SELECT a.attname::text FROM generate_series(i.indnkeyatts, i.indnatts - 1) g JOIN pg_attribute a ON a.attrelid = c.oid "
            + "AND a.attnum = i.indkey[g] ORDER BY g) AS include";

    // This column exists since version 15; others that are newer than version 12 are read in the same way.
    private const string NullsNotDistinct = "coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::bool, false) AS nulls_not_distinct";

    private const string SchemaName = "CASE WHEN n.nspname <> current_schema() THEN n.nspname::text END";

    public const string HasTable =
        """
        SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = @name AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
          AND CASE WHEN @schema = '' THEN pg_table_is_visible(c.oid) AND n.nspname <> 'pg_catalog' ELSE n.nspname = @schema END
        """;

    // Columns, and what belongs to their tables, only use a type; anything else that is defined with it holds it.
    public const string Enums =
        """
        SELECT format_type(t.oid, NULL) AS type, t.typname::text AS name,
            ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS labels,
            CASE WHEN NOT pg_type_is_visible(t.oid) THEN n.nspname::text END AS schema_name,
            EXISTS (SELECT 1 FROM pg_depend d LEFT JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
              LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
              WHERE d.refclassid = 'pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray) AND d.deptype <> 'i'
                AND (d.classid IN ('pg_type'::regclass, 'pg_proc'::regclass) OR c.relkind = 'c' OR k.contypid > 0)) AS is_held
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'
          AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = 'pg_type'::regclass AND x.objid = t.oid AND x.deptype = 'e')
        ORDER BY n.nspname, t.typname
        """;

    // The sequence is the one of an identity, or the one that a serial column owns and takes its default from. Any other use of a
    // sequence is an ordinary default. A computed column that the parent also has gets its expression from there, and must not repeat it.
    public const string Columns =
        $"""
        SELECT c.oid::bigint AS table_id, {SchemaName} AS schema_name, c.relname::text AS table_name,
          obj_description(c.oid, 'pg_class') AS table_comment,
            (SELECT string_agg(concat(quote_ident(CASE WHEN pn.nspname <> current_schema() THEN pn.nspname END) || '.',
              quote_ident(p.relname)), ', ' ORDER BY h.inhseqno)
                FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
                  WHERE h.inhrelid = c.oid) AS inherits,
            CASE WHEN c.relpersistence = 'u' THEN true END AS unlogged, pg_get_partkeydef(c.oid) AS partition_by,
            array_to_string(c.reloptions || (SELECT array_agg('toast.' || o) FROM pg_class x, unnest(x.reloptions) o
              WHERE x.oid = c.reltoastrelid), ', ') AS with,
            (SELECT b.spcname::text FROM pg_tablespace b WHERE b.oid = c.reltablespace) AS tablespace,
            a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null,
              pg_get_expr(d.adbin, d.adrelid) AS default_text,
            a.attidentity::text AS identity, CASE WHEN d.oid IS NOT NULL THEN a.attgenerated::text END AS generated,
              NOT a.attislocal AS is_inherited,
            CASE WHEN pg_collation_is_visible(o.oid) THEN o.collname::text WHEN o.oid IS NOT NULL
              THEN format('"%s"."%s"', replace(ons.nspname, '"', '""'), replace(o.collname, '"', '""')) END AS collation,
            col_description(c.oid, a.attnum) AS comment,
            q.seqrelid IS NOT NULL AS is_numbered, q.seqstart AS seq_start, q.seqincrement AS seq_increment, q.seqmin AS seq_min,
              q.seqmax AS seq_max,
            q.seqcache AS seq_cache, q.seqcycle AS seq_cycle,
            q.seqmax = CASE q.seqtypid WHEN 21 THEN 32767 WHEN 23 THEN 2147483647 END AND q.seqmax < CASE a.atttypid WHEN 23
              THEN 2147483647 WHEN 20 THEN 9223372036854775807 END AS seq_is_short
        {Tables}
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum AND NOT (a.attgenerated <> '' AND a.attislocal
          AND a.attinhcount > 0 AND EXISTS (SELECT 1 FROM pg_inherits h JOIN pg_attribute pa ON pa.attrelid = h.inhparent
            AND pa.attname = a.attname JOIN pg_attrdef pd ON pd.adrelid = pa.attrelid AND pd.adnum = pa.attnum
            WHERE h.inhrelid = c.oid AND pg_get_expr(pd.adbin, pd.adrelid) = pg_get_expr(d.adbin, d.adrelid)))
        LEFT JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_collation o ON o.oid = a.attcollation AND a.attcollation <> t.typcollation
        LEFT JOIN pg_namespace ons ON ons.oid = o.collnamespace
        LEFT JOIN LATERAL (
            SELECT s.* FROM pg_depend w JOIN pg_sequence s ON s.seqrelid = w.objid
            WHERE w.classid = 'pg_class'::regclass AND w.refclassid = 'pg_class'::regclass AND w.refobjid = c.oid
              AND w.refobjsubid = a.attnum
              AND (w.deptype = 'i' OR (w.deptype = 'a' AND a.atttypid IN (21, 23, 20) AND a.attnotnull
                AND pg_get_expr(d.adbin, d.adrelid) = 'nextval(''' || replace(s.seqrelid::regclass::text, '''', '''''') || '''::regclass)'))
            LIMIT 1) q ON true
        {OfUsers}
        ORDER BY n.nspname, c.relname, a.attnum
        """;

    public const string Constraints =
        $"""
        SELECT c.oid::bigint AS table_id, k.contype::text AS kind, k.conname::text AS name,
            ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY x (num, at) JOIN pg_attribute a ON a.attrelid = k.conrelid
              AND a.attnum = x.num ORDER BY x.at) AS columns,
            CASE WHEN fn.nspname <> current_schema() THEN fn.nspname::text END AS referent_schema, f.relname::text AS referent_table,
            ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY x (num, at) JOIN pg_attribute a ON a.attrelid = k.confrelid
              AND a.attnum = x.num ORDER BY x.at) AS referent_columns,
            k.confdeltype::text AS on_delete, k.confupdtype::text AS on_update, k.confmatchtype::text AS match,
              k.condeferrable AS deferrable, k.condeferred AS deferred,
            pg_get_expr(k.conbin, k.conrelid) AS condition, {NullsNotDistinct}, NOT k.convalidated AS not_valid,
              k.connoinherit AS no_inherit, {IncludedColumns},
            coalesce((l.row ->> 'conenforced')::bool, true) AS enforced, coalesce((l.row ->> 'conperiod')::bool, false) AS period,
            ARRAY(SELECT a.attname::text FROM jsonb_array_elements_text(nullif(l.row -> 'confdelsetcols', 'null')) x JOIN pg_attribute a
              ON a.attrelid = c.oid AND a.attnum = x::int)
                AS set_columns,
            m.amname::text AS method, pg_get_expr(i.indpred, i.indrelid, true) AS predicate, e.elements, e.plain, e.descending,
            ARRAY(SELECT o.oprname::text FROM unnest(k.conexclop) WITH ORDINALITY x (operator, at) JOIN pg_operator o ON o.oid = x.operator
              ORDER BY x.at) AS operators
        {Tables}
        JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.conislocal
        CROSS JOIN LATERAL (SELECT to_jsonb(k) - 'conbin' AS row) l
        LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype <> 'f'
        LEFT JOIN pg_class r ON r.oid = i.indexrelid
        LEFT JOIN pg_am m ON m.oid = r.relam
        LEFT JOIN LATERAL {Elements} e ON k.contype = 'x'
        LEFT JOIN pg_class f ON f.oid = k.confrelid
        LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
        {OfUsers}
        ORDER BY k.contype, k.conname
        """;

    public const string Indexes =
        $"""
        SELECT c.oid::bigint AS table_id, r.relname::text AS name, i.indisunique AS is_unique, m.amname::text AS method,
          pg_get_expr(i.indpred, i.indrelid, true) AS condition,
            e.elements, e.plain, e.descending, {NullsNotDistinct}, array_to_string(r.reloptions, ', ') AS with,
            (SELECT b.spcname::text FROM pg_tablespace b WHERE b.oid = r.reltablespace) AS tablespace,
            {IncludedColumns}
        {Tables}
        JOIN pg_index i ON i.indrelid = c.oid
        JOIN pg_class r ON r.oid = i.indexrelid
        JOIN pg_am m ON m.oid = r.relam
        CROSS JOIN LATERAL {Elements} e
        {OfUsers}
          AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
        ORDER BY r.relname
        """;
}
