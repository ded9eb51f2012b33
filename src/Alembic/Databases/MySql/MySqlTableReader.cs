using System.Globalization;
using Alembic.Schema;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;
using Rows = System.Linq.ILookup<(string, string), System.Collections.Generic.IReadOnlyDictionary<string, object?>>;

namespace Alembic.Databases.MySql;

/// <summary>Creates a <see cref="Table"/> from information_schema's rows.</summary>
/// <param name="isMariaDb">MariaDB spells defaults as SQL, MySQL as bare text.</param>
/// <param name="own">The connection's own schema, which tables do not mention.</param>
internal sealed class MySqlTableReader(bool isMariaDb, string? own)
{
    public required Rows Columns { get; init; }

    public required Rows Indexes { get; init; }

    public required Rows ForeignKeys { get; init; }

    public required Rows Checks { get; init; }

    public Table Read(Row table)
    {
        var key = (Text(table, "TABLE_SCHEMA"), Text(table, "TABLE_NAME"));
        var indexes = Indexes[key].GroupBy(row => Text(row, "INDEX_NAME")).ToList();
        var primary = indexes.Where(i => i.Key == "PRIMARY").SelectMany(i => i).Select(row => Text(row, "COLUMN_NAME")).ToList();
        var checks = Checks[key].ToLookup(row => Text(row, "LEVEL") == "Column");
        var json = checks[true].Where(row => Text(row, "CHECK_CLAUSE").StartsWith("json_valid(", StringComparison.OrdinalIgnoreCase))
            .Select(row => Text(row, "CONSTRAINT_NAME")).ToHashSet();
        // Marked columns form a key in the order of the columns; any other order needs a constraint.
        var counted = primary is [var only] && !ForeignKeys[key].Any(row => Text(row, "COLUMN_NAME") == only) ? only : null;
        var marked = Columns[key].Select(row => Text(row, "COLUMN_NAME")).Where(primary.Contains).SequenceEqual(primary);
        return new Table(
            key.Item2,
            [
                .. Columns[key]
                    .Select(row => Column(row, Text(table, "TABLE_COLLATION"), marked && primary.Contains(Text(row, "COLUMN_NAME")),
                        Text(row, "COLUMN_NAME") == counted, json)),
                .. marked ? [] : new SchemaItem[] { new PrimaryKeyConstraint(primary) },
                .. ForeignKeys[key].GroupBy(row => Text(row, "CONSTRAINT_NAME")).Select(ForeignKey),
                .. checks[false].Select(row => new CheckConstraint(Condition(row, "CHECK_CLAUSE"), Text(row, "CONSTRAINT_NAME"),
                    notEnforced: Text(row, "ENFORCED") == "NO")),
                .. checks[true].Where(row => !json.Contains(Text(row, "CONSTRAINT_NAME")))
                    .Select(row => new CheckConstraint(Condition(row, "CHECK_CLAUSE"))),
                .. indexes.Where(i => i.Key != "PRIMARY").Select(Index),
            ],
            key.Item1 == own ? null : key.Item1,
            Given(Text(table, "TABLE_COMMENT")),
            MySqlOptions.Read(Given(Text(table, "OWN_ENGINE")), Given(Text(table, "OWN_COLLATION")), Text(table, "CREATE_OPTIONS")));
    }

    private Column Column(Row row, string tableCollation, bool primaryKey, bool isUsuallyNumbered, HashSet<string> json)
    {
        var name = Text(row, "COLUMN_NAME");
        var extra = Text(row, "EXTRA");
        var computed = Given(Condition(row, "GENERATION_EXPRESSION"));
        var isJson = json.Contains(name);
        var collation = Given(Text(row, "COLLATION_NAME"));
        return new Column(
            name,
            isJson ? SqlType.Json : MySqlTypes.Read(Text(row, "COLUMN_TYPE")),
            nullable: Text(row, "IS_NULLABLE") == "YES",
            serverDefault: computed is null ? Default(row, extra) : null,
            primaryKey: primaryKey,
            // By default, a key of one integer column is numbered: if it is not, that has to be given.
            autoincrement: Has(extra, "auto_increment")
                ? true : isUsuallyNumbered && IsInteger(row) && row["COLUMN_DEFAULT"] is null && computed is null ? false : null,
            comment: Given(Text(row, "COLUMN_COMMENT")),
            computed: computed is null ? null : new Computed(computed, Has(extra, "STORED") || Has(extra, "PERSISTENT")),
            collation: isJson || collation == tableCollation ? null : collation);
    }

    private ServerDefault? Default(Row row, string extra)
    {
        if (row["COLUMN_DEFAULT"] is null)
            return null;
        var text = Text(row, "COLUMN_DEFAULT");
        // MySQL says in another column whether the text is an expression, but also spells bits and bytes as SQL.
        var isSql = isMariaDb || Has(extra, "DEFAULT_GENERATED") || Text(row, "DATA_TYPE") is "bit" or "binary" or "varbinary"
            || text.StartsWith("CURRENT_TIMESTAMP", StringComparison.OrdinalIgnoreCase);
        var value = isSql ? MySqlDefaults.ReadSql(Expression(row, "COLUMN_DEFAULT"))
            : IsNumber(Text(row, "DATA_TYPE")) && decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
            : (ServerDefault)text;
        var onUpdate = extra.IndexOf("on update ", StringComparison.OrdinalIgnoreCase);
        return onUpdate < 0 || value is null
            ? value
            : Sql.Text($"{value.Value} ON UPDATE {MySqlDefaults.Clock(MySqlToken.Read(extra[(onUpdate + "on update ".Length)..]))}");
    }

    private static bool IsInteger(Row row) => Text(row, "DATA_TYPE").EndsWith("int", StringComparison.OrdinalIgnoreCase);

    private static bool IsNumber(string type) =>
        type.EndsWith("int", StringComparison.OrdinalIgnoreCase) || type.ToLowerInvariant() is "decimal" or "float" or "double" or "year";

    private TableIndex Index(IGrouping<string, Row> index)
    {
        var type = Text(index.First(), "INDEX_TYPE");
        return new TableIndex(
            index.Key, [.. index.Select(Element)], unique: Convert.ToInt64(index.First()["NON_UNIQUE"], CultureInfo.InvariantCulture) == 0,
            method: type is "FULLTEXT" or "SPATIAL" ? type.ToLowerInvariant() : null,
            options: new DialectOptions([("mysql_comment", Given(Text(index.First(), "INDEX_COMMENT")))]));
    }

    private IndexElement Element(Row row)
    {
        var descending = Text(row, "COLLATION") == "D" ? " DESC" : "";
        if (row["COLUMN_NAME"] is null)
            return Sql.Text($"({Expression(row, "EXPRESSION")}){descending}");
        var column = Text(row, "COLUMN_NAME");
        // The prefix that a full-text or spatial index shows is not one.
        var prefix = row["SUB_PART"] is { } part && Text(row, "INDEX_TYPE") == "BTREE"
            ? $"({Convert.ToString(part, CultureInfo.InvariantCulture)})"
            : "";
        return prefix.Length > 0 ? Sql.Text($"{new MySqlDialect().Quote(column)}{prefix}{descending}")
            : descending.Length > 0 ? IndexElement.Descending(column) : column;
    }

    private ForeignKeyConstraint ForeignKey(IGrouping<string, Row> key)
    {
        var schema = Text(key.First(), "REFERENCED_TABLE_SCHEMA");
        return new ForeignKeyConstraint(
            [.. key.Select(row => Text(row, "COLUMN_NAME"))],
            [.. key.Select(row => ForeignKeyConstraint.TargetOf(schema == own ? null : schema, Text(row, "REFERENCED_TABLE_NAME"),
                Text(row, "REFERENCED_COLUMN_NAME")))],
            key.Key, Action(Text(key.First(), "DELETE_RULE")), Action(Text(key.First(), "UPDATE_RULE")));
    }

    // Both ways of refusing are the default. If no action is given, MariaDB says RESTRICT, MySQL NO ACTION.
    private string? Action(string rule) => rule == "NO ACTION" || (isMariaDb && rule == "RESTRICT") ? null : rule;

    private string Expression(Row row, string column) =>
        Text(row, column) is var text && isMariaDb ? MySqlSequences.Local(text, own) : MySqlExpressionText.Read(text);

    // MySQL puts parentheses around the whole text, where they are written anyway.
    private string Condition(Row row, string column) => MySqlDefaults.Unwrapped(Expression(row, column));

    private static bool Has(string extra, string word) => extra.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private static string Text(Row row, string column) => row.GetValueOrDefault(column) switch
    {
        null => "",
        byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
