using System.Data.Common;
using System.Text;
using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>What a database has besides tables, in the server's own words, without the user who made it: who migrates owns what is created.</summary>
internal static partial class MySqlObjects
{
    private const string Query =
        """
        SELECT 1 AS place, 'sequence' AS kind, TABLE_NAME AS name, NULL AS table_name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'SEQUENCE'
        UNION ALL SELECT 2, LOWER(ROUTINE_TYPE), ROUTINE_NAME, NULL FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
        UNION ALL SELECT 3, 'view', TABLE_NAME, NULL FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'VIEW'
        UNION ALL (SELECT 4, 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
            ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER LIMIT 1000000)
        UNION ALL SELECT 5, 'event', EVENT_NAME, NULL FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()
        """;

    public static IEnumerable<UnmappedObject> Read(MySqlDialect dialect, IMigrationSession session)
    {
        var rows = session.Query(new Statement(Query))
            .Select(row => (Place: Convert.ToInt32(row["place"], null), Kind: Text(row["kind"]), Name: Text(row["name"]), Table: row["table_name"] is { } t ? Text(t) : null)).OrderBy(r => r.Place).ToList();
        var views = rows.Where(r => r.Kind == "view").Select(r => r.Name).ToHashSet();
        foreach (var (_, kind, name, table) in rows)
        {
            var text = Shown(kind, dialect.Quote(name), session);
            yield return new UnmappedObject(kind, name)
            {
                Id = $"{kind} {name}",
                // A view has to find the others that it is made of.
                Needs = kind == "view" && text is not null ? [.. Names().Matches(text).Select(m => m.Groups["name"].Value).Where(n => n != name && views.Contains(n)).Distinct().Select(n => $"view {n}")] : [],
                IsBeforeTables = kind == "sequence",
                Of = table is null ? null : (null, table),
                Instead = text is null ? [] : [new Execute(Definer().Replace(text, "", 1)) { Undo = new Execute($"DROP {kind.ToUpperInvariant()} {dialect.Quote(name)}") }],
            };
        }
    }

    // Not everybody may see everything.
    private static string? Shown(string kind, string name, IMigrationSession session)
    {
        try
        {
            var row = session.Query(new Statement($"SHOW CREATE {kind.ToUpperInvariant()} {name}"))[0];
            return row.FirstOrDefault(c => c.Key.StartsWith("Create ", StringComparison.OrdinalIgnoreCase) || c.Key == "SQL Original Statement").Value is { } text ? Text(text) : null;
        }
        catch (DbException)
        {
            return null;
        }
    }

    private static string Text(object? value) => value as string ?? Encoding.UTF8.GetString((byte[])value!);

    // It comes right after CREATE, or after what says how a view is computed.
    [GeneratedRegex("(?<=^CREATE (ALGORITHM=\\w+ )?)DEFINER=`(``|[^`])*`(@`(``|[^`])*`)? ", RegexOptions.ExplicitCapture)]
    private static partial Regex Definer();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Names();
}
