using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>Refuses to commit a transaction if more rows violate foreign keys after it than before.</summary>
internal static class ForeignKeyGuard
{
    // SQLite's error for a foreign key to columns that are not unique.
    private const string Mismatch = "foreign key mismatch";

    public static void Watch(IMigrationSession session)
    {
        if (!session.IsOffline)
            session.BeforeCommit("foreign keys", () =>
            {
                var tables = Tables(session).ToHashSet(DdlName.Comparer);
                return Check(session, tables, Violations(session, tables).CountBy(v => v).ToDictionary());
            });
    }

    // A new table may reference columns that are not a key: its author, or the database that it was copied from, has it that way, and no
    // row could ever be written to it.
    private static Action Check(IMigrationSession session, HashSet<string> tables, Dictionary<string, int> before) => () =>
    {
        // Counted, because rows of a WITHOUT ROWID table have no number that tells them apart.
        var broken = Violations(session, tables).CountBy(v => v)
            .SelectMany(v => Enumerable.Repeat(v.Key, Math.Max(0, v.Value - before.GetValueOrDefault(v.Key)))).ToList();
        if (broken.Find(v => v.StartsWith(Mismatch, StringComparison.Ordinal)) is { } mismatch)
        {
            throw new AlembicException(
                $"{mismatch}: the columns that the key points to are not a primary key and not unique, so no row could be written "
                    + "any more")
            {
                Hint = "keep their PRIMARY KEY or UNIQUE, or drop the foreign key as well",
            };
        }
        if (broken.Count > 0)
        {
            throw new AlembicException(
                $"FOREIGN KEY constraint failed: {broken[0]}{(broken.Count == 1 ? "" : $" (and {broken.Count - 1} more)")}")
            {
                Hint =
                    "on SQLite keys are checked when a migration ends, and deletes do not cascade in it: delete or move the rows that "
                        + "point to others first",
            };
        }
    };

    private static List<string> Violations(IMigrationSession session, HashSet<string> tables)
    {
        try
        {
            return Violations(session, "PRAGMA foreign_key_check");
        }
        catch (DbException)
        {
            // One such key ends the check of all tables, so each table is checked by itself.
            return [.. Tables(session).SelectMany(table => OfTable(session, table, isNew: !tables.Contains(table)))];
        }
    }

    private static List<string> Tables(IMigrationSession session) =>
        [.. session.Query(new Statement("SELECT name FROM sqlite_schema WHERE type = 'table'")).Select(row => (string)row["name"]!)];

    private static List<string> OfTable(IMigrationSession session, string table, bool isNew)
    {
        try
        {
            return Violations(session, $"PRAGMA foreign_key_check({DdlName.Quote(table)})");
        }
        catch (DbException failure) when (failure.Message.IndexOf(Mismatch, StringComparison.Ordinal) is >= 0 and var start)
        {
            return isNew ? [] : [failure.Message[start..].TrimEnd('.', '\'')];
        }
    }

    private static List<string> Violations(IMigrationSession session, string pragma) =>
    [
        .. session.Query(new Statement(pragma))
            .Select(
                row =>
                    $"a row of '{row["table"]}'{(row["rowid"] is { } id ? $" (rowid {id})" : "")} points to a row of '{row["parent"]}' "
                        + "that does not exist"),
    ];
}
