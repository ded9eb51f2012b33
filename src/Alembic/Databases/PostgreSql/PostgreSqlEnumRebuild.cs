using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Makes an enum type anew: no value can be taken out of one. The block finds the columns by itself, so that a script does the same as a run; each
/// one's default steps aside while its values are converted. It does nothing where the values are as they should be.
/// </summary>
internal static class PostgreSqlEnumRebuild
{
    public static string Text(AlterEnumType alter, Dialect dialect)
    {
        var type = dialect.Quote(alter.Schema, alter.Name);
        var old = dialect.Quote("alembic_old_enum");
        return $"""
            DECLARE
                uses jsonb;
                use record;
            BEGIN
                IF ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = {dialect.Literal(type)}::regtype ORDER BY enumsortorder) = ARRAY[{PostgreSqlEnums.Values(alter.Values, dialect)}]::text[] THEN
                    RETURN;
                END IF;
                SELECT coalesce(jsonb_agg(jsonb_build_object('alter', format('ALTER TABLE %s ALTER COLUMN %I', c.oid::regclass, a.attname), 'name', a.attname,
                    'suffix', CASE WHEN a.atttypid = t.oid THEN '' ELSE '[]' END, 'value', pg_get_expr(d.adbin, d.adrelid))), '[]') INTO uses
                FROM pg_type t JOIN pg_attribute a ON a.atttypid IN (t.oid, t.typarray) AND a.attnum > 0 AND NOT a.attisdropped AND a.attinhcount = 0
                JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
                LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                WHERE t.oid = {dialect.Literal(type)}::regtype;
                ALTER TYPE {type} RENAME TO {old};
                CREATE TYPE {type} AS ENUM ({PostgreSqlEnums.Values(alter.Values, dialect)});
                FOR use IN SELECT * FROM jsonb_to_recordset(uses) AS u ("alter" text, name text, suffix text, value text)
                LOOP
                    IF use.value IS NOT NULL THEN
                        EXECUTE use."alter" || ' DROP DEFAULT';
                    END IF;
                    EXECUTE use."alter" || format(' TYPE %1$s%2$s USING %3$I::text%2$s::%1$s%2$s', {dialect.Literal(type)}, use.suffix, use.name);
                    IF use.value IS NOT NULL THEN
                        EXECUTE use."alter" || ' SET DEFAULT ' || use.value;
                    END IF;
                END LOOP;
                DROP TYPE {dialect.Quote(alter.Schema, "alembic_old_enum")};
            END
            """;
    }
}
