using Alembic.Operations;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace Alembic.Databases.SqlServer;

/// <summary>
/// Finds views, which the server keeps when the columns and tables that they select from are dropped: then they no longer work. What is
/// created with SCHEMABINDING, including functions, prevents changing, dropping or renaming these.
/// </summary>
internal static class SqlServerViews
{
    /// <summary>
    /// The views and bound functions that use columns, also through other views, by their own text. An encrypted text is not shown.
    /// </summary>
    public static ILookup<ColumnName, ColumnUser> Users(Dialect dialect, IMigrationSession session, IReadOnlyList<ColumnName> columns)
    {
        var users = session.Query(new Statement(SqlServerObjects.Modules) { Parameters = Parameter.Of(("all", true)) })
            .Where(row => row["kind"] is "view" || IsBound(row))
            .ToDictionary(row => new ViewText((string)row["name"]!, Names((string?)row["definition"] ?? "", columns)), row =>
                new ColumnUser($"{row["kind"]} {dialect.Quote((string?)row["schema_name"], (string)row["name"]!)}", StepsAside: false)
                {
                    TakesAnyType = !IsBound(row), Breaks = !IsBound(row),
                });
        return ViewText.Users([.. users.Keys], columns, (view, _) => users[view]);
    }

    private static bool IsBound(Row module) => module["schema_bound"] is true;

    // A star before FROM or a comma means all columns: neither a product nor a count has it there.
    private static HashSet<string> Names(string definition, IReadOnlyList<ColumnName> columns)
    {
        var tokens = SqlServerTokens.Of(definition).ToList();
        var names = tokens.Select(Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (tokens.Zip(tokens.Skip(1)).Any(pair => pair.First == "*" && pair.Second.ToUpperInvariant() is "FROM" or ","))
            names.UnionWith(columns.Select(column => column.Name));
        return names;
    }

    private static string Name(string token) => token[0] switch
    {
        '[' => token[1..^1].Replace("]]", "]", StringComparison.Ordinal),
        '"' => token[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal),
        _ => token,
    };
}
