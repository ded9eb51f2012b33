using System.Globalization;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>The settings of a session that a migration's own SQL may change and that the statements after it depend on.</summary>
internal static class MySqlState
{
    private static readonly string[] Variables =
        ["sql_mode", "foreign_key_checks", "unique_checks", "autocommit", "time_zone", "character_set_client", "character_set_results",
            "collation_connection", "sql_safe_updates"];

    // MariaDB before 11.1 knows only the names that MySQL has removed.
    private static readonly string[] OfTransactions = ["read_only", "isolation"];

    /// <returns>An action that restores the settings as they are now.</returns>
    public static Action Keep(IMigrationSession session, Dialect dialect)
    {
        var prefix = MySqlDialect.IsMariaDb(session) ? "tx_" : "transaction_";
        IReadOnlyList<string> variables = [.. Variables, .. OfTransactions.Select(name => prefix + name)];
        var before = Read(session, variables);
        return () =>
        {
            var now = Read(session, variables);
            var changed = variables.Where(name => !Equals(before[name], now[name])).ToList();
            if (!Equals(before["own_database"], now["own_database"]) && before["own_database"] is string own)
                session.Query(new Statement($"USE {dialect.Quote(own)}"));
            if (changed.Count > 0)
                session.Query(
                    new Statement("SET " + string.Join(", ", changed.Select(name => $"SESSION {name} = {Text(before[name], dialect)}"))));
        };
    }

    private static IReadOnlyDictionary<string, object?> Read(IMigrationSession session, IReadOnlyList<string> variables) =>
        session.Query(new Statement(
            $"SELECT DATABASE() AS own_database, {string.Join(", ", variables.Select(name => $"@@SESSION.{name} AS {name}"))}"))[0];

    private static string Text(object? value, Dialect dialect) => value switch
    {
        null => "NULL",
        string text => dialect.Literal(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
