using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>
/// The options of tables and indexes: <c>mysql_row_format</c> is ROW_FORMAT, whatever options the server has; one that is true is written
/// without a value.
/// </summary>
internal static class MySqlOptions
{
    // The names that have several words; all others have underscores.
    private static readonly string[] Spaced =
        ["DEFAULT CHARSET", "DEFAULT CHARACTER SET", "CHARACTER SET", "DEFAULT COLLATE", "DATA DIRECTORY", "INDEX DIRECTORY",
            "PARTITION BY", "WITH PARSER", "WITH SYSTEM VERSIONING"];

    private static readonly string[] Literals = ["CONNECTION", "DATA DIRECTORY", "ENCRYPTION", "INDEX DIRECTORY", "PASSWORD"];

    // PARTITION BY is not an option, and comes after all of them.
    public static string Of(Table table, MySqlDialect dialect, bool isMariaDb) => string.Join(
        ' ',
        Of(table.Options, dialect, isMariaDb)
            .Concat(table.Comment is { } comment ? [$"COMMENT={dialect.Literal(comment)}"] : Array.Empty<string>())
            .OrderBy(o => o.StartsWith("PARTITION BY", StringComparison.Ordinal)));

    public static IEnumerable<string> Of(DialectOptions options, MySqlDialect dialect, bool isMariaDb) =>
        options.Of("mysql").Concat(isMariaDb ? options.Of("mariadb") : [])
        .GroupBy(o => o.Name, (name, given) => (Name: Words(name), given.Last().Value))
            .Where(o => o.Value is not false).Select(o => o.Value switch
            {
                true => o.Name,
                // An index's comment has no equals sign.
                string text when o.Name == "COMMENT" => $"COMMENT {dialect.Literal(text)}",
                string text when Literals.Contains(o.Name) => $"{o.Name}={dialect.Literal(text)}",
                var value => $"{o.Name}{(o.Name is "PARTITION BY" or "WITH PARSER" ? ' ' : '=')}{value}",
            });

    /// <summary>
    /// The options of a table that it would not have by default. The next number of its key is not one, as it changes with the rows.
    /// </summary>
    public static DialectOptions Read(string? engine, string? collation, string created)
    {
        // ROW_FORMAT=COMPRESSED key_block_size=8 partitioned `PAGE_COMPRESSED`='ON'
        var tokens = MySqlToken.Read(created);
        return new(
        [
            ("mysql_engine", engine), ("mysql_collate", collation),
            .. tokens.Index().Where(t => t.Index > 0 && t.Index + 1 < tokens.Count && t.Item.Is("="))
                .Select(t => ("mysql_" + tokens[t.Index - 1].Name.ToLowerInvariant(), (object?)Value(tokens[t.Index + 1].Text))),
        ]);
    }

    private static object Value(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static string Words(string option)
    {
        var name = option.ToUpperInvariant();
        return Spaced.FirstOrDefault(s => s.Replace(' ', '_') == name) ?? name;
    }
}
