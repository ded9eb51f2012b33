using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// What is different about statements outside of a transaction. One that works on an index concurrently commits in its middle: if it is
/// interrupted, it leaves an invalid index, which keeps its name and can only be dropped.
/// </summary>
internal static partial class PostgreSqlConcurrently
{
    // CONCURRENTLY blocks nobody behind it, and may have to wait for any open transaction. Other statements wait as long as those in a
    // transaction, unless the user has set a time.
    private const string Wait = "SELECT set_config('lock_timeout', '2s', false) WHERE current_setting('lock_timeout') = '0'";
    private const string EndWait =
        "SELECT set_config('lock_timeout', reset_val, false) FROM pg_settings WHERE name = 'lock_timeout' AND "
            + "current_setting('lock_timeout') = '2s'";

    private const string Left =
        """
        SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE NOT i.indisvalid AND c.relkind = 'i' AND i.indrelid = to_regclass(@table) AND c.relname = (parse_ident(@name))[1]
        """;

    /// <param name="session">The database.</param>
    /// <param name="statement">The statement, with nothing before it.</param>
    /// <param name="isRepeatable">Whether it is tried again if it gets no lock.</param>
    public static void Prepare(IMigrationSession session, string statement, bool isRepeatable)
    {
        session.Query(
            new Statement(isRepeatable && !statement.Contains("CONCURRENTLY", StringComparison.OrdinalIgnoreCase) ? Wait : EndWait));
        if (Creation().Match(statement) is not { Success: true } creation)
            return;
        var names = new Dictionary<string, object?>
        {
            ["name"] = creation.Groups["name"].Value, ["table"] = creation.Groups["table"].Value
        };
        foreach (var row in session.Query(new Statement(Left) { Parameters = names }))
            session.Query(new Statement($"DROP INDEX CONCURRENTLY {row["name"]}"));
    }

    public static bool Drops(string statement) => Removal().IsMatch(statement);

    private const string Name = "(?:\"(?:[^\"]|\"\")+\"|[\\w$]+)";

    [GeneratedRegex(@"\ACREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:IF\s+NOT\s+EXISTS\s+)?(?<name>" + Name
        + @")\s+ON\s+(?:ONLY\s+)?(?<table>" + Name + @"(?:\s*\.\s*" + Name + ")?)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Creation();

    [GeneratedRegex(@"\ADROP\s+INDEX\s+CONCURRENTLY\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Removal();
}
