using System.Text.RegularExpressions;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>The settings of a connection that migrations change.</summary>
internal static partial class MySqlSettings
{
    private const string AllowZeroDates =
        "SET SESSION sql_mode = REPLACE(REPLACE(@@SESSION.sql_mode, 'NO_ZERO_IN_DATE', ''), 'NO_ZERO_DATE', '')";

    private const string Query = "SELECT CONCAT('SET sql_mode = ', QUOTE(@@sql_mode), ', wait_timeout = ', @@wait_timeout, " +
        "', lock_wait_timeout = ', @@lock_wait_timeout, ', innodb_lock_wait_timeout = ', @@innodb_lock_wait_timeout) AS statement";

    /// <summary>The statement that restores the settings as they are now.</summary>
    public static string Restoring(Func<Statement, IReadOnlyList<IReadOnlyDictionary<string, object?>>> query) =>
        (string)query(new Statement(Query))[0]["statement"]!;

    /// <summary>
    /// The statement that lets a session create and change tables whose default is a date without a month or a day: a strict server
    /// refuses them. Null if no table has one.
    /// </summary>
    public static string? Preparation(IEnumerable<Table> tables) =>
        tables.Any(t => t.Columns.Any(c => c.ServerDefault is { } value && ZeroDate().IsMatch(value.Value))) ? AllowZeroDates : null;

    /// <summary>Does something with tables in a session that may create them.</summary>
    public static T Prepared<T>(IMigrationSession session, IReadOnlyList<Table> tables, Func<T> work) =>
        Preparation(tables) is { } preparation ? InMode(session, _ => preparation, work) : work();

    /// <summary>Does something in another mode of the session, and restores the mode.</summary>
    /// <param name="session">The session.</param>
    /// <param name="change">Gets the mode, and gives the statement that changes it; null to leave it.</param>
    /// <param name="work">What to do.</param>
    public static T InMode<T>(IMigrationSession session, Func<string, string?> change, Func<T> work)
    {
        var mode = MySqlShown.Text(session.Query(new Statement("SELECT @@SESSION.sql_mode AS mode"))[0]["mode"]);
        if (change(mode) is not { } statement)
            return work();
        session.Query(new Statement(statement));
        try
        {
            return work();
        }
        finally
        {
            session.Query(new Statement($"SET SESSION sql_mode = '{mode}'"));
        }
    }

    [GeneratedRegex(@"^'?\d{4}-(00-\d\d|\d\d-00)\b")]
    private static partial Regex ZeroDate();
}
