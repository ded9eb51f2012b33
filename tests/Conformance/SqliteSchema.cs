using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Alembic.Conformance;

/// <summary>A SQLite database as the recorded answers describe one.</summary>
internal sealed partial class SqliteSchema : IDisposable
{
    private static readonly string[] SortedBy = ["kind", "name", "column", "sql"];

    private readonly SqliteConnection _connection;

    // As the library is by default: it does not look after foreign keys.
    public SqliteSchema(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False;Foreign Keys=False");
        _connection.Open();
    }

    public void Dispose() => _connection.Dispose();

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <param name="queries">Queries by the labels that their rows get.</param>
    public JsonObject Describe(JsonObject? queries)
    {
        var names = Names("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        var described = new JsonObject
        {
            ["tables"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Table(name)))),
        };
        if (Rows("SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY 1, 2") is { Count: > 0 } others)
            described["other"] = Array(others.Select(Row));
        if (names.Contains("alembic_version"))
            described["version_rows"] = Array(Names("SELECT version_num FROM alembic_version").Select(id => (JsonNode?)id));
        if (queries is { Count: > 0 })
        {
            described["rows"] = new JsonObject(queries.OrderBy(query => query.Key, StringComparer.Ordinal)
                .Select(query => KeyValuePair.Create(query.Key, Answer((string)query.Value!))));
        }
        return described;
    }

    private JsonNode? Answer(string query)
    {
        try
        {
            return Array(Rows(query).Select(Row));
        }
        catch (SqliteException exception)
        {
            return $"ERROR {Quoted().Match(exception.Message).Groups[1].Value}";
        }
    }

    private JsonObject Table(string name)
    {
        var columns = Rows($"PRAGMA table_xinfo({Quote(name)})").Select(row =>
        {
            var column = new JsonObject
            {
                ["name"] = Value(row[1]),
                ["type"] = Value(row[2]),
                ["notnull"] = IsTrue(row[3]),
                ["default"] = Value(row[4]),
                ["pk"] = Value(row[5]),
            };
            if (row[6] is long hidden and not 0)
                column["generated"] = hidden switch { 2 => "virtual", 3 => "stored", _ => hidden };
            return (JsonNode?)column;
        });
        var indexes = Rows($"PRAGMA index_list({Quote(name)})").Select(row =>
        {
            var index = (string)row[1]!;
            return (Name: index, IsUnique: IsTrue(row[2]), Origin: (string)row[3]!, IsPartial: IsTrue(row[4]),
                Columns: IndexColumns(index));
        }).ToList();
        var keys = Rows($"PRAGMA foreign_key_list({Quote(name)})").GroupBy(row => (long)row[0]!).Select(parts => (JsonNode?)new JsonObject
        {
            ["columns"] = Array(parts.Select(row => Value(row[3]))),
            ["ref_table"] = Value(parts.First()[2]),
            ["ref_columns"] = Array(parts.Select(row => Value(row[4]))),
            ["on_update"] = Value(parts.First()[5]),
            ["on_delete"] = Value(parts.First()[6]),
        });
        return new()
        {
            ["columns"] = Array(columns),
            ["indexes"] = Array(indexes.Where(index => index.Origin == "c").OrderBy(index => index.Name, StringComparer.Ordinal)
                .Select(index => Index(index.Name, index.IsUnique, index.IsPartial, index.Columns))),
            ["uniques"] = Array(indexes.Where(index => index.Origin == "u")
                .OrderBy(index => string.Join('\0', index.Columns), StringComparer.Ordinal)
                .Select(index => (JsonNode?)Array(index.Columns.Select(column => (JsonNode?)column)))),
            ["foreign_keys"] = Array(keys.OrderBy(
                key => string.Join('\0', [.. Scenario.Strings(key!["columns"]), (string?)key["ref_table"]]), StringComparer.Ordinal)),
            ["constraints"] = Array(Constraints(Sql("table", name))),
        };
    }

    private List<string> IndexColumns(string index) =>
    [
        .. Rows($"PRAGMA index_xinfo({Quote(index)})").Where(row => IsTrue(row[5]))
            .Select(row => (row[2] as string ?? "<expr>") + (IsTrue(row[3]) ? " DESC" : "")),
    ];

    private JsonObject Index(string name, bool isUnique, bool isPartial, List<string> columns)
    {
        var sql = Sql("index", name);
        JsonNode Part(Regex pattern) => pattern.Match(sql) is { Success: true } match ? Squeezed(match.Groups[1].Value) : true;
        var index = new JsonObject
        {
            ["name"] = name, ["unique"] = isUnique, ["columns"] = Array(columns.Select(column => (JsonNode?)column)),
        };
        if (isPartial)
            index["where"] = Part(Where());
        if (columns.Contains("<expr>"))
            index["expr"] = Part(Parenthesised());
        return index;
    }

    // Named and unnamed constraints as they stand in the text of the table.
    private static IEnumerable<JsonNode?> Constraints(string sql) => TableBody().Match(sql) is { Success: true } body
        ? Split(body.Groups[1].Value).SelectMany(item => ConstraintsIn(Squeezed(item)))
            .OrderBy(found => string.Join('\0', SortedBy.Select(key => (string?)found[key] ?? "")), StringComparer.Ordinal)
        : [];

    private static IEnumerable<JsonObject> ConstraintsIn(string text)
    {
        var named = NamedConstraint().Match(text);
        var rest = named.Success ? named.Groups[2].Value : text;
        if (TableConstraint().Match(rest) is { Success: true } constraint)
        {
            var found = new JsonObject
            {
                ["kind"] = constraint.Groups[1].Value.ToUpperInvariant(), ["name"] = named.Success ? Unquoted(named.Groups[1].Value) : null,
            };
            if ((string?)found["kind"] == "CHECK")
            {
                var condition = constraint.Groups[2].Value.Trim();
                while (condition.StartsWith('(') && condition.EndsWith(')'))
                    condition = condition[1..^1].Trim();
                found["sql"] = QuotedWord().Replace(condition, "$1");
            }
            yield return found;
            yield break;
        }
        var column = Name().Match(text);
        foreach (Match inner in ColumnConstraint().Matches(text[(column.Success ? column.Index + column.Length : 0)..]))
        {
            yield return new()
            {
                ["kind"] = inner.Groups[2].Value.ToUpperInvariant(),
                ["name"] = inner.Groups[1].Success ? Unquoted(inner.Groups[1].Value) : null,
                ["column"] = column.Success ? Unquoted(column.Value) : "?",
            };
        }
    }

    // At commas outside of quotes and parentheses.
    private static IEnumerable<string> Split(string body)
    {
        var (start, depth, quote) = (0, 0, '\0');
        for (var at = 0; at < body.Length; at++)
        {
            var letter = body[at];
            if (quote != '\0')
                quote = letter == quote ? '\0' : quote;
            else if (letter is '\'' or '"' or '`' or '[')
                quote = letter == '[' ? ']' : letter;
            else if (letter == ',' && depth == 0)
            {
                yield return body[start..at].Trim();
                start = at + 1;
            }
            else
                depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
        }
        if (body[start..].Trim() is { Length: > 0 } last)
            yield return last;
    }

    private List<string> Names(string sql) => [.. Rows(sql).Select(row => (string)row[0]!).Order(StringComparer.Ordinal)];

    private string Sql(string type, string name) =>
        Rows($"SELECT sql FROM sqlite_schema WHERE type = '{type}' AND name = {Text(name)}")[0][0] as string ?? "";

    private List<object?[]> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? null : reader.GetValue(at))]);
        return rows;
    }

    private static JsonArray Array(IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    private static JsonNode? Row(object?[] row) => Array(row.Select(Value));

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        long number => number,
        double number => number,
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ => (string)value,
    };

    private static bool IsTrue(object? value) => value is long and not 0;

    private static string Squeezed(string text) => Blanks().Replace(text, " ").Trim();

    private static string Unquoted(string name) => name is ['"' or '[' or '`', ..]
        ? name[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
        : name;

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private const string NameForm = """(?:"(?:[^"]|"")+"|\[[^\]]+\]|`[^`]+`|[^\s("]+)""";

    [GeneratedRegex(@"\((.*)\)\s*(?:WITHOUT ROWID)?\s*(?:STRICT)?\s*$", RegexOptions.Singleline)]
    private static partial Regex TableBody();

    [GeneratedRegex($@"^CONSTRAINT\s+({NameForm})\s+(.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex NamedConstraint();

    [GeneratedRegex(@"^(PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY)\b\s*(.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex TableConstraint();

    [GeneratedRegex($@"(?:CONSTRAINT\s+({NameForm})\s+)?\b(PRIMARY KEY|UNIQUE|CHECK|REFERENCES)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ColumnConstraint();

    [GeneratedRegex($"^{NameForm}")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bWHERE\b(.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Where();

    [GeneratedRegex(@"\((.*)\)", RegexOptions.Singleline)]
    private static partial Regex Parenthesised();

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex QuotedWord();

    [GeneratedRegex("'(.*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
