using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Drops and recreates what uses a column or a type while that changes: views, rules, triggers and policies, found by the server's own
/// dependencies. They are recreated as the server describes them, with owner, privileges, comments and state; materialized views with
/// their indexes and rows. If something cannot be dropped, such as a function, the server's own error names it.
/// </summary>
internal static class PostgreSqlAside
{
    /// <summary>The variables that a block declares for <see cref="Find"/>.</summary>
    public const string Variables = "moved text[]; returned text[]; step text;";

    // What belongs to the table is dropped with the column: constraints, defaults, indexes, statistics, sequences. Its triggers, policies
    // and rules are also dropped with the whole table; what uses the table as a type prevents that.
    private const string UsersOfColumns =
        """
        SELECT DISTINCT x.at::int AS at, i.type || ' ' || i.identity AS name,
          d.classid IN ('pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_policy'::regclass) AS steps_aside
        FROM unnest(@tables, @columns) WITH ORDINALITY x (name, part, at)
        JOIN pg_class c ON c.oid = to_regclass(x.name)
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = x.part
        JOIN pg_depend d ON CASE WHEN x.part <> ''
                THEN d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
                ELSE d.deptype = 'n' AND (d.refclassid, d.refobjid) IN (('pg_class'::regclass, c.oid), ('pg_type'::regclass, c.reltype))
                    AND NOT EXISTS (SELECT 1 FROM pg_depend own WHERE (own.classid, own.objid, own.refclassid, own.refobjid)
                        = (d.classid, d.objid, 'pg_class'::regclass, c.oid) AND own.deptype IN ('a', 'i')) END
            AND d.classid NOT IN ('pg_class'::regclass, 'pg_constraint'::regclass, 'pg_attrdef'::regclass, 'pg_statistic_ext'::regclass)
        LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.rulename = '_RETURN'
        CROSS JOIN LATERAL pg_identify_object(CASE WHEN r.oid IS NULL THEN d.classid ELSE 'pg_class'::regclass END,
          coalesce(r.ev_class, d.objid), 0) i
        ORDER BY 1, 2
        """;

    /// <summary>The objects that use columns.</summary>
    public static ILookup<ColumnName, ColumnUser> Users(IMigrationSession session, IReadOnlyList<ColumnName> columns, Dialect dialect) =>
        session.Query(new Statement(UsersOfColumns)
        {
            Parameters = Parameter.Of(("tables", columns.Select(c => dialect.Quote(c.Schema, c.Table)).ToArray()),
                ("columns", columns.Select(c => c.Name).ToArray())),
        }).ToLookup(row => columns[(int)row["at"]! - 1], row => new ColumnUser((string)row["name"]!, (bool)row["steps_aside"]!)
        {
            TakesAnyName = true,
        });

    /// <summary>Runs the statements of an array one after the other.</summary>
    /// <param name="variable">The array.</param>
    public static string Run(string variable) => $"FOREACH step IN ARRAY coalesce({variable}, ARRAY[]::text[]) LOOP EXECUTE step; END LOOP";

    /// <summary>Recreates what <see cref="Find"/> found, and names what cannot be recreated.</summary>
    public static string Return => "BEGIN " + Run("returned") + "; EXCEPTION WHEN OTHERS THEN RAISE EXCEPTION USING ERRCODE = SQLSTATE, "
        + "MESSAGE = format('%s: this cannot be recreated unchanged, so drop it before and create it again after: %s', SQLERRM, "
        + "regexp_replace(step, '\\s+', ' ', 'g')); END";

    /// <summary>One statement that drops what uses a column, changes the column, and recreates what was dropped.</summary>
    public static string Around(AlterColumn alter, IEnumerable<string> statements, Dialect dialect)
    {
        var roots =
            $"""
            WITH RECURSIVE tables AS (
                SELECT {dialect.Literal(dialect.Quote(alter.Schema, alter.Table))}::regclass::oid AS oid
                UNION SELECT h.inhrelid FROM tables t JOIN pg_inherits h ON h.inhparent = t.oid)
            SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum::int AS objsubid FROM tables t
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = {dialect.Literal(alter.Column)} AND NOT a.attisdropped
            """;
        return "DO " + dialect.Literal(
            $"DECLARE {Variables} BEGIN {Find(roots)}; {Run("moved")}; "
            + $"{string.Concat(statements.Select(s => $"EXECUTE {dialect.Literal(s)}; "))}{Return}; END");
    }

    /// <summary>Finds what uses something: the statements that drop it, and those that recreate it.</summary>
    /// <param name="roots">A query of what changes, as <c>classid</c>, <c>objid</c> and <c>objsubid</c> of pg_depend.</param>
    public static string Find(string roots) =>
        $"""
        WITH RECURSIVE
            roots AS ({roots}),
            views AS (
                SELECT r.ev_class AS oid, 0 AS depth FROM roots x
                JOIN pg_depend d ON d.refclassid = x.classid AND d.refobjid = x.objid AND d.refobjsubid = x.objsubid
                  AND d.classid = 'pg_rewrite'::regclass
                JOIN pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
                UNION
                SELECT r.ev_class, v.depth + 1 FROM views v
                JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = v.oid AND d.classid = 'pg_rewrite'::regclass
                JOIN pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN' AND r.ev_class <> v.oid),
            relations AS (
                SELECT c.*, v.depth, c.oid::regclass::text AS q, CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END AS kind
                FROM (SELECT s.oid, max(s.depth) AS depth FROM views s GROUP BY s.oid) v JOIN pg_class c ON c.oid = v.oid
                WHERE NOT pg_is_other_temp_schema(c.relnamespace)),
            leaning AS (
                SELECT DISTINCT d.classid, d.objid FROM pg_depend d
                JOIN (SELECT * FROM roots UNION ALL SELECT 'pg_class'::regclass, c.oid, NULL FROM relations c) x
                    ON d.refclassid = x.classid AND d.refobjid = x.objid AND (x.objsubid IS NULL OR d.refobjsubid = x.objsubid)),
            granted AS (
                SELECT c.oid, string_agg(format('; GRANT %s%s ON %s TO %s%s', a.privilege_type, a.columns, c.q,
                    CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END, CASE WHEN a.is_grantable
                      THEN ' WITH GRANT OPTION' END), '') AS text
                FROM relations c CROSS JOIN LATERAL (
                    SELECT l.*, '' AS columns FROM aclexplode(c.relacl) l
                    UNION ALL SELECT l.*, format(' (%I)', t.attname) FROM pg_attribute t, aclexplode(t.attacl) l WHERE t.attrelid = c.oid
                      AND NOT t.attisdropped) a
                GROUP BY c.oid),
            found AS (
                SELECT 1 AS place, 0 AS depth, format('DROP POLICY %I ON %s', y.polname, y.polrelid::regclass) AS gone,
                    format('CREATE POLICY %I ON %s', y.polname, y.polrelid::regclass) || CASE WHEN y.polpermissive THEN ''
                      ELSE ' AS RESTRICTIVE' END
                    || CASE y.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' WHEN 'd'
                      THEN ' FOR DELETE' ELSE '' END
                    || coalesce((SELECT ' TO ' || string_agg(quote_ident(o.rolname), ', ') FROM pg_roles o
                      WHERE o.oid = ANY (y.polroles)), '')
                    || coalesce(' USING (' || pg_get_expr(y.polqual, y.polrelid) || ')', '')
                    || coalesce(' WITH CHECK (' || pg_get_expr(y.polwithcheck, y.polrelid) || ')', '')
                    || coalesce(format('; COMMENT ON POLICY %I ON %s IS ', y.polname,
                      y.polrelid::regclass) || quote_literal(obj_description(y.oid, 'pg_policy')), '') AS back
                FROM pg_policy y WHERE y.oid IN (SELECT l.objid FROM leaning l WHERE l.classid = 'pg_policy'::regclass)
                UNION ALL
                SELECT 2, 0, format('DROP TRIGGER %I ON %s', g.tgname, g.tgrelid::regclass),
                    pg_get_triggerdef(g.oid) || CASE g.tgenabled WHEN 'O' THEN ''
                      ELSE format('; ALTER TABLE %s %s TRIGGER %I', g.tgrelid::regclass,
                        CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, g.tgname) END
                    || coalesce(format('; COMMENT ON TRIGGER %I ON %s IS ', g.tgname,
                      g.tgrelid::regclass) || quote_literal(obj_description(g.oid, 'pg_trigger')), '')
                FROM pg_trigger g WHERE NOT g.tgisinternal AND coalesce(to_jsonb(g) ->> 'tgparentid', '0') = '0'
                    AND g.oid IN (SELECT l.objid FROM leaning l WHERE l.classid = 'pg_trigger'::regclass)
                UNION ALL
                SELECT 3, 0, format('DROP RULE %I ON %s', r.rulename, r.ev_class::regclass),
                    rtrim(pg_get_ruledef(r.oid), ';') || CASE r.ev_enabled WHEN 'O' THEN ''
                      ELSE format('; ALTER TABLE %s %s RULE %I', r.ev_class::regclass,
                        CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, r.rulename) END
                    || coalesce(format('; COMMENT ON RULE %I ON %s IS ', r.rulename,
                      r.ev_class::regclass) || quote_literal(obj_description(r.oid, 'pg_rewrite')), '')
                FROM pg_rewrite r WHERE r.rulename <> '_RETURN'
                  AND r.oid IN (SELECT l.objid FROM leaning l WHERE l.classid = 'pg_rewrite'::regclass)
                UNION ALL
                SELECT 4, c.depth, format('DROP %s %s', c.kind, c.q),
                    format('CREATE %s %s%s%s%s AS %s', c.kind, c.q,
                      ' USING ' || quote_ident((SELECT m.amname FROM pg_am m WHERE m.oid = c.relam)),
                        ' WITH (' || array_to_string(c.reloptions, ', ') || ')',
                          ' TABLESPACE ' || quote_ident((SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace)),
                        rtrim(pg_get_viewdef(c.oid), '; ')) || CASE WHEN c.relispopulated THEN '' ELSE ' WITH NO DATA' END
                    || coalesce((SELECT string_agg(format('; ALTER VIEW %s ALTER %I SET DEFAULT %s', c.q, a.attname,
                      pg_get_expr(d.adbin, d.adrelid)), '')
                        FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = c.oid), '')
                    || coalesce((SELECT string_agg('; ' || pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisclustered
                      THEN format('; ALTER MATERIALIZED VIEW %s CLUSTER ON %I', c.q, x.relname) ELSE '' END
                        || coalesce(format('; COMMENT ON INDEX %s IS ',
                          i.indexrelid::regclass) || quote_literal(obj_description(i.indexrelid, 'pg_class')), ''), '')
                        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid), '')
                    || coalesce((SELECT string_agg('; ' || pg_get_statisticsobjdef(x.oid), '') FROM pg_statistic_ext x
                      WHERE x.stxrelid = c.oid), '')
                    || coalesce((SELECT string_agg(concat(CASE WHEN a.attstattarget >= 0
                      THEN format('; ALTER MATERIALIZED VIEW %s ALTER %I SET STATISTICS %s', c.q, a.attname, a.attstattarget) END,
                        CASE WHEN a.attoptions IS NOT NULL
                          THEN format('; ALTER MATERIALIZED VIEW %s ALTER %I SET (%s)', c.q, a.attname,
                            array_to_string(a.attoptions, ', ')) END,
                        format('; COMMENT ON COLUMN %s.%I IS ', c.q, a.attname) || quote_literal(col_description(c.oid, a.attnum))), ''
                          ORDER BY a.attnum)
                        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '')
                    || coalesce(format('; COMMENT ON %s %s IS ', c.kind, c.q) || quote_literal(obj_description(c.oid, 'pg_class')), '')
                    || CASE WHEN pg_get_userbyid(c.relowner) = current_user THEN ''
                      ELSE format('; ALTER %s %s OWNER TO %I', c.kind, c.q, pg_get_userbyid(c.relowner)) END
                    || coalesce((SELECT string_agg(DISTINCT format('; REVOKE ALL ON %s FROM %s', c.q, CASE l.grantee WHEN 0 THEN 'PUBLIC'
                      ELSE quote_ident(pg_get_userbyid(l.grantee)) END), '')
                        FROM pg_default_acl p, aclexplode(p.defaclacl) l WHERE p.defaclobjtype = 'r' AND l.grantee <> c.relowner), '')
                    || CASE WHEN c.relacl IS NULL THEN '' ELSE format('; REVOKE ALL ON %s FROM %I', c.q, pg_get_userbyid(c.relowner)) END
                    || coalesce((SELECT p.text FROM granted p WHERE p.oid = c.oid), '')
                FROM relations c)
        SELECT array_agg(f.gone ORDER BY f.place, f.depth DESC), array_agg(f.back ORDER BY f.place DESC, f.depth) INTO moved, returned
          FROM found f
        """;
}
