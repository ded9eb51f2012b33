using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>The settings of a connection that migrations change.</summary>
internal static class MySqlSettings
{
    private const string Query = "SELECT CONCAT('SET sql_mode = ', QUOTE(@@sql_mode), ', wait_timeout = ', @@wait_timeout, " +
        "', lock_wait_timeout = ', @@lock_wait_timeout, ', innodb_lock_wait_timeout = ', @@innodb_lock_wait_timeout) AS statement";

    /// <summary>The statement that makes them what they are now.</summary>
    public static string Restoring(Func<Statement, IReadOnlyList<IReadOnlyDictionary<string, object?>>> query) =>
        (string)query(new Statement(Query))[0]["statement"]!;
}
