using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Recreates an enum type, as no value can be removed from one. The block itself finds the columns, and what names the type's values, so
/// that a script does the same as a run. It drops and recreates defaults, checks, indexes, foreign keys, computed columns, what
/// <see cref="PostgreSqlAside"/> finds, and other types and functions that are defined with the type. It does nothing if the values are
/// already right.
/// </summary>
internal static class PostgreSqlEnumRebuild
{
    // What depends on the type, directly or not: other types, functions, columns, and what names any of them. A column whose type changes
    // takes its keys and indexes along by itself, so only what prevents the change counts there; a computed column is dropped with all
    // that uses it. A domain and a function of its check can name each other, so the depth is limited.
    private const string Leaning =
        """
        WITH RECURSIVE walk AS (
            SELECT 'pg_type'::regclass::oid AS class, kind AS id, 0 AS part, 0 AS depth
            UNION
            SELECT CASE WHEN r.relkind = 'c' OR k.contypid > 0 THEN 'pg_type'::regclass WHEN g.attgenerated <> '' THEN 'pg_class'::regclass
                    ELSE d.classid END,
                CASE WHEN r.relkind = 'c' THEN r.reltype WHEN k.contypid > 0 THEN k.contypid WHEN g.attgenerated <> '' THEN f.adrelid
                    ELSE d.objid END,
                CASE WHEN r.relkind = 'c' THEN 0 WHEN g.attgenerated <> '' THEN f.adnum ELSE d.objsubid END, w.depth + 1
            FROM walk w JOIN pg_depend d ON d.refclassid = w.class AND d.refobjid = w.id AND w.part IN (0, d.refobjsubid)
            LEFT JOIN pg_class r ON d.classid = 'pg_class'::regclass AND r.oid = d.objid
            LEFT JOIN pg_constraint k ON d.classid = 'pg_constraint'::regclass AND k.oid = d.objid
            LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid
            LEFT JOIN pg_attribute g ON g.attrelid = f.adrelid AND g.attnum = f.adnum
            LEFT JOIN pg_attribute o ON w.part > 0 AND o.attrelid = w.id AND o.attnum = w.part
            WHERE w.depth < 30 AND k.contypid IS DISTINCT FROM w.id AND coalesce(r.relkind NOT IN ('v', 'm'), true)
                AND (d.deptype <> 'i' OR d.classid = 'pg_type'::regclass)
                AND (coalesce(o.attgenerated <> '', true) OR d.classid IN ('pg_proc'::regclass, 'pg_attrdef'::regclass)
                    OR (d.classid = 'pg_class'::regclass AND d.objsubid > 0)))
        SELECT jsonb_agg(jsonb_build_object('class', w.class, 'id', w.id, 'part', w.part, 'depth', w.depth)) INTO leaning
        FROM (SELECT class, id, part, max(depth) AS depth FROM walk GROUP BY 1, 2, 3) w
        """;

    private const string Found =
        """
        leaning AS (SELECT * FROM jsonb_to_recordset(leaning) AS x (class oid, id oid, part int, depth int)),
        columns AS (
            SELECT a.*, a.attrelid::regclass::text AS rel, c.relkind, pg_get_expr(d.adbin, d.adrelid) AS value
            FROM leaning l JOIN pg_attribute a ON a.attrelid = l.id AND a.attnum = l.part JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE l.class = 'pg_class'::regclass AND l.part > 0)
        """;

    // The objects to recreate, each as the server shows it, with comment, owner and privileges.
    private const string Remade =
        $"""
        {PostgreSqlObjects.Spaces},
        {Found},
        objects AS (
            SELECT l.depth, k.*, coalesce(t.typowner, p.proowner) AS owner, coalesce(t.typacl, p.proacl) AS acl,
                CASE WHEN t.oid IS NULL THEN 'f' ELSE 'T' END AS sort, t.oid IS NOT NULL AS is_type,
                to_jsonb(p) ->> 'prosqlbody' IS NOT NULL AS is_late,
                regexp_replace(k.what, '^(AGGREGATE|PROCEDURE|FUNCTION|DOMAIN|TYPE)', CASE WHEN t.oid IS NULL THEN 'ROUTINE'
                    ELSE 'TYPE' END) AS q
            FROM ({PostgreSqlObjects.Types} UNION ALL {PostgreSqlObjects.Functions} UNION ALL {PostgreSqlObjects.Operators}
                UNION ALL {PostgreSqlUncommonObjects.MethodsAndCasts}) k
                (rank, class, oid, kind, schema_name, name, title, table_name, is_early, make, undo, body, what)
            JOIN leaning l ON l.class = k.class AND l.id = k.oid
            LEFT JOIN pg_type t ON k.class = 'pg_type'::regclass AND t.oid = k.oid
            LEFT JOIN pg_proc p ON k.class = 'pg_proc'::regclass AND p.oid = k.oid),
        remade AS (
            SELECT o.*, concat(coalesce(o.make, made),
                E';\nCOMMENT ON ' || o.what || ' IS ' || quote_literal(obj_description(o.oid, o.class::text)),
                CASE WHEN pg_get_userbyid(o.owner) <> current_user
                    THEN format(E';\nALTER %s OWNER TO %I', o.what, pg_get_userbyid(o.owner)) END,
                (SELECT string_agg(DISTINCT format(E';\nREVOKE ALL ON %s FROM %s', o.q, {Grantee}), '') FROM (
                    SELECT 0::oid AS grantee WHERE o.acl IS NOT NULL UNION SELECT o.owner WHERE o.acl IS NOT NULL
                    UNION SELECT l.grantee FROM pg_default_acl p, aclexplode(p.defaclacl) l WHERE p.defaclobjtype = o.sort::"char"
                        AND l.grantee NOT IN (0, o.owner)) l),
                (SELECT string_agg(format(E';\nGRANT %s ON %s TO %s%s', l.privilege_type, o.q, {Grantee},
                    CASE WHEN l.is_grantable THEN ' WITH GRANT OPTION' END), '') FROM aclexplode(o.acl) l)) AS text
            FROM objects o)
        """;

    private const string Grantee = "CASE l.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(l.grantee)) END";

    // The texts are read before the change and run after it, as the server describes these objects by the type that is dropped. The
    // constructors of a range are dropped with its type, but keep their name until then.
    private const string Aside =
        $"""
        WITH {Found},
        computed AS (SELECT * FROM columns WHERE attgenerated <> ''),
        found AS (
            SELECT DISTINCT 1 AS place, 0 AS depth, format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS gone,
                concat(format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)),
                    format('; COMMENT ON CONSTRAINT %I ON %s IS ', k.conname, k.conrelid::regclass)
                        || quote_literal(obj_description(k.oid, 'pg_constraint')),
                    format('; COMMENT ON INDEX %s IS ', nullif(k.conindid, 0)::regclass)
                        || quote_literal(obj_description(CASE WHEN k.contype <> 'f' THEN k.conindid END, 'pg_class'))) AS back,
                k.contype = 'f' AS late
            FROM pg_constraint k WHERE k.conrelid <> 0 AND k.coninhcount = 0 AND k.contype IN ('c', 'x', 'u', 'p', 'f')
                AND (k.oid IN (SELECT id FROM leaning WHERE class = 'pg_constraint'::regclass)
                    OR (k.contype <> 'f' AND k.conindid IN (SELECT id FROM leaning WHERE class = 'pg_class'::regclass AND part = 0))
                    OR (k.contype = 'f' AND EXISTS (SELECT 1 FROM columns c WHERE (c.attrelid = k.conrelid AND c.attnum = ANY (k.conkey))
                    OR (c.attrelid = k.confrelid AND c.attnum = ANY (k.confkey)))))
            UNION ALL
            SELECT DISTINCT 2, 0, format('DROP INDEX %s', i.indexrelid::regclass), concat(pg_get_indexdef(i.indexrelid),
                format('; COMMENT ON INDEX %s IS ', i.indexrelid::regclass) || quote_literal(obj_description(i.indexrelid, 'pg_class')),
                CASE WHEN i.indisclustered THEN format('; ALTER TABLE %s CLUSTER ON %I', i.indrelid::regclass, c.relname) END), false
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT c.relispartition
                AND i.indexrelid IN (SELECT id FROM leaning WHERE class = 'pg_class'::regclass AND part = 0)
                AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
            UNION ALL
            SELECT DISTINCT 3, 0, format('DROP STATISTICS %I.%I', n.nspname, x.stxname), concat(pg_get_statisticsobjdef(x.oid),
                CASE WHEN (to_jsonb(x) ->> 'stxstattarget')::int >= 0
                    THEN format('; ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, x.stxname, to_jsonb(x) ->> 'stxstattarget') END,
                format('; COMMENT ON STATISTICS %I.%I IS ', n.nspname, x.stxname)
                    || quote_literal(obj_description(x.oid, 'pg_statistic_ext'))), false
            FROM leaning l JOIN pg_statistic_ext x ON x.oid = l.id JOIN pg_namespace n ON n.oid = x.stxnamespace
            WHERE l.class = 'pg_statistic_ext'::regclass
            UNION ALL
            SELECT 4, 0, format('ALTER TABLE ONLY %s ALTER COLUMN %I DROP DEFAULT', d.adrelid::regclass, a.attname),
                format('ALTER TABLE ONLY %s ALTER COLUMN %I SET DEFAULT %s', d.adrelid::regclass, a.attname,
                    pg_get_expr(d.adbin, d.adrelid)), false
            FROM leaning l JOIN pg_attrdef d ON d.oid = l.id JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            WHERE l.class = 'pg_attrdef'::regclass
            UNION ALL
            SELECT 5, 0, format('ALTER TABLE %s DROP COLUMN %I', a.rel, a.attname),
                format('ALTER TABLE %s ADD COLUMN %I %s%s GENERATED ALWAYS AS (%s) %s%s', a.rel, a.attname,
                  format_type(a.atttypid, a.atttypmod),
                    (SELECT format(' COLLATE %s', o.oid::regcollation) FROM pg_collation o JOIN pg_type y ON y.oid = a.atttypid
                      WHERE o.oid = a.attcollation AND o.oid <> y.typcollation),
                    a.value, CASE a.attgenerated WHEN 'v' THEN 'VIRTUAL' ELSE 'STORED' END, CASE WHEN a.attnotnull THEN ' NOT NULL' END)
                    || coalesce(format('; COMMENT ON COLUMN %s.%I IS ', a.rel, a.attname)
                        || quote_literal(col_description(a.attrelid, a.attnum)), ''), false
            FROM computed a WHERE a.attinhcount = 0
            UNION ALL
            SELECT 6, 0, format('ALTER DOMAIN %s DROP CONSTRAINT %I', k.contypid::regtype, k.conname), NULL, false
            FROM leaning l JOIN pg_constraint k ON k.contypid = l.id AND k.contype = 'c' WHERE l.class = 'pg_type'::regclass
            UNION ALL
            SELECT 6, 0, format('ALTER DOMAIN %s DROP DEFAULT', t.oid::regtype), NULL, false
            FROM leaning l JOIN pg_type t ON t.oid = l.id AND t.typtype = 'd' WHERE l.class = 'pg_type'::regclass
            UNION ALL
            SELECT 7, depth, undo, CASE WHEN is_late THEN text END, false FROM jsonb_to_recordset(remade)
                AS x (depth int, undo text, text text, is_late bool, is_type bool) WHERE NOT is_type
            UNION ALL
            SELECT 8, 0, format('ALTER FUNCTION %s RENAME TO %I', p.oid::regprocedure, 'alembic_old_' || p.oid), NULL, false
            FROM leaning l JOIN pg_depend d ON d.refclassid = l.class AND d.refobjid = l.id AND d.deptype = 'i'
            JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid WHERE l.class = 'pg_type'::regclass)
        SELECT array_agg(f.gone ORDER BY f.place, NOT f.late, f.depth DESC),
            array_agg(f.back ORDER BY f.late, f.place DESC, f.depth) FILTER (WHERE f.back IS NOT NULL) INTO gone, back FROM found f
        """;

    private const string Roots =
        $"""
        SELECT x.class AS classid, x.id AS objid, x.part AS objsubid FROM jsonb_to_recordset(leaning) AS x (class oid, id oid, part int)
        WHERE x.part > 0 OR x.class <> 'pg_class'::regclass
        """;

    public static string Text(AlterEnumType alter, Dialect dialect)
    {
        var type = dialect.Quote(alter.Schema, alter.Name);
        var made = $"CREATE TYPE {type} AS ENUM ({PostgreSqlEnums.Values(alter.Values, dialect)})";
        return $"""
            DECLARE
                kind oid := {dialect.Literal(type)}::regtype;
                made text := {dialect.Literal(made)};
                compiles text := current_setting('jit', true);
                leaning jsonb;
                remade jsonb;
                uses jsonb;
                old jsonb;
                use record;
                gone text[];
                back text[];
                {PostgreSqlAside.Variables}
            BEGIN
                IF ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = kind
                  ORDER BY enumsortorder) = ARRAY[{PostgreSqlEnums.Values(alter.Values, dialect)}]::text[] THEN
                    RETURN;
                END IF;
                PERFORM {PostgreSqlObjects.WithoutCompiling};
                {Leaning};
                WITH {Found}
                SELECT coalesce(jsonb_agg(format('ALTER TABLE %s ALTER COLUMN %I TYPE %s%s', c.rel, c.attname,
                  format_type(c.atttypid, c.atttypmod), CASE WHEN c.relkind <> 'f'
                    THEN format(' USING %I::text::%s', c.attname, format_type(c.atttypid, c.atttypmod)) END)), '[]') INTO uses
                FROM columns c JOIN leaning l ON l.class = 'pg_type'::regclass AND l.id = c.atttypid
                WHERE c.attinhcount = 0 AND c.attgenerated = '';
                WITH {Found}
                SELECT jsonb_agg(jsonb_build_object('oid', t.oid::bigint, 'depth', l.depth, 'name', 'alembic_old_' || row_number,
                  'typtype', t.typtype)) INTO old
                FROM leaning l JOIN (SELECT t.*, row_number() OVER () FROM pg_type t) t ON t.oid = l.id
                WHERE l.class = 'pg_type'::regclass AND t.typtype <> 'b';
                {Remade}
                SELECT jsonb_agg(jsonb_build_object('depth', depth, 'undo', undo, 'text', text, 'is_late', is_late, 'is_type', is_type))
                INTO remade FROM remade;
                PERFORM set_config(name, compiles, true) FROM pg_settings WHERE name = 'jit';
                {PostgreSqlAside.Find(Roots)};
                {Aside};
                {PostgreSqlAside.Run("moved")};
                {PostgreSqlAside.Run("gone")};
                FOR use IN SELECT * FROM jsonb_to_recordset(old) AS x (oid oid, name text)
                LOOP
                    EXECUTE format('ALTER TYPE %s RENAME TO %I', use.oid::regtype, use.name);
                END LOOP;
                FOR use IN SELECT * FROM jsonb_to_recordset(remade) AS x (depth int, text text, is_late bool) WHERE NOT is_late
                    ORDER BY depth
                LOOP
                    EXECUTE use.text;
                END LOOP;
                FOR step IN SELECT jsonb_array_elements_text(uses)
                LOOP
                    EXECUTE step;
                END LOOP;
                {PostgreSqlAside.Run("back")};
                {PostgreSqlAside.Return};
                FOR use IN SELECT * FROM jsonb_to_recordset(old) AS x (oid oid, depth int, typtype text) WHERE typtype <> 'm'
                    ORDER BY depth DESC
                LOOP
                    EXECUTE format('DROP TYPE %s', use.oid::regtype);
                END LOOP;
            END
            """;
    }
}
