using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// The settings of a session, including its role: a migration's own SQL may change them, and the statements after it depend on them.
/// </summary>
internal static class PostgreSqlState
{
    // The lock timeout is set again for each transaction.
    private const string Changed =
        "SELECT name, setting FROM pg_settings WHERE source = 'session' AND name <> 'lock_timeout' UNION ALL SELECT 'role', "
            + "current_setting('role')";

    /// <returns>An action that restores the settings as they are now.</returns>
    public static Action Keep(IMigrationSession session, Dialect dialect)
    {
        var settings = session.Query(new Statement(Changed))
            .Select(row => $"set_config({dialect.Literal((string)row["name"]!)}, {dialect.Literal((string)row["setting"]!)}, false)");
        var restore = $"RESET SESSION AUTHORIZATION; RESET ALL; SELECT {string.Join(", ", settings.Append(PostgreSqlLock.Patience))}";
        return () => session.Query(new Statement(restore));
    }
}
