using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>
/// What the catalog says about the objects that a statement names, without what changes with the rows. Nothing else is read: others may
/// change it meanwhile.
/// </summary>
internal static partial class MySqlFingerprint
{
    // After these come bodies and long lists, not what is created, changed or dropped.
    private const int MostNames = 24;

    public static IEnumerable<string> Rows(IMigrationSession session, string statement, Dialect dialect)
    {
        var names = Names(statement, dialect).Take(MostNames).Distinct().ToList();
        if (names.Count == 0)
            return [];
        var hasRoutines = SqlToken.Read(statement, dialect.Quotes).Take(MostNames)
            .Any(token => token.Is("PROCEDURE") || token.Is("FUNCTION") || token.Is("PACKAGE") || token.Is("EVENT"));
        return [.. Found(session, names, hasRoutines).SelectMany(found => About(session, found, dialect))
            .Select(row => AutoIncrement().Replace(string.Join('\u001f', row.Values), ""))];
    }

    // Names in parentheses are those of columns.
    private static IEnumerable<(string? Schema, string Name)> Names(string statement, Dialect dialect)
    {
        string? schema = null;
        SqlToken? last = null;
        var depth = 0;
        foreach (var token in SqlToken.Read(statement, dialect.Quotes).Append(default))
        {
            if (last is { } name && token.Sql is not null && token.Is('.'))
            {
                schema = name.ToString();
                last = null;
                continue;
            }
            if (last is { } whole)
            {
                yield return (schema, whole.ToString());
                schema = null;
            }
            last = null;
            if (token.Sql is null)
                yield break;
            depth += token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
            if (depth == 0 && token.IsIdentifier
                && !(token.Kind == SqlTokenKind.Word && MySqlReservedWords.All.Contains(token.ToString().ToLowerInvariant())))
                last = token;
        }
    }

    // One by one: unless the name is compared with a constant, the server opens all tables of all its databases.
    private static IReadOnlyList<IReadOnlyDictionary<string, object?>> Found(IMigrationSession session,
        IReadOnlyList<(string? Schema, string Name)> names, bool hasRoutines)
    {
        Dictionary<string, object?> values = [];
        foreach (var (index, (schema, name)) in names.Index())
        {
            values[$"name{index}"] = name;
            if (schema is not null)
                values[$"schema{index}"] = schema;
        }
        var queries = names.Index()
            .SelectMany(n => Queries(n.Index, n.Item.Schema is null ? "DATABASE()" : $"@schema{n.Index}", hasRoutines));
        return session.Query(new Statement(string.Join(" UNION ALL ", queries)) { Parameters = values });
    }

    // The server takes longer to find objects with a body than tables.
    private static IEnumerable<string> Queries(int index, string schema, bool hasRoutines) =>
    [
        "SELECT table_schema AS home, table_name AS name, table_type AS kind FROM information_schema.tables WHERE table_schema = "
            + $"{schema} AND table_name = @name{index}",
        "SELECT '', schema_name, CONCAT(default_character_set_name, default_collation_name) FROM information_schema.schemata WHERE "
            + $"schema_name = @name{index}",
        .. hasRoutines ?
        [
            $"SELECT routine_schema, routine_name, 'ROUTINE' FROM information_schema.routines WHERE routine_schema = {schema} AND "
                + $"routine_name = @name{index}",
            $"SELECT event_schema, event_name, 'EVENT' FROM information_schema.events WHERE event_schema = {schema} AND event_name = "
                + $"@name{index}",
        ] : Array.Empty<string>(),
    ];

    private static IEnumerable<IReadOnlyDictionary<string, object?>> About(IMigrationSession session,
        IReadOnlyDictionary<string, object?> found, Dialect dialect)
    {
        var parameters = new Dictionary<string, object?> { ["home"] = found["home"], ["name"] = found["name"] };
        IEnumerable<string> queries = found["kind"] switch
        {
            "ROUTINE" =>
                ["SELECT specific_name, routine_type, routine_definition, routine_comment, security_type, sql_data_access FROM "
                    + "information_schema.routines WHERE routine_schema = @home AND routine_name = @name ORDER BY 1, 2"],
            "EVENT" =>
                ["SELECT event_definition, status, interval_value, interval_field, execute_at, event_comment FROM "
                    + "information_schema.events WHERE event_schema = @home AND event_name = @name"],
            "VIEW" =>
                ["SELECT view_definition, check_option, security_type FROM information_schema.views WHERE table_schema = @home AND "
                    + "table_name = @name"],
            "BASE TABLE" or "SEQUENCE" or "SYSTEM VERSIONED" =>
            [
                $"SHOW CREATE TABLE {dialect.Quote((string)found["home"]!, (string)found["name"]!)}",
                "SELECT trigger_name, event_manipulation, action_timing, action_order, action_statement FROM information_schema.triggers "
                    + "WHERE event_object_schema = @home AND event_object_table = @name ORDER BY 1",
            ],
            _ => [],
        };
        return queries.SelectMany(
            text => session.Query(new Statement(text)
            {
                Parameters = text.Contains('@', StringComparison.Ordinal) ? parameters : Parameter.None
            })).Prepend(found);
    }

    [GeneratedRegex(@"\bAUTO_INCREMENT=\d+ ?")]
    private static partial Regex AutoIncrement();
}
