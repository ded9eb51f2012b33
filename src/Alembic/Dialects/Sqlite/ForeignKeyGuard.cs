using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Dialects.Sqlite;

/// <summary>Refuses to commit a transaction after which more rows point to nothing than before.</summary>
internal static class ForeignKeyGuard
{
    public static void Watch(IMigrationSession session)
    {
        if (!session.IsOffline)
            session.BeforeCommit("foreign keys", () => Check(session, Violations(session).CountBy(v => v).ToDictionary()));
    }

    private static Action Check(IMigrationSession session, Dictionary<string, int> before) => () =>
    {
        // Counted, because rows of a table WITHOUT ROWID have no number to tell them apart by.
        var broken = Violations(session).CountBy(v => v).SelectMany(v => Enumerable.Repeat(v.Key, Math.Max(0, v.Value - before.GetValueOrDefault(v.Key)))).ToList();
        if (broken.Count > 0)
        {
            throw new AlembicException(
                $"FOREIGN KEY constraint failed: {broken[0]}{(broken.Count == 1 ? "" : $" (and {broken.Count - 1} more)")}")
            {
                Hint = "on SQLite keys are checked when a migration ends, and deletes do not cascade in it: delete or move the rows that point to others first",
            };
        }
    };

    private static List<string> Violations(IMigrationSession session)
    {
        try
        {
            return Violations(session, "PRAGMA foreign_key_check");
        }
        catch (DbException)
        {
            // One key to columns that are not unique ("foreign key mismatch") ends the check of all tables: it is for its writer to see to, the others are checked.
            return [.. session.Query(new Statement("SELECT name FROM sqlite_schema WHERE type = 'table'")).SelectMany(row => OfTable(session, (string)row["name"]!))];
        }
    }

    private static List<string> OfTable(IMigrationSession session, string table)
    {
        try
        {
            return Violations(session, $"PRAGMA foreign_key_check({DdlName.Quote(table)})");
        }
        catch (DbException)
        {
            return [];
        }
    }

    private static List<string> Violations(IMigrationSession session, string pragma) =>
    [
        .. session.Query(new Statement(pragma))
            .Select(row => $"a row of '{row["table"]}'{(row["rowid"] is { } id ? $" (rowid {id})" : "")} points to a row of '{row["parent"]}' that does not exist"),
    ];
}
