using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Finds what needs what, by the server's own account. A part of something else (such as an index of a table) counts as the whole.
/// </summary>
internal sealed class PostgreSqlDependencies
{
    // Foreign keys are left out: they can be added when all tables exist.
    private const string Query =
        """
        SELECT d.classid::bigint || '/' || d.objid AS id, d.refclassid::bigint || '/' || d.refobjid AS needs, d.deptype::text AS type,
          d.refclassid = 'pg_namespace'::regclass AS is_schema,
            d.classid = 'pg_rewrite'::regclass AND d.deptype = 'n' AND d.refobjsubid > 0 AS is_read,
            d.classid = 'pg_class'::regclass AND EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = d.objid AND c.relkind = 'S') AS is_sequence
        FROM pg_depend d
        WHERE d.objid >= 16384 AND d.deptype <> 'p'
          AND NOT (d.classid = 'pg_constraint'::regclass
          AND EXISTS (SELECT 1 FROM pg_constraint k WHERE k.oid = d.objid AND k.contype IN ('f', 't')))
          AND NOT (d.classid = 'pg_trigger'::regclass
          AND EXISTS (SELECT 1 FROM pg_trigger g WHERE g.oid = d.objid
          AND (g.tgisinternal OR coalesce(to_jsonb(g) ->> 'tgparentid', '0') <> '0')))
        """;

    // Some objects that depend on nothing are not listed there. What has no name was dropped; only its dependencies are left.
    private const string Names =
        """
        SELECT i.type::text AS kind, i.identity::text AS name, i.schema = current_schema() AS is_own FROM (
            SELECT split_part(id, '/', 1)::bigint::oid AS class, split_part(id, '/', 2)::bigint::oid AS oid FROM unnest(@ids) id
            UNION SELECT 'pg_publication'::regclass, oid FROM pg_publication UNION SELECT 'pg_event_trigger'::regclass, oid
              FROM pg_event_trigger
            UNION SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
            UNION SELECT 'pg_default_acl'::regclass, oid FROM pg_default_acl UNION SELECT 'pg_user_mapping'::regclass, umid
              FROM pg_user_mappings
            UNION SELECT 'pg_language'::regclass, oid FROM pg_language WHERE oid >= 16384
            UNION SELECT 'pg_subscription'::regclass, oid FROM pg_subscription
              WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())) o
        CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
        WHERE i.identity <> '' AND (i.schema IS NULL OR i.schema = current_schema()
          OR (@all AND i.schema NOT LIKE 'pg\_%' AND i.schema <> 'information_schema'))
          AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = o.class AND e.objid = o.oid AND e.deptype IN ('e', 'i'))
        ORDER BY i.type, i.identity
        """;

    // Access lists of tables are compared with the tables. Identifying thousands of functions takes long, and few have an access list.
    private const string Besides =
        """
        SELECT 'access list' AS kind, i.type || ' ' || i.identity AS name, i.schema = current_schema() AS is_own FROM (
            SELECT 'pg_namespace'::regclass AS class, oid, nspacl AS acl, acldefault('n', nspowner) AS usual FROM pg_namespace
              WHERE nspname = current_schema()
                OR (@all AND nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema')
            UNION ALL SELECT 'pg_proc'::regclass, oid, proacl, acldefault('f', proowner) FROM pg_proc WHERE proacl IS NOT NULL
            UNION ALL SELECT 'pg_type'::regclass, oid, typacl, acldefault('T', typowner) FROM pg_type WHERE typacl IS NOT NULL
            UNION ALL SELECT 'pg_class'::regclass, oid, relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)
              FROM pg_class WHERE relacl IS NOT NULL AND relkind IN ('S', 'v', 'm', 'f')
            UNION ALL SELECT 'pg_language'::regclass, oid, lanacl, acldefault('l', lanowner) FROM pg_language
            UNION ALL SELECT 'pg_foreign_server'::regclass, oid, srvacl, acldefault('S', srvowner) FROM pg_foreign_server
            UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwacl, acldefault('F', fdwowner) FROM pg_foreign_data_wrapper) o
        CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
        WHERE o.acl <> coalesce((SELECT p.initprivs FROM pg_init_privs p WHERE p.classoid = o.class AND p.objoid = o.oid
          AND p.objsubid = 0), o.usual)
          AND (i.schema IS NULL OR i.schema = current_schema() OR (@all AND i.schema NOT LIKE 'pg\_%' AND i.schema <> 'information_schema'))
        UNION ALL
        SELECT 'dependency on an extension', format('%s %s on %s', i.type, i.identity, e.extname), i.schema = current_schema()
        FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
        CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, 0) i
        WHERE d.deptype = 'x'
          AND (i.schema IS NULL OR i.schema = current_schema() OR (@all AND i.schema NOT LIKE 'pg\_%' AND i.schema <> 'information_schema'))
        ORDER BY kind, name
        """;

    // Whoever migrates owns all that is created: only a second owner is lost. What goes with something else has its owner.
    private const string Owners =
        """
        WITH things AS (
            SELECT 'pg_class'::regclass AS class, oid, relowner AS owner, relnamespace AS space FROM pg_class
              WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            UNION ALL SELECT 'pg_proc'::regclass, oid, proowner, pronamespace FROM pg_proc
            UNION ALL SELECT 'pg_type'::regclass, oid, typowner, typnamespace FROM pg_type WHERE typtype IN ('e', 'd', 'r')),
        own AS (
            SELECT t.* FROM things t JOIN pg_namespace n ON n.oid = t.space
            WHERE (n.nspname = current_schema() OR (@all AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'))
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = t.class AND d.objid = t.oid AND d.deptype IN ('a', 'e', 'i')))
        SELECT 'owner' AS kind, format('%s of the %s %s', pg_get_userbyid(o.owner), i.type, i.identity) AS name
        FROM own o CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
        WHERE o.owner <> (SELECT mode() WITHIN GROUP (ORDER BY owner) FROM own) ORDER BY name
        """;

    private readonly IMigrationSession _session;
    private readonly HashSet<string> _known;
    private readonly Dictionary<string, string> _wholes = [];
    private readonly Dictionary<string, HashSet<string>> _needs = [];
    private readonly HashSet<string> _unknown = [];

    public PostgreSqlDependencies(IMigrationSession session, IEnumerable<string> known)
    {
        (_session, _known) = (session, [.. known]);
        var rows = session.Query(new Statement(Query))
            .Select(row => (Id: Text(row, "id"), Needs: Text(row, "needs"), Type: Text(row, "type"), IsSchema: (bool)row["is_schema"]!,
                IsSequence: (bool)row["is_sequence"]!, IsRead: (bool)row["is_read"]!)).ToList();
        // In this order: a part of an extension, of what created it, of a partition, of what it is dropped with.
        foreach (var row in rows.Where(r => !r.IsSchema && r.Type != "n" && !_known.Contains(r.Id))
            .OrderBy(r => "eiSPax".IndexOf(r.Type, StringComparison.Ordinal)))
            _wholes.TryAdd(row.Id, row.Needs);
        foreach (var row in rows)
        {
            var (whole, needs) = (RootOf(row.Id), RootOf(row.Needs));
            if (!_known.Contains(whole))
                _unknown.Add(whole);
            // A sequence is created before the table that owns it, as the table's default names it.
            else if ((whole != needs || row.IsRead) && !(row.IsSequence && row.Type == "a" && _known.Contains(row.Id)))
                (_needs.TryGetValue(whole, out var all) ? all : _needs[whole] = []).Add(needs);
        }
    }

    public IEnumerable<string> Of(string id) => (_needs.GetValueOrDefault(id) ?? []).Where(needs => needs != id);

    /// <summary>Everything that an object needs, directly or not, including itself if it is a view that reads itself.</summary>
    public IReadOnlySet<string> AllOf(string id)
    {
        var all = new HashSet<string>();
        var waiting = new Stack<string>([id]);
        while (waiting.TryPop(out var next))
        {
            foreach (var needs in (_needs.GetValueOrDefault(next) ?? []).Where(all.Add))
                waiting.Push(needs);
        }
        return all;
    }

    /// <summary>The objects that are neither known nor a part of one that is.</summary>
    public IEnumerable<UnmappedObject> Unknown(bool allSchemas) =>
        _session.Query(new Statement(Names) { Parameters = Parameter.Of(("all", allSchemas), ("ids", _unknown.ToArray())) })
            .Concat(new[] { Besides, Owners }
                .SelectMany(query => _session.Query(new Statement(query) { Parameters = Parameter.Of(("all", allSchemas)) })))
            .Select(row => new UnmappedObject(Text(row, "kind"), Text(row, "name")));

    private string RootOf(string id)
    {
        for (var steps = 0; _wholes.TryGetValue(id, out var whole) && steps < 20; steps++)
            id = whole;
        return id;
    }

    private static string Text(IReadOnlyDictionary<string, object?> row, string name) => (string)row[name]!;
}
