using System.Data.Common;
using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>
/// What a database has other than tables, in the server's own words, without the user who created it: whoever migrates owns what is
/// created.
/// </summary>
internal static partial class MySqlObjects
{
    private const string Query =
        """
        SELECT 1 AS place, 'sequence' AS kind, TABLE_NAME AS name, NULL AS table_name FROM information_schema.TABLES
          WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'SEQUENCE'
        UNION ALL SELECT 2, LOWER(ROUTINE_TYPE), ROUTINE_NAME, NULL FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
        UNION ALL SELECT 3, 'view', TABLE_NAME, NULL FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'VIEW'
        UNION ALL (SELECT 4, 'trigger', TRIGGER_NAME, EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
            ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER LIMIT 1000000)
        UNION ALL SELECT 5, 'event', EVENT_NAME, NULL FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()
        """;

    private static readonly string[] Settings = ["sql_mode", "collation_connection", "time_zone"];

    public static IEnumerable<UnmappedObject> Read(MySqlDialect dialect, IMigrationSession session, string? own)
    {
        var rows = session.Query(new Statement(Query))
            .Select(row => (Place: Convert.ToInt32(row["place"], null), Kind: MySqlShown.Text(row["kind"]),
                Name: MySqlShown.Text(row["name"]), Table: row["table_name"] is { } t ? MySqlShown.Text(t) : null))
            .OrderBy(r => r.Place).ToList();
        var views = rows.Where(r => r.Kind == "view").Select(r => r.Name).ToHashSet();
        var here = session.Query(new Statement($"SELECT {string.Join(", ", Settings.Select(s => $"@@SESSION.{s} AS {s}"))}"))[0]
            .ToDictionary(s => s.Key, s => MySqlShown.Text(s.Value));
        foreach (var (_, kind, name, table) in rows)
        {
            var (shown, settings) = Shown(kind, dialect.Quote(name), session);
            var text = shown is null ? null : MySqlOwnNames.Local(kind, MySqlSequences.Local(shown, own), own);
            yield return new UnmappedObject(kind, name)
            {
                Id = $"{kind} {name}",
                // A view has to find the other views that it selects from.
                Needs = kind == "view" && text is not null
                    ? [.. Names().Matches(text).Select(m => m.Groups["name"].Value).Where(n => n != name && views.Contains(n)).Distinct()
                        .Select(n => $"view {n}")]
                    : [],
                IsBeforeTables = kind == "sequence",
                Of = table is null ? null : (null, table),
                Instead = text is null
                    ? []
                    : [.. Under([.. settings.Where(s => s.Value != here[s.Key])], Definer().Replace(text, "", 1),
                        new Execute($"DROP {kind.ToUpperInvariant()} {dialect.Quote(name)}"), dialect)],
            };
        }
    }

    // An object keeps these settings of the session that created it, and always runs under them. MySQL takes everything that follows for
    // its body, even a semicolon.
    private static IEnumerable<Execute> Under(
        IReadOnlyList<KeyValuePair<string, string>> settings, string text, Operation undo, Dialect dialect)
    {
        string Set(Func<KeyValuePair<string, string>, string> assign) => $"SET {string.Join(", ", settings.Select(assign))}";
        if (settings.Count == 0)
            return [new Execute(text) { Undo = undo }];
        var before = Set(s => $"@alembic_{s.Key} = @@SESSION.{s.Key}, SESSION {s.Key} = {dialect.Literal(s.Value)}");
        return
        [
            new Execute($"{before};\n{text}") { Undo = undo },
            // In a session that did not run the first statement, there is nothing to restore.
            new Execute(Set(s => $"SESSION {s.Key} = COALESCE(@alembic_{s.Key}, @@SESSION.{s.Key})")) { Back = [] },
        ];
    }

    // Not everybody may see everything.
    private static (string? Text, IReadOnlyDictionary<string, string> Settings) Shown(string kind, string name, IMigrationSession session)
    {
        try
        {
            var row = MySqlShown.Of(kind.ToUpperInvariant(), name, session);
            var text = row.FirstOrDefault(
                c => c.Key.StartsWith("Create ", StringComparison.OrdinalIgnoreCase) || c.Key == "SQL Original Statement").Value;
            return (text is null ? null : MySqlShown.Text(text),
                Settings.Where(row.ContainsKey).ToDictionary(s => s, s => MySqlShown.Text(row[s])));
        }
        catch (DbException)
        {
            return (null, new Dictionary<string, string>());
        }
    }

    // It comes right after CREATE, or after a view's ALGORITHM.
    [GeneratedRegex("(?<=^CREATE (ALGORITHM=\\w+ )?)DEFINER=`(``|[^`])*`(@`(``|[^`])*`)? ", RegexOptions.ExplicitCapture)]
    private static partial Regex Definer();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Names();
}
