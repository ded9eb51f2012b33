using System.Text.Json;
using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>One property of a table that its copy does not have, or has differently.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Kind">The kind of thing: "table", "column", "constraint", "index", …</param>
/// <param name="Item">The thing's name.</param>
/// <param name="Property">The thing's property, as the catalog calls it; null if the copy does not have the thing.</param>
internal sealed record TableFact(string Table, string Kind, string Item, string? Property);

/// <summary>
/// Compares tables with their copies in the scratch place by whole rows of the system catalogs: whatever a server stores about a table is
/// compared, even if nobody here has thought of it. Only what cannot be the same is left out, by name: identifiers, counts of rows, what
/// follows from other rows.
/// </summary>
internal static partial class PostgreSqlTableFacts
{
    // Names are shown with their schemas, as the search path is empty; then the schemas of the table and of its copy are removed.
    private const string Query =
        $$"""
        WITH rel AS (
            SELECT c.oid, c.relname::text AS name, n.oid = pg_my_temp_schema() AS is_copy, c.relispartition AS is_partition
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND c.relname = ANY(@names) AND (n.nspname = @schema OR n.oid = pg_my_temp_schema())),
        facts AS (
            SELECT r.name, r.is_copy, 'table' AS kind, r.name AS item,
                to_jsonb(c) - '{
                    oid,relname,relnamespace,reltype,reloftype,relowner,relam,relfilenode,reltablespace,relpages,reltuples,
                    relallvisible,relallfrozen,reltoastrelid,relhasindex,relpersistence,relnatts,relchecks,relhasrules,
                    relhastriggers,relhassubclass,relrewrite,relfrozenxid,relminmxid,relacl,relpartbound}'::text[]
                || jsonb_build_object('access method', (SELECT amname FROM pg_am WHERE oid = c.relam), 'tablespace',
                  (SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace),
                    'type', CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END, 'access list',
                      nullif(c.relacl, acldefault('r', c.relowner)),
                    'comment', obj_description(c.oid, 'pg_class'), 'partition key', pg_get_partkeydef(c.oid),
                    'bound', pg_get_expr(c.relpartbound, c.oid),
                    'toast options', (SELECT reloptions FROM pg_class WHERE oid = c.reltoastrelid),
                    'security labels', (SELECT array_agg(provider || ' ' || label ORDER BY provider) FROM pg_seclabel
                      WHERE classoid = 'pg_class'::regclass AND objoid = c.oid),
                    'parents', (SELECT array_agg(inhparent::regclass::text ORDER BY inhseqno) FROM pg_inherits
                      WHERE inhrelid = c.oid)) AS fact
            FROM rel r JOIN pg_class c ON c.oid = r.oid
            UNION ALL
            SELECT r.name, r.is_copy, 'column', a.attname,
                to_jsonb(a) - '{
                    attrelid,atttypid,attlen,attnum,attcacheoff,atttypmod,attndims,attbyval,attalign,atthasdef,atthasmissing,
                    attmissingval,attcollation,attacl}'::text[]
                    - CASE WHEN r.is_partition THEN '{attislocal,attinhcount}'::text[] ELSE '{}' END
                || jsonb_build_object('type', format_type(a.atttypid, a.atttypmod), 'collation',
                  (SELECT format('%I.%I', n.nspname, o.collname) FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace
                    WHERE o.oid = a.attcollation),
                    'default', CASE WHEN pg_get_expr(d.adbin, d.adrelid) !~ '^NULL(::|$)' THEN pg_get_expr(d.adbin, d.adrelid) END,
                      'access list', a.attacl,
                    'comment', col_description(a.attrelid, a.attnum), 'position', row_number() OVER (PARTITION BY r.oid ORDER BY a.attnum))
            FROM rel r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            UNION ALL
            SELECT r.name, r.is_copy, 'constraint', CASE WHEN k.contype = 'n'
              THEN 'NOT NULL of ' || (SELECT attname FROM pg_attribute WHERE attrelid = r.oid AND attnum = k.conkey[1]) ELSE k.conname END,
                to_jsonb(k) - '{
                    oid,connamespace,conrelid,contypid,conindid,conparentid,confrelid,conkey,confkey,conpfeqop,conppeqop,
                    conffeqop,conexclop,conbin}'::text[]
                || jsonb_build_object('definition', pg_get_constraintdef(k.oid), 'comment', obj_description(k.oid, 'pg_constraint'))
            FROM rel r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype NOT IN ('f', 't')
              AND (NOT r.is_partition OR k.conislocal OR k.contype = 'n')
            UNION ALL
            SELECT r.name, r.is_copy, 'index', x.relname,
                to_jsonb(i) - '{indexrelid,indrelid,indkey,indcollation,indclass,indexprs,indpred,indcheckxmin}'::text[]
                || jsonb_build_object('definition', pg_get_indexdef(i.indexrelid), 'options', x.reloptions, 'tablespace',
                  (SELECT spcname FROM pg_tablespace WHERE oid = x.reltablespace),
                    'comment', obj_description(x.oid, 'pg_class'),
                    'columns', (SELECT jsonb_agg(to_jsonb(a) -> 'attstattarget' ORDER BY a.attnum) FROM pg_attribute a
                      WHERE a.attrelid = x.oid))
            FROM rel r JOIN pg_index i ON i.indrelid = r.oid JOIN pg_class x ON x.oid = i.indexrelid AND NOT x.relispartition
            UNION ALL
            SELECT r.name, r.is_copy, 'sequence', x.relname,
                to_jsonb(s) - '{seqrelid,seqtypid}'::text[]
                || jsonb_build_object('type', format_type(s.seqtypid, NULL), 'column', a.attname, 'kind', w.deptype,
                    'comment', obj_description(x.oid, 'pg_class'), 'options', x.reloptions,
                    'access list', nullif(x.relacl, acldefault('s', x.relowner)))
            FROM rel r JOIN pg_class c ON c.oid = r.oid
            JOIN pg_depend w ON w.classid = 'pg_class'::regclass AND w.refclassid = 'pg_class'::regclass AND w.refobjid = r.oid
              AND w.refobjsubid > 0 AND w.deptype IN ('a', 'i')
            JOIN pg_sequence s ON s.seqrelid = w.objid JOIN pg_class x ON x.oid = s.seqrelid
            JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = w.refobjsubid LEFT JOIN pg_attrdef d ON d.adrelid = r.oid
              AND d.adnum = a.attnum
            WHERE {{PostgreSqlTableStatements.IsNumbering}}
            UNION ALL
            -- The copies have no foreign keys: all that is known of one is read, and here is what else the catalog has of it.
            SELECT r.name, r.is_copy, 'rest of the foreign key', k.conname, e.fact
            FROM rel r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'f' AND NOT r.is_copy
            CROSS JOIN LATERAL (SELECT jsonb_object_agg(key, value) AS fact
              FROM jsonb_each(to_jsonb(k) - '{oid,conname,connamespace,contype,condeferrable,condeferred,convalidated}'::text[]
                    - '{
                        conenforced,conrelid,contypid,conindid,conparentid,confrelid,confupdtype,confdeltype,confmatchtype,
                        conislocal,coninhcount,connoinherit,conkey,confkey}'::text[]
                    - '{conpfeqop,conppeqop,conffeqop,confdelsetcols,conexclop,conbin,conperiod}'::text[])
                WHERE value NOT IN ('null', 'false', '0', '"0"', '[]', '{}')) e
            WHERE e.fact IS NOT NULL
            UNION ALL
            SELECT r.name, r.is_copy, 'publication', p.pubname, to_jsonb(m) - '{oid,prpubid,prrelid}'::text[]
            FROM rel r JOIN pg_publication_rel m ON m.prrelid = r.oid JOIN pg_publication p ON p.oid = m.prpubid),
        plain AS (
            SELECT name, is_copy, kind, item,
                regexp_replace(replace(replace(fact::text, trim(BOTH '"' FROM to_jsonb(quote_ident(@schema) || '.')::text), ''),
                  trim(BOTH '"' FROM to_jsonb(quote_ident(@root) || '.')::text), ''), '\mpg_temp(_\d+)?\.', '', 'g')::jsonb AS fact
            FROM facts)
        SELECT name, kind, item, o.fact::text AS original, c.fact::text AS copy
        FROM (SELECT * FROM plain WHERE NOT is_copy) o FULL JOIN (SELECT * FROM plain WHERE is_copy) c USING (name, kind, item)
        WHERE o.fact IS DISTINCT FROM c.fact
        ORDER BY name, kind, item
        """;

    /// <summary>The differences between tables of one schema and their copies.</summary>
    /// <param name="session">The database.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="names">The tables, or partitions of tables.</param>
    /// <param name="root">The schema of the tables whose partitions they are; their own, if they are tables.</param>
    public static IEnumerable<TableFact> Differences(
        IMigrationSession session, string schema, IReadOnlyCollection<string> names, string root)
    {
        session.Query(new Statement("SELECT set_config('search_path', '', true)"));
        var query = new Statement(Query) { Parameters = Parameter.Of(("schema", schema), ("names", names.ToArray()), ("root", root)) };
        foreach (var row in session.Query(query))
        {
            TableFact Fact(string? property) => new((string)row["name"]!, (string)row["kind"]!, (string)row["item"]!, property);
            // Something that only the copy has exists because something else is missing.
            if (row["original"] is not string original)
                continue;
            if (row["copy"] is not string copy)
            {
                yield return Fact(null);
                continue;
            }
            var (a, b) = (JsonDocument.Parse(original).RootElement, JsonDocument.Parse(copy).RootElement);
            foreach (var property in a.EnumerateObject().Where(p => !IsSame(p.Value.ToString(), b.GetProperty(p.Name).ToString())))
                yield return Fact(property.Name);
        }
    }

    // The server writes an expression differently after reading its own text: with other casts and parentheses.
    private static bool IsSame(string a, string b) => a == b || CastOrParenthesis().Replace(a, "") == CastOrParenthesis().Replace(b, "");

    [GeneratedRegex(@"::(""[^""]*""|[\w.]+)( varying| precision| with(out)? time zone)?(\(\d+(,\d+)?\))?(\[\])*|[()\s]")]
    private static partial Regex CastOrParenthesis();
}
