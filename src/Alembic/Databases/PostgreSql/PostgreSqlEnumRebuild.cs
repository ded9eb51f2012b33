using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Makes an enum type anew: no value can be taken out of one. The block finds the columns, and what names the type's values, by itself, so
/// that a script does the same as a run; defaults, checks, indexes, foreign keys, computed columns, and what <see cref="PostgreSqlAside"/>
/// finds, step aside meanwhile. It does nothing where the values are as they should be.
/// </summary>
internal static class PostgreSqlEnumRebuild
{
    // What is written with the type, or is computed of its columns, is known to the server by the type that goes: it is written down
    // before, and made again after.
    private const string Aside =
        """
        WITH RECURSIVE
            types AS (SELECT unnest(ARRAY[t.oid, t.typarray]) AS oid FROM pg_type t WHERE t.oid = kind),
            columns AS (SELECT a.attrelid AS rel, a.attnum AS num FROM pg_attribute a WHERE a.atttypid IN (SELECT oid FROM types)
              AND a.attnum > 0 AND NOT a.attisdropped),
            computed AS (
                SELECT DISTINCT a.attrelid AS rel, a.attnum AS num FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid
                  AND d.adnum = a.attnum
                JOIN pg_depend x ON (x.classid = 'pg_attrdef'::regclass AND x.objid = d.oid)
                    OR (x.classid = 'pg_class'::regclass AND x.objid = a.attrelid AND x.objsubid = a.attnum)
                WHERE a.attgenerated <> '' AND a.attinhcount = 0
                    AND ((x.refclassid = 'pg_type'::regclass AND x.refobjid IN (SELECT oid FROM types))
                        OR (x.refclassid = 'pg_class'::regclass AND (x.refobjid, x.refobjsubid::int) IN (SELECT rel, num::int FROM columns)
                            AND (x.refobjid, x.refobjsubid::int) <> (a.attrelid, a.attnum::int)))),
            leaning AS (
                SELECT x.classid, x.objid FROM pg_depend x WHERE x.objsubid = 0
                    AND ((x.refclassid = 'pg_type'::regclass AND x.refobjid IN (SELECT oid FROM types))
                        OR (x.refclassid = 'pg_class'::regclass
                        AND (x.refobjid, x.refobjsubid::int) IN (SELECT rel, num::int FROM computed)))),
            found AS (
                SELECT DISTINCT 1 AS place, format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS gone,
                    format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS back,
                      k.contype = 'f' AS late
                FROM pg_constraint k WHERE k.conrelid <> 0 AND k.coninhcount = 0 AND k.contype IN ('c', 'x', 'u', 'p', 'f')
                    AND (k.oid IN (SELECT objid FROM leaning WHERE classid = 'pg_constraint'::regclass)
                        OR (k.contype = 'f' AND EXISTS (SELECT 1 FROM columns c WHERE (c.rel = k.conrelid AND c.num = ANY (k.conkey))
                        OR (c.rel = k.confrelid AND c.num = ANY (k.confkey)))))
                UNION ALL
                SELECT DISTINCT 2, format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), false
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT c.relispartition
                    AND i.indexrelid IN (SELECT objid FROM leaning WHERE classid = 'pg_class'::regclass)
                    AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
                UNION ALL
                SELECT 3, format('ALTER TABLE %s DROP COLUMN %I', a.attrelid::regclass, a.attname),
                    format('ALTER TABLE %s ADD COLUMN %I %s%s GENERATED ALWAYS AS (%s) %s%s', a.attrelid::regclass, a.attname,
                      format_type(a.atttypid, a.atttypmod),
                        (SELECT format(' COLLATE %s', o.oid::regcollation) FROM pg_collation o JOIN pg_type y ON y.oid = a.atttypid
                          WHERE o.oid = a.attcollation AND o.oid <> y.typcollation),
                        pg_get_expr(d.adbin, d.adrelid), CASE a.attgenerated WHEN 'v' THEN 'VIRTUAL' ELSE 'STORED' END, CASE
                          WHEN a.attnotnull THEN ' NOT NULL' END)
                        || coalesce(format('; COMMENT ON COLUMN %s.%I IS %L', a.attrelid::regclass, a.attname,
                          col_description(a.attrelid, a.attnum)), ''), false
                FROM computed g JOIN pg_attribute a ON a.attrelid = g.rel AND a.attnum = g.num JOIN pg_attrdef d ON d.adrelid = a.attrelid
                  AND d.adnum = a.attnum)
        SELECT array_agg(f.gone ORDER BY f.place, NOT f.late), array_agg(f.back ORDER BY f.late, f.place DESC) INTO gone, back FROM found f
        """;

    private const string Roots =
        """
        WITH types AS (SELECT unnest(ARRAY[t.oid, t.typarray]) AS oid FROM pg_type t WHERE t.oid = kind)
        SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 0 AS objsubid FROM types t
        UNION ALL SELECT 'pg_class'::regclass, a.attrelid, a.attnum FROM pg_attribute a WHERE a.atttypid IN (SELECT t.oid FROM types t)
          AND a.attnum > 0 AND NOT a.attisdropped
        """;

    public static string Text(AlterEnumType alter, Dialect dialect)
    {
        var type = dialect.Quote(alter.Schema, alter.Name);
        var old = dialect.Quote("alembic_old_enum");
        return $"""
            DECLARE
                kind oid := {dialect.Literal(type)}::regtype;
                uses jsonb;
                use record;
                gone text[];
                back text[];
                {PostgreSqlAside.Variables}
            BEGIN
                IF ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = kind
                  ORDER BY enumsortorder) = ARRAY[{PostgreSqlEnums.Values(alter.Values, dialect)}]::text[] THEN
                    RETURN;
                END IF;
                SELECT coalesce(jsonb_agg(jsonb_build_object('alter', format('ALTER TABLE %s ALTER COLUMN %I', c.oid::regclass, a.attname),
                  'name', a.attname,
                    'suffix', CASE WHEN a.atttypid = t.oid THEN '' ELSE '[]' END, 'value', pg_get_expr(d.adbin, d.adrelid))),
                      '[]') INTO uses
                FROM pg_type t JOIN pg_attribute a ON a.atttypid IN (t.oid, t.typarray) AND a.attnum > 0 AND NOT a.attisdropped
                  AND a.attinhcount = 0 AND a.attgenerated = ''
                JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
                LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                WHERE t.oid = kind;
                {PostgreSqlAside.Find(Roots)};
                {Aside};
                {PostgreSqlAside.Run("moved")};
                {PostgreSqlAside.Run("gone")};
                ALTER TYPE {type} RENAME TO {old};
                CREATE TYPE {type} AS ENUM ({PostgreSqlEnums.Values(alter.Values, dialect)});
                FOR use IN SELECT * FROM jsonb_to_recordset(uses) AS u ("alter" text, name text, suffix text, value text)
                LOOP
                    IF use.value IS NOT NULL THEN
                        EXECUTE use."alter" || ' DROP DEFAULT';
                    END IF;
                    EXECUTE use."alter" || format(
                        ' TYPE %1$s%2$s USING %3$I::text%2$s::%1$s%2$s', {dialect.Literal(type)}, use.suffix, use.name);
                    IF use.value IS NOT NULL THEN
                        EXECUTE use."alter" || ' SET DEFAULT ' || use.value;
                    END IF;
                END LOOP;
                {PostgreSqlAside.Run("back")};
                {PostgreSqlAside.Return};
                DROP TYPE {dialect.Quote(alter.Schema, "alembic_old_enum")};
            END
            """;
    }
}
