namespace Alembic.Databases.PostgreSql;

/// <summary>The objects of all schemas, each with the statement that creates it, in the server's own words.</summary>
internal static class PostgreSqlObjects
{
    // In this transaction, if the server can compile. Its estimate for these queries is so high that compiling them takes nearly all of
    // their time (150 ms on a small database, 1 s with 600 tables).
    public const string WithoutCompiling = "set_config(name, 'off', true) FROM pg_settings WHERE name = 'jit'";

    // Names of the connection's own schema are written without it, as in operations.
    public const string Spaces =
        """
        WITH spaces AS (
            SELECT oid, CASE WHEN nspname <> current_schema() THEN nspname::text END AS name, CASE WHEN nspname <> current_schema()
              THEN quote_ident(nspname) || '.' ELSE '' END AS prefix,
                quote_ident(nspname) || '.' AS full_prefix
            FROM pg_namespace WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND nspname NOT LIKE 'pg\_toast%'
              AND nspname NOT LIKE 'pg\_temp%'),
        members AS (SELECT classid, objid FROM pg_depend WHERE deptype = 'e'),
        own_sequences AS (
            SELECT w.objid FROM pg_depend w JOIN pg_attribute a ON a.attrelid = w.refobjid AND a.attnum = w.refobjsubid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE w.classid = 'pg_class'::regclass AND w.refclassid = 'pg_class'::regclass
              AND (w.deptype = 'i' OR (w.deptype = 'a' AND a.atttypid IN (20, 21, 23) AND a.attnotnull
                AND pg_get_expr(d.adbin, d.adrelid) = 'nextval(''' || replace(w.objid::regclass::text, '''', '''''') || '''::regclass)'))),
        relations AS (SELECT c.*, s.name AS schema_name, s.prefix, s.prefix || quote_ident(c.relname) AS q FROM pg_class c JOIN spaces s
          ON s.oid = c.relnamespace)
        """;

    // The connection's own schema and public already exist; their comments may be missing.
    private const string Schemas =
        """
        SELECT 1 AS rank, 'pg_namespace'::regclass AS class, n.oid, 'schema' AS kind, s.name AS schema_name, n.nspname::text AS name,
          NULL::text AS title, NULL::text AS table_name,
            true AS is_early, NULL::text AS make, NULL::text AS undo, NULL::text AS body, 'SCHEMA ' || quote_ident(n.nspname) AS what
        FROM pg_namespace n JOIN spaces s ON s.oid = n.oid WHERE n.nspname <> 'public' AND s.name IS NOT NULL
        UNION ALL
        SELECT 1, 'pg_description'::regclass, n.oid, 'comment', s.name, n.nspname::text, 'schema ' || n.nspname, NULL, true,
            format('COMMENT ON SCHEMA %I IS %L', n.nspname, o.text),
            format('COMMENT ON SCHEMA %I IS %L', n.nspname, o.usual), NULL, NULL
        FROM pg_namespace n JOIN spaces s ON s.oid = n.oid CROSS JOIN LATERAL (SELECT obj_description(n.oid, 'pg_namespace') AS text,
          CASE n.nspname WHEN 'public' THEN 'standard public schema' END AS usual) o
        WHERE (n.nspname = 'public' OR s.name IS NULL) AND o.text <> coalesce(o.usual, '')
        """;

    private const string Extensions =
        """
        SELECT 2, 'pg_extension'::regclass, e.oid, 'extension', s.name, e.extname::text, NULL, NULL, true,
            format('CREATE EXTENSION IF NOT EXISTS %I', e.extname) || CASE WHEN s.name IS NULL
              OR EXISTS (SELECT 1 FROM members m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = s.oid)
                THEN '' ELSE ' WITH SCHEMA ' || quote_ident(s.name) END,
            format('DROP EXTENSION IF EXISTS %I', e.extname), NULL, NULL
        FROM pg_extension e LEFT JOIN spaces s ON s.oid = e.extnamespace WHERE e.extname <> 'plpgsql'
        """;

    private const string Collations =
        """
        SELECT 3, 'pg_collation'::regclass, c.oid, 'collation', s.name, c.collname::text, NULL, NULL, true,
            format('CREATE COLLATION %s%I (%s)', s.prefix, c.collname, concat_ws(', ',
                'provider = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
                'locale = ' || quote_literal(coalesce(j.row ->> 'colllocale', j.row ->> 'colliculocale', CASE WHEN c.collprovider = 'i'
                  OR c.collcollate = c.collctype THEN c.collcollate END)),
                CASE WHEN c.collprovider = 'c' AND c.collcollate <> c.collctype
                  THEN format('lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype) END,
                'rules = ' || quote_literal(j.row ->> 'collicurules'), CASE WHEN NOT c.collisdeterministic
                  THEN 'deterministic = false' END)),
            format('DROP COLLATION %s%I', s.prefix, c.collname), NULL, format('COLLATION %s%I', s.prefix, c.collname)
        FROM pg_collation c JOIN spaces s ON s.oid = c.collnamespace CROSS JOIN LATERAL (SELECT to_jsonb(c) AS row) j
        """;

    public const string Types =
        """
        SELECT 4, 'pg_type'::regclass, t.oid, CASE t.typtype WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' WHEN 'e' THEN 'enum type'
          ELSE 'composite type' END, s.name, t.typname::text, NULL, NULL, true,
            CASE t.typtype
            WHEN 'd' THEN format('CREATE DOMAIN %s AS %s', q.name, concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
                (SELECT 'COLLATE ' || CASE WHEN cs.prefix IS NULL THEN '' ELSE cs.prefix END || quote_ident(c.collname) FROM pg_collation c
                  JOIN pg_type b ON b.oid = t.typbasetype
                    LEFT JOIN spaces cs ON cs.oid = c.collnamespace WHERE c.oid = t.typcollation AND c.oid <> b.typcollation),
                'DEFAULT ' || coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)),
                (SELECT format('CONSTRAINT %I', k.conname) FROM pg_constraint k
                  WHERE k.contypid = t.oid AND k.contype = 'n' AND k.conname <> t.typname || '_not_null'),
                CASE WHEN t.typnotnull THEN 'NOT NULL' END,
                (SELECT string_agg(format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), ' ' ORDER BY k.conname)
                  FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated)))
                || coalesce((SELECT string_agg(format(E';\nALTER DOMAIN %s ADD CONSTRAINT %I %s', q.name, k.conname,
                    pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
                  FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND NOT k.convalidated), '')
                || coalesce((SELECT string_agg(format(E';\nCOMMENT ON CONSTRAINT %I ON DOMAIN %s IS %L', k.conname, q.name,
                    obj_description(k.oid, 'pg_constraint')), '' ORDER BY k.conname)
                  FROM pg_constraint k WHERE k.contypid = t.oid AND obj_description(k.oid, 'pg_constraint') IS NOT NULL), '')
            WHEN 'r' THEN (SELECT format('CREATE TYPE %s AS RANGE (%s)', q.name,
              concat_ws(', ', 'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
                    (SELECT 'SUBTYPE_OPCLASS = ' || concat(os.prefix, quote_ident(o.opcname)) FROM pg_opclass o LEFT JOIN spaces os
                      ON os.oid = o.opcnamespace WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
                    (SELECT 'COLLATION = ' || concat(cs.prefix, quote_ident(c.collname)) FROM pg_collation c JOIN pg_type b
                      ON b.oid = r.rngsubtype LEFT JOIN spaces cs ON cs.oid = c.collnamespace
                        WHERE c.oid = r.rngcollation AND c.oid <> b.typcollation),
                    CASE WHEN r.rngsubdiff::oid <> 0 THEN 'SUBTYPE_DIFF = ' || r.rngsubdiff::regproc END,
                    (SELECT 'MULTIRANGE_TYPE_NAME = ' || s.prefix || quote_ident(m.typname) FROM pg_type m
                      WHERE m.oid = (to_jsonb(r) ->> 'rngmultitypid')::oid)))
                FROM pg_range r WHERE r.rngtypid = t.oid AND r.rngcanonical::oid = 0)
            WHEN 'c' THEN (SELECT format('CREATE TYPE %s AS (%s)', q.name,
              coalesce(string_agg(concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
                    (SELECT 'COLLATE ' || concat(cs.prefix, quote_ident(c.collname)) FROM pg_collation c LEFT JOIN spaces cs
                      ON cs.oid = c.collnamespace WHERE c.oid = a.attcollation AND c.oid <> b.typcollation)),
                    ', ' ORDER BY a.attnum), ''))
                FROM pg_attribute a JOIN pg_type b ON b.oid = a.atttypid WHERE a.attrelid = t.typrelid AND a.attnum > 0
                  AND NOT a.attisdropped)
                || coalesce((SELECT string_agg(format(E';\nCOMMENT ON COLUMN %s.%I IS %L', q.name, a.attname,
                    col_description(a.attrelid, a.attnum)), '' ORDER BY a.attnum)
                  FROM pg_attribute a WHERE a.attrelid = t.typrelid AND col_description(a.attrelid, a.attnum) IS NOT NULL), '')
            END,
            format('DROP %s %s', CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, q.name), NULL,
              format('%s %s', CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, q.name)
        FROM pg_type t JOIN spaces s ON s.oid = t.typnamespace CROSS JOIN LATERAL (SELECT s.prefix || quote_ident(t.typname) AS name) q
        WHERE t.typtype IN ('d', 'r', 'e')
          OR (t.typtype = 'c' AND EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
        """;

    // Only what differs from the defaults is given. The owner is set when its table exists.
    private const string Sequences =
        """
        SELECT 5, 'pg_class'::regclass, c.oid, 'sequence', c.schema_name, c.relname::text, NULL, NULL, true,
            format('CREATE %sSEQUENCE %s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, concat_ws(' ', c.q,
                CASE WHEN q.seqtypid <> 'bigint'::regtype THEN 'AS ' || format_type(q.seqtypid, NULL) END,
                CASE WHEN q.seqstart <> CASE WHEN q.seqincrement > 0 THEN q.seqmin ELSE q.seqmax END THEN 'START WITH ' || q.seqstart END,
                CASE WHEN q.seqincrement <> 1 THEN 'INCREMENT BY ' || q.seqincrement END,
                CASE WHEN q.seqmin <> CASE WHEN q.seqincrement > 0 THEN 1 ELSE l.least END THEN 'MINVALUE ' || q.seqmin END,
                CASE WHEN q.seqmax <> CASE WHEN q.seqincrement > 0 THEN l.most ELSE -1 END THEN 'MAXVALUE ' || q.seqmax END,
                CASE WHEN q.seqcache <> 1 THEN 'CACHE ' || q.seqcache END, CASE WHEN q.seqcycle THEN 'CYCLE' END)),
            'DROP SEQUENCE ' || c.q, NULL, 'SEQUENCE ' || c.q
        FROM relations c JOIN pg_sequence q ON q.seqrelid = c.oid
        CROSS JOIN LATERAL (SELECT CASE q.seqtypid WHEN 'smallint'::regtype THEN -32768 WHEN 'integer'::regtype THEN -2147483648
          ELSE -9223372036854775808 END AS least,
            CASE q.seqtypid WHEN 'smallint'::regtype THEN 32767 WHEN 'integer'::regtype THEN 2147483647
              ELSE 9223372036854775807 END AS most) l
        WHERE c.oid NOT IN (SELECT objid FROM own_sequences)
        """;

    // A body of statements (BEGIN ATOMIC) is put into a string, as the client would run each of them as a statement of its own.
    public const string Functions =
        """
        SELECT 6, 'pg_proc'::regclass, p.oid, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
          s.name, p.proname::text, g.signature, NULL, true,
            CASE WHEN p.prokind <> 'a' THEN (
                SELECT CASE WHEN to_jsonb(p) ->> 'prosqlbody' IS NULL THEN rtrim(b.text, E'\n')
                  ELSE format('DO $do$ BEGIN EXECUTE $create$%s$create$; END $do$', b.text) END
                FROM (SELECT regexp_replace(overlay(d.text PLACING s.prefix FROM strpos(d.text, s.full_prefix) FOR length(s.full_prefix)),
                  '^CREATE OR REPLACE', 'CREATE') AS text) b)
            ELSE (SELECT format('CREATE AGGREGATE %s%I(%s) (%s)', s.prefix, p.proname,
              coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*'), concat_ws(', ',
                    'SFUNC = ' || a.aggtransfn::regproc, 'STYPE = ' || format_type(a.aggtranstype, NULL), CASE WHEN a.aggtransspace <> 0
                      THEN 'SSPACE = ' || a.aggtransspace END,
                    CASE WHEN a.aggfinalfn::oid <> 0 THEN 'FINALFUNC = ' || a.aggfinalfn::regproc END, CASE WHEN a.aggfinalextra
                      THEN 'FINALFUNC_EXTRA' END,
                    CASE to_jsonb(a) ->> 'aggfinalmodify' WHEN 's' THEN 'FINALFUNC_MODIFY = SHAREABLE' WHEN 'w'
                      THEN 'FINALFUNC_MODIFY = READ_WRITE' END,
                    CASE WHEN a.aggcombinefn::oid <> 0 THEN 'COMBINEFUNC = ' || a.aggcombinefn::regproc END,
                      'INITCOND = ' || quote_literal(a.agginitval),
                    CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END))
                FROM pg_aggregate a WHERE a.aggfnoid = p.oid AND a.aggkind = 'n' AND a.aggmtransfn::oid = 0 AND a.aggserialfn::oid = 0
                  AND a.aggsortop = 0) END,
            format('DROP %s %s%s', g.kind, s.prefix, g.signature), CASE WHEN l.lanname IN ('sql', 'plpgsql')
              THEN p.prosrc END, format('%s %s%s', g.kind, s.prefix, g.signature)
        FROM pg_proc p JOIN spaces s ON s.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
        CROSS JOIN LATERAL (SELECT format('%I(%s)', p.proname, CASE WHEN p.prokind = 'a'
          THEN coalesce(nullif(pg_get_function_identity_arguments(p.oid), ''), '*')
            ELSE pg_get_function_identity_arguments(p.oid) END) AS signature,
            CASE p.prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'AGGREGATE' ELSE 'FUNCTION' END AS kind) g
        CROSS JOIN LATERAL (SELECT CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END AS text) d
        WHERE NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
        """;

    public const string Operators =
        """
        SELECT 7, 'pg_operator'::regclass, o.oid, 'operator', s.name, o.oprname::text, g.signature, NULL, true,
            CASE WHEN o.oprcode::oid <> 0
              THEN format('CREATE OPERATOR %s%s (%s)', s.prefix, o.oprname, concat_ws(', ', 'FUNCTION = ' || o.oprcode::regproc,
                CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || format_type(o.oprleft, NULL) END,
                  'RIGHTARG = ' || format_type(o.oprright, NULL),
                (SELECT 'COMMUTATOR = ' || c.oprname FROM pg_operator c WHERE c.oid = o.oprcom),
                  (SELECT 'NEGATOR = ' || c.oprname FROM pg_operator c WHERE c.oid = o.oprnegate),
                CASE WHEN o.oprrest::oid <> 0 THEN 'RESTRICT = ' || o.oprrest::regproc END, CASE WHEN o.oprjoin::oid <> 0
                  THEN 'JOIN = ' || o.oprjoin::regproc END,
                CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END)) END,
            format('DROP OPERATOR %s%s', s.prefix, g.signature), NULL, format('OPERATOR %s%s', s.prefix, g.signature)
        FROM pg_operator o JOIN spaces s ON s.oid = o.oprnamespace
        CROSS JOIN LATERAL (SELECT format('%s (%s, %s)', o.oprname, CASE WHEN o.oprleft = 0 THEN 'NONE'
          ELSE format_type(o.oprleft, NULL) END, format_type(o.oprright, NULL)) AS signature) g
        """;

    private const string Relations =
        $"""
        SELECT 8, 'pg_class'::regclass, c.oid, CASE WHEN c.relispartition THEN 'partition' ELSE 'table' END, c.schema_name,
          c.relname::text, NULL, NULL, false, NULL, NULL, NULL, NULL
        FROM relations c WHERE c.relkind IN ('r', 'p')
        UNION ALL
        SELECT 9, 'pg_class'::regclass, c.oid, CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, c.schema_name,
          c.relname::text, NULL, NULL, false,
            format(E'CREATE %s %s%s%s%s AS\n%s%s', k.kind, c.q,
              (SELECT ' USING ' || quote_ident(m.amname) FROM pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap'),
              ' WITH (' || array_to_string(c.reloptions || (SELECT array_agg('toast.' || o) FROM pg_class x, unnest(x.reloptions) o
                WHERE x.oid = c.reltoastrelid), ', ') || ')',
              (SELECT ' TABLESPACE ' || quote_ident(b.spcname) FROM pg_tablespace b WHERE b.oid = c.reltablespace),
              rtrim(pg_get_viewdef(c.oid), E'; \n'), CASE WHEN NOT c.relispopulated THEN E'\n WITH NO DATA' END)
            || coalesce((SELECT string_agg(format(E';\nALTER %s %s ALTER COLUMN %I %s', k.kind, c.q, a.attname, s.text), ''
                ORDER BY a.attnum, s.text)
              FROM pg_attribute a LEFT JOIN pg_type t ON t.oid = a.atttypid CROSS JOIN LATERAL {PostgreSqlTableStatements.ColumnSettings}
              WHERE a.attrelid = c.oid AND c.relkind = 'm' AND a.attnum > 0 AND NOT a.attisdropped AND s.text IS NOT NULL), '')
            || coalesce((SELECT string_agg(E';\n' || pg_get_indexdef(i.indexrelid, 0, true)
                || CASE WHEN b.oid IS NULL THEN '' ELSE format(E';\nALTER INDEX %s%I SET TABLESPACE %I', c.prefix, x.relname, b.spcname) END
                || CASE WHEN i.indisclustered THEN format(E';\nALTER %s %s CLUSTER ON %I', k.kind, c.q, x.relname) ELSE '' END
                || coalesce((SELECT string_agg(format(E';\nALTER INDEX %s%I ALTER COLUMN %s SET STATISTICS %s', c.prefix, x.relname,
                    a.attnum, to_jsonb(a) ->> 'attstattarget'), '' ORDER BY a.attnum)
                  FROM pg_attribute a WHERE a.attrelid = x.oid AND (to_jsonb(a) ->> 'attstattarget')::int >= 0), '')
                || (SELECT coalesce(string_agg(format(E';\nCOMMENT ON INDEX %s%I IS %L', c.prefix, x.relname, o.text), ''), '')
                  FROM (SELECT obj_description(x.oid, 'pg_class') AS text) o WHERE o.text IS NOT NULL), '' ORDER BY x.relname)
              FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid LEFT JOIN pg_tablespace b ON b.oid = x.reltablespace
              WHERE i.indrelid = c.oid), '')
            || coalesce((SELECT string_agg(format(E';\nCOMMENT ON COLUMN %s.%I IS %L', c.q, a.attname, x.description), '' ORDER BY a.attnum)
                FROM pg_description x JOIN pg_attribute a ON a.attrelid = x.objoid AND a.attnum = x.objsubid
                  WHERE x.classoid = 'pg_class'::regclass AND x.objoid = c.oid AND x.objsubid > 0), '')
            || coalesce((SELECT string_agg(format(E';\nALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', c.q, a.attname,
              pg_get_expr(d.adbin, d.adrelid)), '' ORDER BY a.attnum)
                FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = c.oid), ''),
            format('DROP %s %s', k.kind, c.q), NULL, format('%s %s', k.kind, c.q)
        FROM relations c CROSS JOIN LATERAL (SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END AS kind) k
          WHERE c.relkind IN ('v', 'm')
        """;

    // What belongs to a table is found in the schema of the table, which is not always its own.
    private const string OfTables =
        """
        SELECT 9, 'pg_sequence'::regclass, c.oid, 'owner of a sequence', c.schema_name, c.relname::text, NULL, t.relname::text, false,
            format('ALTER SEQUENCE %s OWNED BY %s.%I', c.q, t.q, a.attname), format('ALTER SEQUENCE %s OWNED BY NONE', c.q), NULL, NULL
        FROM relations c JOIN pg_depend w ON w.classid = 'pg_class'::regclass AND w.objid = c.oid AND w.refclassid = 'pg_class'::regclass
          AND w.deptype = 'a'
        JOIN relations t ON t.oid = w.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = w.refobjsubid
        WHERE c.relkind = 'S' AND c.oid NOT IN (SELECT objid FROM own_sequences)
        UNION ALL
        SELECT 10, 'pg_statistic_ext'::regclass, x.oid, 'statistics', c.schema_name, x.stxname::text, NULL, c.relname::text, false,
            concat(overlay(d.text PLACING s.prefix FROM strpos(d.text, s.full_prefix) FOR length(s.full_prefix)),
                CASE WHEN (to_jsonb(x) ->> 'stxstattarget')::int >= 0
                  THEN format(E';\nALTER STATISTICS %s%I SET STATISTICS %s', s.prefix, x.stxname, to_jsonb(x) ->> 'stxstattarget') END),
            format('DROP STATISTICS %s%I', s.prefix, x.stxname), NULL, format('STATISTICS %s%I', s.prefix, x.stxname)
        FROM pg_statistic_ext x JOIN spaces s ON s.oid = x.stxnamespace JOIN relations c ON c.oid = x.stxrelid CROSS
          JOIN LATERAL (SELECT pg_get_statisticsobjdef(x.oid) AS text) d
        UNION ALL
        SELECT 11, 'pg_rewrite'::regclass, r.oid, 'rule', c.schema_name, r.rulename::text, format('%s on %s', r.rulename, c.relname),
          c.relname::text, false,
            rtrim(pg_get_ruledef(r.oid, true), ';') || CASE r.ev_enabled WHEN 'O' THEN '' ELSE format(E';\nALTER TABLE %s %s RULE %I', c.q,
                CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, r.rulename) END,
            format('DROP RULE %I ON %s', r.rulename, c.q), NULL, format('RULE %I ON %s', r.rulename, c.q)
        FROM pg_rewrite r JOIN relations c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
        UNION ALL
        SELECT 12, 'pg_trigger'::regclass, g.oid, 'trigger', c.schema_name, g.tgname::text, format('%s on %s', g.tgname, c.relname),
          c.relname::text, false,
            pg_get_triggerdef(g.oid, true) || CASE g.tgenabled WHEN 'O' THEN '' ELSE format(E';\nALTER TABLE %s %s TRIGGER %I', c.q,
                CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, g.tgname) END,
            format('DROP TRIGGER %I ON %s', g.tgname, c.q), NULL, format('TRIGGER %I ON %s', g.tgname, c.q)
        FROM pg_trigger g JOIN relations c ON c.oid = g.tgrelid WHERE NOT g.tgisinternal
          AND coalesce(to_jsonb(g) ->> 'tgparentid', '0') = '0'
        UNION ALL
        SELECT 14, 'pg_trigger'::regclass, g.oid, 'state of a trigger', c.schema_name, g.tgname::text,
          format('%s on %s', g.tgname, c.relname), c.relname::text, false,
            format('ALTER TABLE %s %s TRIGGER %I', c.q, s.state, g.tgname), format('ALTER TABLE %s %s TRIGGER %I', c.q, s.usual, g.tgname),
            NULL, NULL
        FROM pg_trigger g JOIN relations c ON c.oid = g.tgrelid JOIN pg_trigger p ON p.oid = (to_jsonb(g) ->> 'tgparentid')::oid
        CROSS JOIN LATERAL (SELECT CASE g.tgenabled WHEN 'O' THEN 'ENABLE' WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
            ELSE 'ENABLE ALWAYS' END AS state, CASE p.tgenabled WHEN 'O' THEN 'ENABLE' WHEN 'D' THEN 'DISABLE' WHEN 'R'
            THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END AS usual) s
        WHERE NOT g.tgisinternal AND g.tgenabled <> p.tgenabled
        UNION ALL
        SELECT 13, 'pg_policy'::regclass, y.oid, 'policy', c.schema_name, y.polname::text, format('%s on %s', y.polname, c.relname),
          c.relname::text, false,
            format('CREATE POLICY %I ON %s', y.polname, c.q) || CASE WHEN NOT y.polpermissive THEN ' AS RESTRICTIVE' ELSE '' END
            || CASE y.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' WHEN 'd'
              THEN ' FOR DELETE' ELSE '' END
            || coalesce((SELECT ' TO ' || string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname) FROM pg_roles r
              WHERE r.oid = ANY (y.polroles)), '')
            || coalesce(' USING (' || pg_get_expr(y.polqual, y.polrelid) || ')', '')
            || coalesce(' WITH CHECK (' || pg_get_expr(y.polwithcheck, y.polrelid) || ')', ''),
            format('DROP POLICY %I ON %s', y.polname, c.q), NULL, format('POLICY %I ON %s', y.polname, c.q)
        FROM pg_policy y JOIN relations c ON c.oid = y.polrelid
        """;

    public const string Query =
        $"""
        {Spaces}
        SELECT k.class::oid::bigint || '/' || k.oid AS id, k.kind, k.schema_name, k.name, k.title, k.table_name, k.is_early, k.make,
          k.undo, k.body, k.what,
            CASE WHEN k.what IS NOT NULL THEN obj_description(k.oid, k.class::text) END AS comment
        FROM ({Schemas} UNION ALL {Extensions} UNION ALL {Collations} UNION ALL {Types} UNION ALL {Sequences} UNION ALL {Functions}
          UNION ALL {Operators} UNION ALL {PostgreSqlUncommonObjects.TextSearch} UNION ALL {PostgreSqlUncommonObjects.MethodsAndCasts}
          UNION ALL {PostgreSqlUncommonObjects.Foreign} UNION ALL {Relations} UNION ALL {OfTables}) k
        WHERE NOT EXISTS (SELECT 1 FROM members m WHERE m.classid = k.class AND m.objid = k.oid)
        ORDER BY k.rank, k.schema_name NULLS FIRST, k.table_name NULLS FIRST, k.name, k.title
        """;
}
