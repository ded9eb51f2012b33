using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>
/// The checks of a table that name a column. MySQL does not rename such a column, so the statement that renames it also drops and
/// recreates them.
/// </summary>
internal static class MySqlColumnChecks
{
    /// <summary>The clauses of ALTER TABLE before and after the one that renames.</summary>
    /// <param name="createTable">What SHOW CREATE TABLE prints.</param>
    /// <param name="column">The column.</param>
    /// <param name="newName">Its new name.</param>
    /// <param name="dialect">The dialect.</param>
    public static (string Before, string After) Around(string createTable, string column, string newName, Dialect dialect)
    {
        // The second token is the check's own name.
        var checks = Read(createTable).Select(check => (Check: check, Names: check.Skip(2).Where(IsColumn).Reverse().ToList()))
            .Where(c => c.Names.Count > 0).ToList();
        return (string.Concat(checks.Select(c => $"DROP CHECK {c.Check[1].Text}, ")),
            string.Concat(checks.Select(c => $", ADD {Renamed(c.Check, c.Names)}")));

        bool IsColumn(MySqlToken token) =>
            token.Kind == MySqlTokenKind.Name && token.Name.Equals(column, StringComparison.OrdinalIgnoreCase);

        string Renamed(IReadOnlyList<MySqlToken> check, IReadOnlyList<MySqlToken> names)
        {
            var (start, text) = (check[0].Start, createTable[check[0].Start..check[^1].End]);
            return names.Aggregate(text, (t, name) => t[..(name.Start - start)] + dialect.Quote(newName) + t[(name.End - start)..]);
        }
    }

    // CONSTRAINT `name` CHECK (…), up to the comma or the end of the table.
    private static IEnumerable<IReadOnlyList<MySqlToken>> Read(string createTable)
    {
        var (tokens, depth) = (MySqlToken.Read(createTable), 0);
        for (var start = 0; start < tokens.Count; start++)
        {
            depth += Step(tokens[start]);
            if (depth != 1 || !tokens[start].Is("CONSTRAINT") || !tokens[start + 2].Is("CHECK"))
                continue;
            var end = start;
            while ((depth += Step(tokens[end + 1])) > 1 || (depth == 1 && !tokens[end + 1].Is(",")))
                end++;
            yield return [.. tokens.Take(start..(end + 1))];
            (start, depth) = (end, 1);
        }
    }

    private static int Step(MySqlToken token) => token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
}
