using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>Finds the tables of engines without transactions (MyISAM, Aria, MEMORY …), and what writes to them by itself.</summary>
internal static class MySqlTransactionless
{
    private const string Own = "NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')";

    private const string Tables =
        "SELECT t.table_name AS name FROM information_schema.tables t JOIN information_schema.engines e ON e.engine = t.engine "
        + $"WHERE t.table_schema {Own} AND t.table_type = 'BASE TABLE' AND e.transactions <> 'YES'";

    private const string Writers =
        $"SELECT table_name AS name, view_definition AS body FROM information_schema.views WHERE table_schema {Own} "
        + $"UNION ALL SELECT event_object_table, action_statement FROM information_schema.triggers WHERE trigger_schema {Own} "
        + $"UNION ALL SELECT routine_name, routine_definition FROM information_schema.routines WHERE routine_schema {Own}";

    public static IReadOnlySet<string> Names(IMigrationSession session, Dialect dialect)
    {
        var names = session.Query(new Statement(Tables)).Select(row => (string)row["name"]!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count == 0)
            return names;
        var writers = session.Query(new Statement(Writers))
            .Select(row => (Name: (string)row["name"]!, Body: row["body"] as string ?? "")).ToList();
        // Repeated for a view of a view, or a trigger that calls a routine.
        while (writers.RemoveAll(writer => (names.Contains(writer.Name) || Names(writer.Body)) && (names.Add(writer.Name) || true)) > 0)
        {
        }
        return names;

        bool Names(string body) => SqlToken.Read(body, dialect.Quotes).Any(token => token.IsIdentifier && names.Contains(token.ToString()));
    }
}
