using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Tests.Baseline;

/// <summary>
/// What SQLite itself says of a database (its pragmas), and of the stored texts what no pragma tells: the same table has many spellings.
/// </summary>
internal static partial class SqliteFacts
{
    public static string Of(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly");
        connection.Open();
        var lines = new List<string>();
        foreach (var table in Rows(connection,
            "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND "
                + "type <> 'shadow' ORDER BY name"))
        {
            var name = $"'{table.Split('|')[0].Replace("'", "''", StringComparison.Ordinal)}'";
            lines.Add(table);
            // A key that is the rowid is never NULL, whether the text says so or not.
            lines.AddRange(Rows(connection,
                "SELECT name, upper(type), CASE WHEN pk = 1 AND upper(type) = 'INTEGER' THEN 1 ELSE \"notnull\" END, "
                    + $"nullif(trim(lower(dflt_value), '()'), 'null'), pk, hidden FROM pragma_table_xinfo({name}) ORDER BY cid"));
            lines.AddRange(Rows(connection,
                "SELECT 'fk', seq, lower(\"table\"), lower(\"from\"), lower(coalesce(\"to\", (SELECT group_concat(name) "
                    + "FROM pragma_table_info(f.\"table\") WHERE pk > 0))), on_update, on_delete, \"match\" FROM "
                    + $"pragma_foreign_key_list({name}) f ORDER BY 3, 4, 5"));
            lines.AddRange(Rows(connection,
                "SELECT 'index', CASE origin WHEN 'c' THEN i.name END, \"unique\", origin, partial, (SELECT "
                    + "group_concat(coalesce(x.name, 'expr') || x.desc || x.coll) FROM pragma_index_xinfo(i.name) x WHERE x.key) FROM "
                    + $"pragma_index_list({name}) i ORDER BY 2, 3, 4, 6"));
        }
        foreach (var row in Rows(connection,
            "SELECT type, name, replace(replace(sql, char(13), ' '), char(10), ' ') FROM sqlite_schema WHERE sql IS NOT NULL AND "
                + "tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND (type <> 'table' OR sql NOT LIKE 'CREATE VIRTUAL%') ORDER BY type, name"))
        {
            var text = Plain().Replace(row[(row.LastIndexOf('|', row.IndexOf("CREATE", StringComparison.OrdinalIgnoreCase)) + 1)..], "")
                .ToLowerInvariant();
            lines.AddRange(row.StartsWith("table|", StringComparison.Ordinal)
                ? Clauses(text).Order(StringComparer.Ordinal).Prepend(row.Split('|')[1])
                : [text]);
        }
        return string.Join('\n', lines);
    }

    // CHECKs, what a column is computed by, and the words that no pragma tells.
    private static IEnumerable<string> Clauses(string text) =>
        // The table's own name may end like one of the words.
        Opening().Matches(text, text.IndexOf('(', StringComparison.Ordinal) + 1).Select(m => m.Value + Balanced(text, m.Index + m.Length))
        .Concat(Words().Matches(text).Select(m => m.Value));

    private static string Balanced(string text, int start)
    {
        var (depth, at) = (1, start);
        while (depth > 0)
            depth += text[at++] switch { '(' => 1, ')' => -1, _ => 0 };
        return text[start..at];
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|',
                Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return rows;
    }

    [GeneratedRegex("[\\s\"`\\[\\]]")]
    private static partial Regex Plain();

    [GeneratedRegex(@"(?<=check|as)\(")]
    private static partial Regex Opening();

    [GeneratedRegex(
        "autoincrement|collate(nocase|rtrim|binary)|onconflict(ignore|replace|abort|fail|rollback)|initiallydeferred|constraint(pk|fk|ck|uq)_[a-z_]*?(?=primary|foreign|check|unique|references)")]
    private static partial Regex Words();
}
