namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Queries for objects that few databases have: text search, access methods, casts, foreign data. See <see cref="PostgreSqlObjects"/>.
/// </summary>
internal static class PostgreSqlUncommonObjects
{
    public const string TextSearch =
        """
        SELECT 7, 'pg_ts_dict'::regclass, d.oid, 'text search dictionary', s.name, d.dictname::text, NULL, NULL, true,
            format('CREATE TEXT SEARCH DICTIONARY %s (%s)', q.name, concat_ws(', ',
                'TEMPLATE = ' || concat(ts.prefix, quote_ident(t.tmplname)), d.dictinitoption)),
            'DROP TEXT SEARCH DICTIONARY ' || q.name, NULL, 'TEXT SEARCH DICTIONARY ' || q.name
        FROM pg_ts_dict d JOIN spaces s ON s.oid = d.dictnamespace JOIN pg_ts_template t ON t.oid = d.dicttemplate LEFT JOIN spaces ts
          ON ts.oid = t.tmplnamespace
        CROSS JOIN LATERAL (SELECT s.prefix || quote_ident(d.dictname) AS name) q
        UNION ALL
        SELECT 8, 'pg_ts_config'::regclass, c.oid, 'text search configuration', s.name, c.cfgname::text, NULL, NULL, true,
            format('CREATE TEXT SEARCH CONFIGURATION %s (PARSER = %s)', q.name, concat(ps.prefix, quote_ident(p.prsname))) || coalesce((
                SELECT string_agg(format(E';\nALTER TEXT SEARCH CONFIGURATION %s ADD MAPPING FOR %s WITH %s', q.name, m.words,
                  m.dictionaries), '' ORDER BY m.first)
                FROM (SELECT string_agg(quote_ident(w.alias), ', ' ORDER BY w.tokid) AS words, min(w.tokid) AS first, w.dictionaries
                    FROM (SELECT k.alias, k.tokid, string_agg(concat(ds.prefix, quote_ident(d.dictname)), ', '
                      ORDER BY m.mapseqno) AS dictionaries
                        FROM pg_ts_config_map m JOIN ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype JOIN pg_ts_dict d
                          ON d.oid = m.mapdict LEFT JOIN spaces ds ON ds.oid = d.dictnamespace
                        WHERE m.mapcfg = c.oid GROUP BY k.alias, k.tokid) w
                    GROUP BY w.dictionaries) m), ''),
            'DROP TEXT SEARCH CONFIGURATION ' || q.name, NULL, 'TEXT SEARCH CONFIGURATION ' || q.name
        FROM pg_ts_config c JOIN spaces s ON s.oid = c.cfgnamespace JOIN pg_ts_parser p ON p.oid = c.cfgparser LEFT JOIN spaces ps
          ON ps.oid = p.prsnamespace
        CROSS JOIN LATERAL (SELECT s.prefix || quote_ident(c.cfgname) AS name) q
        """;

    public const string MethodsAndCasts =
        """
        SELECT 7, 'pg_am'::regclass, a.oid, 'access method', NULL, a.amname::text, NULL, NULL, true,
            format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', a.amname, CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END,
              a.amhandler),
            format('DROP ACCESS METHOD %I', a.amname), NULL, format('ACCESS METHOD %I', a.amname)
        FROM pg_am a WHERE a.oid >= 16384
        UNION ALL
        SELECT 8, 'pg_cast'::regclass, c.oid, 'cast', NULL, q.name, NULL, NULL, true,
            format('CREATE CAST %s %s%s', q.name,
                CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT'
                  ELSE 'WITHOUT FUNCTION' END,
                CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END),
            'DROP CAST ' || q.name, NULL, 'CAST ' || q.name
        FROM pg_cast c CROSS JOIN LATERAL (SELECT format('(%s AS %s)', format_type(c.castsource, NULL),
          format_type(c.casttarget, NULL)) AS name) q
        WHERE c.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid
          AND d.deptype = 'i')
        """;

    // A partition has its own columns before it becomes one; a table that inherits has only those that are not its parent's.
    public const string Foreign =
        $"""
        SELECT 8, 'pg_foreign_server'::regclass, v.oid, 'foreign server', NULL, v.srvname::text, NULL, NULL, true,
            format('CREATE SERVER %s', concat_ws(' ', quote_ident(v.srvname), 'TYPE ' || quote_literal(v.srvtype),
                'VERSION ' || quote_literal(v.srvversion),
                'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname), o.text)),
            format('DROP SERVER %I', v.srvname), NULL, format('SERVER %I', v.srvname)
        FROM pg_foreign_server v JOIN pg_foreign_data_wrapper w ON w.oid = v.srvfdw
        CROSS JOIN LATERAL (SELECT 'OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ') || ')' AS text
          FROM pg_options_to_table(v.srvoptions)) o
        UNION ALL
        SELECT 9, 'pg_class'::regclass, c.oid, 'foreign table', c.schema_name, c.relname::text, NULL,
            (SELECT r.relname::text FROM pg_class r WHERE c.relispartition AND r.oid = pg_partition_root(c.oid)
              AND r.relnamespace = c.relnamespace), false,
            concat(format(E'CREATE FOREIGN TABLE %s (\n    %s\n)%s SERVER %s', c.q, concat_ws(E',\n    ',
                (SELECT string_agg(concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod), o.text,
                        (SELECT 'COLLATE ' || concat(cs.prefix, quote_ident(k.collname)) FROM pg_collation k JOIN pg_type b
                          ON b.oid = a.atttypid LEFT JOIN spaces cs ON cs.oid = k.collnamespace
                            WHERE k.oid = a.attcollation AND k.oid <> b.typcollation),
                        CASE WHEN a.attnotnull THEN 'NOT NULL' END,
                        CASE a.attgenerated WHEN '' THEN 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
                          ELSE format('GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid)) END),
                        E',\n    ' ORDER BY a.attnum)
                    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                    CROSS JOIN LATERAL (SELECT 'OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ') || ')' AS text
                      FROM pg_options_to_table(a.attfdwoptions)) o
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND (c.relispartition OR a.attislocal)),
                (SELECT string_agg(format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), E',\n    ' ORDER BY k.conname)
                  FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND (c.relispartition OR k.conislocal))),
                CASE WHEN NOT c.relispartition THEN ' INHERITS (' || h.names || ')' END,
                concat_ws(' ', quote_ident(v.srvname),
                    (SELECT 'OPTIONS (' || string_agg(format('%I %L', option_name, option_value), ', ') || ')'
                      FROM pg_options_to_table(f.ftoptions)))),
                CASE WHEN c.relispartition THEN format(E';\nALTER TABLE ONLY %s ATTACH PARTITION %s %s', h.names, c.q,
                  pg_get_expr(c.relpartbound, c.oid)) END,
                (SELECT string_agg(format(E';\nALTER FOREIGN TABLE %s ALTER COLUMN %I %s', c.q, a.attname, s.text), ''
                    ORDER BY a.attnum, s.text)
                  FROM pg_attribute a LEFT JOIN pg_type t ON t.oid = a.atttypid
                  CROSS JOIN LATERAL {PostgreSqlTableStatements.ColumnSettings}
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND s.text IS NOT NULL),
                (SELECT string_agg(format(E';\nCOMMENT ON %s %s IS %L', x.kind, x.name, x.text), '' ORDER BY x.kind, x.name) FROM (
                    SELECT 'COLUMN' AS kind, format('%s.%I', c.q, a.attname) AS name, col_description(c.oid, a.attnum) AS text
                    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                    UNION ALL SELECT 'CONSTRAINT', format('%I ON %s', k.conname, c.q), obj_description(k.oid, 'pg_constraint')
                    FROM pg_constraint k WHERE k.conrelid = c.oid) x WHERE x.text IS NOT NULL)),
            'DROP FOREIGN TABLE ' || c.q, NULL, 'FOREIGN TABLE ' || c.q
        FROM relations c JOIN pg_foreign_table f ON f.ftrelid = c.oid JOIN pg_foreign_server v ON v.oid = f.ftserver
        CROSS JOIN LATERAL (SELECT string_agg(p.q, ', ' ORDER BY i.inhseqno) AS names
          FROM pg_inherits i JOIN relations p ON p.oid = i.inhparent WHERE i.inhrelid = c.oid) h
        """;
}
