using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>
/// Finds views, which the server keeps when the columns and tables that they select from are dropped: then they no longer work.
/// </summary>
internal static partial class MySqlViews
{
    /// <summary>The objects that share their names with tables.</summary>
    public static IReadOnlyList<NameHolder> NameHolders(IMigrationSession session) => [.. session.Query(new Statement(
        """
        SELECT LOWER(TABLE_TYPE) AS kind, NULLIF(TABLE_SCHEMA, DATABASE()) AS home, TABLE_NAME AS name FROM information_schema.TABLES
        WHERE TABLE_TYPE IN ('VIEW', 'SEQUENCE') AND TABLE_SCHEMA NOT IN ('sys', 'mysql', 'information_schema', 'performance_schema')
        ORDER BY 2, 3
        """)).Select(row => new NameHolder((string)row["kind"]!, (string?)row["home"], (string)row["name"]!))];

    /// <summary>
    /// The views that use columns, also through other views, by the server's own text, in which all names are written in full.
    /// </summary>
    public static ILookup<ColumnName, ColumnUser> Users(Dialect dialect, IMigrationSession session, IReadOnlyList<ColumnName> columns)
    {
        var views = session.Query(new Statement(
            """
            SELECT TABLE_NAME AS name, VIEW_DEFINITION AS definition FROM information_schema.VIEWS
            WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1
            """)).Select(row => new ViewText((string)row["name"]!, Names((string?)row["definition"] ?? ""))).ToList();
        return ViewText.Users(views, columns.Where(c => c.Schema is null),
            (view, _) => new ColumnUser($"view {dialect.Quote(view.Name)}", StepsAside: false) { TakesAnyType = true, Breaks = true });
    }

    private static HashSet<string> Names(string definition) =>
        new(Quoted().Matches(definition).Select(m => m.Groups["name"].Value.Replace("``", "`", StringComparison.Ordinal)),
            StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("`(?<name>(``|[^`])+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
