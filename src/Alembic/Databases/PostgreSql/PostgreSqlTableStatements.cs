using Alembic.Operations;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Statements for what a table has beyond CREATE TABLE and the operations: row level security, storage, statistics, the sequences of its
/// columns and so on. <see cref="PostgreSqlTableFacts"/> makes sure that none is forgotten.
/// </summary>
internal static class PostgreSqlTableStatements
{
    // A schema is written between these two, so that the same statements can run in the scratch place.
    private const char Open = '\u0001';

    private const char Close = '\u0002';

    /// <summary>The schema of a namespace <c>n</c> as written before a name.</summary>
    public const string Schema =
        "chr(1) || CASE WHEN n.nspname <> current_schema() THEN quote_ident(n.nspname) || '.' ELSE '' END || chr(2)";

    /// <summary>CREATE INDEX for an index <c>i</c> with the class <c>x</c> of a table <c>r</c> of the namespace <c>n</c>.</summary>
    public const string IndexText =
        $"""
        format('CREATE %sINDEX %I ON %s%I USING ', CASE WHEN i.indisunique THEN 'UNIQUE ' END, x.relname, {Schema},
          r.relname) || substr(pg_get_indexdef(i.indexrelid),
            1 + length(format('CREATE %sINDEX %I ON %s%I.%I USING ', CASE WHEN i.indisunique THEN 'UNIQUE ' END, x.relname, CASE x.relkind
              WHEN 'I' THEN 'ONLY ' END, n.nspname, r.relname)))
        """;

    /// <summary>
    /// Tells whether a sequence makes a column <c>a</c> with the default <c>d</c> an identity or serial; other sequences are objects of
    /// their own.
    /// </summary>
    public const string IsNumbering =
        "(w.deptype = 'i' OR (a.atttypid IN (21, 23, 20) AND a.attnotnull AND pg_get_expr(d.adbin, d.adrelid) = 'nextval(''' || "
            + "replace(x.oid::regclass::text, '''', '''''') || '''::regclass)'))";

    /// <summary>
    /// The settings of a column <c>a</c> of the type <c>t</c> that ALTER COLUMN has to set, each in a row <c>s</c> with the <c>text</c>.
    /// </summary>
    public const string ColumnSettings =
        """
        (VALUES
            (CASE WHEN a.attstorage <> t.typstorage THEN 'SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
              WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END),
            ('SET COMPRESSION ' || CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END),
            (CASE WHEN (to_jsonb(a) ->> 'attstattarget')::int >= 0 THEN 'SET STATISTICS ' || (to_jsonb(a) ->> 'attstattarget') END),
            ('SET (' || array_to_string(a.attoptions, ', ') || ')')) s (text)
        """;

    private const string Query =
        $"""
        WITH rel AS (
            SELECT c.*, n.nspname, {Schema} AS at, {Schema} || quote_ident(c.relname) AS target,
              'ALTER TABLE ' || {Schema} || quote_ident(c.relname) || ' ' AS alter
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p')
              AND (n.nspname = current_schema()
              OR (@all AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_toast%'
              AND n.nspname NOT LIKE 'pg\_temp%'))
              AND NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'e')),
        col AS (
            SELECT r.oid AS rel, r.relispartition, a.attnum, a.attname, a.attislocal, a.attnotnull,
              format('%sALTER COLUMN %I ', r.alter, a.attname) AS alter, pg_get_expr(d.adbin, d.adrelid) AS value,
                format('COMMENT ON COLUMN %s.%I IS %L', r.target, a.attname, col_description(r.oid, a.attnum)) AS comment,
                  col_description(r.oid, a.attnum) IS NOT NULL AS has_comment, p.*
            FROM rel r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = ''
            LEFT JOIN LATERAL (
                SELECT pa.attnotnull AS parent_not_null, pg_get_expr(pd.adbin, pd.adrelid) AS parent_value
                FROM pg_inherits h JOIN pg_attribute pa ON pa.attrelid = h.inhparent AND pa.attname = a.attname LEFT JOIN pg_attrdef pd
                  ON pd.adrelid = pa.attrelid AND pd.adnum = pa.attnum AND pa.attgenerated = ''
                WHERE h.inhrelid = r.oid ORDER BY h.inhseqno LIMIT 1) p ON true),
        setting AS (
            SELECT r.oid AS rel, a.attname, format('%sALTER COLUMN %I %s', r.alter, a.attname, s.text) AS text
            FROM rel r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_type t ON t.oid = a.atttypid CROSS JOIN LATERAL {ColumnSettings}
            WHERE s.text IS NOT NULL),
        seq AS (
            SELECT r.oid AS rel, r.target, r.at, a.attname, x.oid, x.relname, x.relpersistence, r.relpersistence AS usual_persistence,
              s.*, t.typname,
                s.seqtypid <> a.atttypid AS is_other_type, w.deptype,
                r.relname || '_' || a.attname || '_seq' AS usual, 'ALTER SEQUENCE ' || r.at AS alter
            FROM rel r JOIN pg_depend w ON w.classid = 'pg_class'::regclass AND w.refclassid = 'pg_class'::regclass AND w.refobjid = r.oid
              AND w.refobjsubid > 0 AND w.deptype IN ('a', 'i')
            JOIN pg_sequence s ON s.seqrelid = w.objid JOIN pg_class x ON x.oid = s.seqrelid JOIN pg_attribute a ON a.attrelid = r.oid
              AND a.attnum = w.refobjsubid
            JOIN pg_type t ON t.oid = s.seqtypid LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
            WHERE {IsNumbering}),
        counting AS (
            SELECT q.*, concat(
                CASE WHEN is_other_type THEN ' AS ' || format_type(seqtypid, NULL) END, CASE WHEN seqincrement <> 1
                  THEN ' INCREMENT BY ' || seqincrement END,
                CASE WHEN seqmin <> CASE WHEN seqincrement > 0 THEN 1 WHEN typname = 'int2' THEN -32768 WHEN typname = 'int4'
                  THEN -2147483648 ELSE -9223372036854775808 END
                    THEN ' MINVALUE ' || seqmin END,
                CASE WHEN seqmax <> CASE WHEN seqincrement < 0 THEN -1 WHEN typname = 'int2' THEN 32767 WHEN typname = 'int4'
                  THEN 2147483647 ELSE 9223372036854775807 END
                    THEN ' MAXVALUE ' || seqmax END,
                CASE WHEN seqstart <> CASE WHEN seqincrement > 0 THEN seqmin ELSE seqmax END OR seqmin <> 1
                  THEN ' START WITH ' || seqstart || ' RESTART' END,
                CASE WHEN seqcache <> 1 THEN ' CACHE ' || seqcache END, CASE WHEN seqcycle THEN ' CYCLE' END) AS options
            FROM seq q),
        -- A long name is cut off, and one that is taken gets a number: what it is then depends on the order of the tables.
        filled AS (
            SELECT n.*, octet_length(usual) <= 63 AND count(*) OVER (PARTITION BY relnamespace, usual) = 1
                AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.connamespace = n.relnamespace AND o.conname = n.usual
                AND o.conrelid <> n.rel) AS is_certain FROM (
                SELECT r.oid AS rel, r.relnamespace, r.alter, r.target, a.attname, k.conname,
                  r.relname || '_' || a.attname || '_not_null' AS usual
                FROM rel r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'n' AND k.conislocal AND k.coninhcount = 0
                  AND NOT k.connoinherit AND k.convalidated
                JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.conkey[1]) n),
        ix AS (
            SELECT r.oid AS rel, r.alter, i.*, x.relname, x.reloptions, x.reltablespace, r.at || quote_ident(x.relname) AS name,
              k.oid IS NOT NULL AS is_key
            FROM rel r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class x ON x.oid = i.indexrelid LEFT JOIN pg_constraint k
              ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
        SELECT n.nspname = current_schema() AS is_here, n.nspname::text AS schema_name, r.relname::text AS table_name, s.rank, s.text
        FROM rel r JOIN pg_namespace n ON n.oid = r.relnamespace JOIN (
            SELECT oid AS rel, 1 AS rank, '' AS item, alter || 'OF ' || format_type(reloftype, NULL) AS text FROM rel WHERE reloftype <> 0
            UNION ALL SELECT rel, 2, relname, alter || format('%I RENAME TO %I', usual, relname) FROM counting WHERE relname <> usual
              AND octet_length(usual) <= 63
            UNION ALL SELECT rel, 3, relname, format('%s%I%s', alter, relname, options) FROM counting WHERE deptype = 'a' AND options <> ''
            UNION ALL SELECT rel, 99, relname, format('%s%I SET %s', alter, relname, CASE relpersistence WHEN 'u' THEN 'UNLOGGED'
              ELSE 'LOGGED' END) FROM counting
                WHERE relpersistence <> usual_persistence AND current_setting('server_version_num')::int >= 150000
            UNION ALL SELECT rel, 4, relname, format('COMMENT ON SEQUENCE %s%I IS %L', at, relname, obj_description(oid, 'pg_class'))
              FROM counting WHERE obj_description(oid, 'pg_class') IS NOT NULL
            UNION ALL SELECT rel, 5, attname, alter || coalesce('SET DEFAULT ' || value, 'DROP DEFAULT') FROM col
                WHERE (NOT attislocal OR value IS NULL) AND NOT relispartition AND value IS DISTINCT FROM parent_value
            UNION ALL SELECT rel, 5, attname, alter || 'SET NOT NULL' FROM col WHERE NOT attislocal AND NOT relispartition AND attnotnull
              AND NOT parent_not_null
            UNION ALL SELECT rel, 5, attname, comment FROM col WHERE has_comment AND (relispartition OR NOT attislocal)
            UNION ALL SELECT rel, 6, attname, text FROM setting
            UNION ALL SELECT rel, 7, conname, CASE WHEN is_certain THEN alter || format('RENAME CONSTRAINT %I TO %I', usual, conname)
                ELSE 'DO ' || quote_literal(format('BEGIN EXECUTE coalesce((SELECT format(%L, k.conname) FROM pg_constraint k '
                    || 'JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] '
                    || 'WHERE k.conrelid = %L::regclass AND k.contype = ''n'' AND a.attname = %L AND k.conname <> %L), ''SELECT 1''); END',
                    replace(alter, '%', '%%') || 'RENAME CONSTRAINT %I TO ' || replace(quote_ident(conname), '%', '%%'), target, attname,
                      conname)) END
                FROM filled WHERE conname <> usual OR NOT is_certain
            UNION ALL SELECT r.oid, 7, k.conname, format('%1$sALTER COLUMN %2$I DROP NOT NULL; %1$sADD CONSTRAINT %3$I %4$s', r.alter,
              a.attname, k.conname, pg_get_constraintdef(k.oid))
                FROM rel r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'n' AND k.conislocal
                  AND (k.connoinherit OR NOT k.convalidated)
                JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.conkey[1]
            UNION ALL SELECT rel, 8, relname, format('ALTER INDEX %s SET (%s)', name, array_to_string(reloptions, ', ')) FROM ix
              WHERE is_key AND reloptions IS NOT NULL
            UNION ALL SELECT rel, 8, relname, format('ALTER INDEX %s SET TABLESPACE %I', name, b.spcname) FROM ix JOIN pg_tablespace b
              ON b.oid = reltablespace WHERE is_key
            UNION ALL SELECT rel, 9, ix.relname,
              format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', name, a.attnum, to_jsonb(a) ->> 'attstattarget')
                FROM ix JOIN pg_attribute a ON a.attrelid = ix.indexrelid AND coalesce((to_jsonb(a) ->> 'attstattarget')::int, -1) >= 0
            UNION ALL SELECT rel, 10, relname, format('%sCLUSTER ON %I', alter, relname) FROM ix WHERE indisclustered
            UNION ALL SELECT rel, 10, relname, format('%sREPLICA IDENTITY USING INDEX %I', alter, relname) FROM ix WHERE indisreplident
            UNION ALL SELECT oid, 10, '', alter || 'REPLICA IDENTITY ' || CASE relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END
              FROM rel WHERE relreplident IN ('f', 'n')
            UNION ALL SELECT rel, 11, relname, format('COMMENT ON INDEX %s IS %L', name, obj_description(indexrelid, 'pg_class')) FROM ix
              WHERE obj_description(indexrelid, 'pg_class') IS NOT NULL
            UNION ALL SELECT r.oid, CASE k.contype WHEN 'f' THEN 99 ELSE 11 END, k.conname,
              format('COMMENT ON CONSTRAINT %I ON %s IS %L', k.conname, r.target, obj_description(k.oid, 'pg_constraint'))
                FROM rel r JOIN pg_constraint k ON k.conrelid = r.oid WHERE obj_description(k.oid, 'pg_constraint') IS NOT NULL
            UNION ALL SELECT oid, 14, '', alter || 'ENABLE ROW LEVEL SECURITY' FROM rel WHERE relrowsecurity
            UNION ALL SELECT oid, 14, '', alter || 'FORCE ROW LEVEL SECURITY' FROM rel WHERE relforcerowsecurity) s ON s.rel = r.oid
        ORDER BY n.nspname, r.relname, s.rank, s.item, s.text
        """;

    /// <summary>The statements of each table, by its schema and name.</summary>
    public static ILookup<(string? Schema, string Name), (int Rank, string Text)> Read(IMigrationSession session, bool allSchemas) =>
        session.Query(new Statement(Query) { Parameters = Parameter.Of(("all", allSchemas)) })
            .ToLookup(row => Key(row), row => ((int)row["rank"]!, (string)row["text"]!));

    /// <summary>
    /// Tells whether a statement comes after everything else, foreign keys included; a temporary table does not accept it.
    /// </summary>
    public static bool IsLate((int Rank, string Text) statement) => statement.Rank == 99;

    /// <summary>A statement as it is written.</summary>
    public static string Written(string text) =>
        text.Replace($"{Open}", "", StringComparison.Ordinal).Replace($"{Close}", "", StringComparison.Ordinal);

    /// <summary>A statement as it is run in the scratch place.</summary>
    public static string InScratch(string text)
    {
        for (var at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Open, at))
            text = $"{text[..at]}pg_temp.{text[(text.IndexOf(Close, at) + 1)..]}";
        return text;
    }

    public static (string? Schema, string Name) Key(Row row) =>
        ((bool)row["is_here"]! ? null : (string)row["schema_name"]!, (string)row["table_name"]!);
}
