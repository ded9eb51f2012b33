using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Dialects.MySql;

/// <summary>The options of tables and indexes: <c>mysql_row_format</c> is ROW_FORMAT, whatever the server has; one that is true stands alone.</summary>
internal static class MySqlOptions
{
    // The names of several words; all others have underscores.
    private static readonly string[] Spaced =
        ["DEFAULT CHARSET", "DEFAULT CHARACTER SET", "CHARACTER SET", "DEFAULT COLLATE", "DATA DIRECTORY", "INDEX DIRECTORY", "PARTITION BY", "WITH PARSER", "WITH SYSTEM VERSIONING"];

    private static readonly string[] Literals = ["COMMENT", "CONNECTION", "DATA DIRECTORY", "ENCRYPTION", "INDEX DIRECTORY", "PASSWORD"];

    // PARTITION BY is no option, and comes after all of them.
    public static string Of(Table table, MySqlDialect dialect, bool isMariaDb) => string.Join(
        ' ',
        Of(table.Options, dialect, isMariaDb).Concat(table.Comment is { } comment ? [$"COMMENT={dialect.Literal(comment)}"] : Array.Empty<string>())
            .OrderBy(o => o.StartsWith("PARTITION BY", StringComparison.Ordinal)));

    public static IEnumerable<string> Of(DialectOptions options, MySqlDialect dialect, bool isMariaDb) =>
        options.Of("mysql").Concat(isMariaDb ? options.Of("mariadb") : []).GroupBy(o => o.Name, (name, given) => (Name: Words(name), given.Last().Value))
            .Where(o => o.Value is not false).Select(o => o.Value switch
            {
                true => o.Name,
                string text when Literals.Contains(o.Name) => $"{o.Name}={dialect.Literal(text)}",
                var value => $"{o.Name}{(o.Name is "PARTITION BY" or "WITH PARSER" ? ' ' : '=')}{value}",
            });

    private static string Words(string option)
    {
        var name = option.ToUpperInvariant();
        return Spaced.FirstOrDefault(s => s.Replace(' ', '_') == name) ?? name;
    }
}
