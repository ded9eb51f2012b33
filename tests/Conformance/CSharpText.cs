using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Alembic.Conformance;

/// <summary>Writes the operations, models and options of a scenario in C#.</summary>
internal static partial class CSharpText
{
    private static readonly HashSet<string> PlainTypes =
    [
        "Integer", "BigInteger", "SmallInteger", "Boolean", "Text", "UnicodeText", "Float", "Double", "Date", "Time", "DateTime",
        "Interval", "Uuid",
    ];

    private static readonly HashSet<string> RawTypes = ["CHAR", "VARCHAR", "NVARCHAR", "TIMESTAMP", "BLOB"];

    private static readonly Dictionary<string, string> ConstraintTypes = new()
    {
        ["unique"] = "Unique", ["foreignkey"] = "ForeignKey", ["primary"] = "PrimaryKey", ["check"] = "Check",
    };

    /// <summary>A text, number, truth, list or null as a literal.</summary>
    public static string Literal(JsonNode? value) => value switch
    {
        null => "null",
        JsonArray list => $"[{string.Join(", ", list.Select(Literal))}]",
        JsonValue one when one.GetValueKind() == JsonValueKind.String => Literal((string)one!),
        JsonValue one when one.GetValueKind() is JsonValueKind.True or JsonValueKind.False => one.ToJsonString(),
        JsonValue one when one.ToJsonString() is var number && number.AsSpan().ContainsAny('.', 'e') => number + "m",
        JsonValue one => (long)one is var number && number is > int.MinValue and <= int.MaxValue
            ? number.ToString(CultureInfo.InvariantCulture) : $"{number.ToString(CultureInfo.InvariantCulture)}L",
        _ => throw new ArgumentException($"{value.ToJsonString()} is no value"),
    };

    public static string Literal(string text) => $"\"{string.Concat(text.Select(letter => letter switch
    {
        '"' or '\\' => $"\\{letter}",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' => $"\\u{(int)letter:x4}",
        _ => $"{letter}",
    }))}\"";

    public static IEnumerable<string> Calls(JsonNode? operations, string indent = "        ", string on = "op") =>
        (operations?.AsArray() ?? []).SelectMany(operation => Operation(operation!, indent, on));

    public static string Table(JsonNode table) =>
        $"new Table({Literal(table["name"])}, {Elements(table)}{Named(table, "schema", "comment")})";

    private static string Elements(JsonNode table) => $"[{string.Join(", ",
        [.. Items(table, "columns", Column), .. Items(table, "constraints", Constraint), .. Items(table, "indexes", Index)])}]";

    /// <summary>Those of an object's members that it has, as named arguments.</summary>
    public static string Named(JsonNode source, params string[] names) => string.Concat(names
        .Where(name => source.AsObject().ContainsKey(name)).Select(name => $", {Parameter(name)}: {Literal(source[name])}"));

    private static IEnumerable<string> Items(JsonNode owner, string name, Func<JsonNode, string> write) =>
        (owner[name]?.AsArray() ?? []).Select(item => write(item!));

    private static string[] Operation(JsonNode op, string indent, string on)
    {
        var table = on == "op" ? $"{Literal(op["table"])}, " : "";
        var name = Literal(op["name"]);
        var call = (string?)op["op"] switch
        {
            "create_table" => $"op.CreateTable({table}{Elements(op)}{Named(op, "schema", "comment", "if_not_exists")})",
            "drop_table" => $"op.DropTable({Literal(op["table"])}{Named(op, "schema", "if_exists")})",
            "rename_table" => $"op.RenameTable({Literal(op["from"])}, {Literal(op["to"])}{Named(op, "schema")})",
            "add_column" => $"{on}.AddColumn({table}{Column(op["column"]!)}{Named(op, "schema", "if_not_exists")})",
            "drop_column" => $"{on}.DropColumn({table}{Literal(op["column"])}{Named(op, "schema", "if_exists")})",
            "alter_column" => $"{on}.AlterColumn({table}{Literal(op["column"])}{Alteration(op)})",
            "create_index" => $"{on}.CreateIndex({name}, {table}{IndexedColumns(op)}"
                + $"{Named(op, "unique", "schema", "if_not_exists", "where")})",
            "drop_index" => $"{on}.DropIndex({name}{(table.Length > 0 && op["table"] is not null ? $", {Literal(op["table"])}" : "")}"
                + $"{Named(op, "schema", "if_exists")})",
            "create_unique_constraint" => $"{on}.CreateUniqueConstraint({name}, {table}{Literal(op["columns"])}{Named(op, "schema")})",
            "create_primary_key" => $"{on}.CreatePrimaryKey({name}, {table}{Literal(op["columns"])}{Named(op, "schema")})",
            "create_check_constraint" => $"{on}.CreateCheckConstraint({name}, {table}{Literal(op["sql"])}{Named(op, "schema")})",
            "create_foreign_key" => $"{on}.CreateForeignKey({name}, {table}{Literal(op["ref_table"])}, {Literal(op["columns"])}, "
                + $"{Literal(op["ref_columns"])}"
                + $"{Named(op, "ondelete", "onupdate", "deferrable", "initially", "source_schema", "referent_schema")})",
            "drop_constraint" => $"{on}.DropConstraint({name}{(table.Length > 0 ? $", {Literal(op["table"])}" : "")}"
                + $"{((string?)op["type"] is { } type ? $", type: ConstraintType.{ConstraintTypes[type]}" : "")}{Named(op, "schema")})",
            "create_table_comment" => $"op.CreateTableComment({table}{Literal(op["comment"])}{Named(op, "existing_comment", "schema")})",
            "drop_table_comment" => $"op.DropTableComment({Literal(op["table"])}{Named(op, "existing_comment", "schema")})",
            "execute" => $"op.Execute({Literal(op["sql"])})",
            "bulk_insert" => $"op.BulkInsert({table}{Rows(op)})",
            "batch_alter_table" => $"op.BatchAlterTable({table}batch =>\n{Block(op, indent, "batch")}{Named(op, "schema")}{Recreate(op)})",
            "autocommit_block" => $"op.AutocommitBlock(() =>\n{Block(op, indent, "op")})",
            "raise" => $"throw new System.InvalidOperationException({Literal(op["message"])})",
            var other => throw new ArgumentException($"unknown operation '{other}'"),
        };
        return $"{indent}{call};".Split('\n');
    }

    private static string Block(JsonNode op, string indent, string on) =>
        $"{indent}{{\n{string.Concat(Calls(op["ops"], indent + "    ", on).Select(line => line + "\n"))}{indent}}}";

    private static string Recreate(JsonNode op) =>
        (string?)op["recreate"] is { } when ? $", recreate: Recreate.{char.ToUpperInvariant(when[0])}{when[1..]}" : "";

    private static string Rows(JsonNode op)
    {
        var names = op["columns"]!.AsArray().Select(column => (string)column!["name"]!).ToList();
        var rows = op["rows"]!.AsArray().Select(row => $"[{string.Join(", ", names.Select(name => Literal(row![name])))}]");
        return $"[{string.Join(", ", names.Select(Literal))}], [{string.Join(", ", rows)}]";
    }

    private static string Alteration(JsonNode op)
    {
        var given = op.AsObject();
        string Part(string key, string parameter, Func<JsonNode?, string> write) =>
            given.ContainsKey(key) ? $", {parameter}: {write(op[key])}" : "";
        return Named(op, "nullable") + Part("type", "type", Type) + Part("server_default", "serverDefault", Default)
            + Part("name", "newColumnName", Literal)
            + Part("comment", "comment", comment => Literal(comment ?? "")) + Part("existing_type", "existingType", Type)
            + Part("existing_server_default", "existingServerDefault", Default)
            + Named(op, "existing_nullable", "existing_comment", "schema", "postgresql_using", "autoincrement");
    }

    private static string Column(JsonNode column)
    {
        var given = column.AsObject();
        var parts = $"{Literal(column["name"])}, {Type(column["type"])}" + Named(column, "primary_key", "nullable", "unique", "index");
        if (given.TryGetPropertyValue("autoincrement", out var autoincrement))
            parts += $", autoincrement: {(autoincrement?.GetValueKind() == JsonValueKind.String ? "true" : Literal(autoincrement))}";
        if (column["fk"] is { } key)
            parts += $", foreignKey: {Key(key)}";
        if (column["computed"] is { } computed)
            parts += $", computed: {Computed(computed)}";
        if (given.TryGetPropertyValue("identity", out var identity))
            parts += $", identity: {Identity(identity)}";
        if (given.TryGetPropertyValue("server_default", out var value))
        {
            parts += value is JsonObject special && special["computed"] is { } sql
                ? $", computed: new Computed({Literal(sql)}{Named(special, "persisted")})"
                : value is JsonObject other && other.ContainsKey("identity") ? $", identity: {Identity(other["identity"])}"
                : $", serverDefault: {Default(value)}";
        }
        return $"new Column({parts}{Named(column, "comment")})";
    }

    private static string Key(JsonNode key) => key is JsonObject
        ? $"new ForeignKey({Literal(key["ref"])}{Named(key, "name", "ondelete", "onupdate", "deferrable", "initially")})"
        : $"new ForeignKey({Literal(key)})";

    private static string Computed(JsonNode computed) => computed is JsonObject
        ? $"new Computed({Literal(computed["sql"])}{Named(computed, "persisted")})"
        : $"new Computed({Literal(computed)})";

    private static string Identity(JsonNode? identity) =>
        $"new Identity({string.Join(", ", (identity?.AsObject() ?? []).Select(part => $"{Parameter(part.Key)}: {Literal(part.Value)}"))})";

    private static string Constraint(JsonNode constraint)
    {
        var name = Named(constraint, "name");
        return (string?)constraint["kind"] switch
        {
            "primary_key" => $"new PrimaryKeyConstraint({Literal(constraint["columns"])}{name})",
            "unique" => $"new UniqueConstraint({Literal(constraint["columns"])}{name})",
            "check" => $"new CheckConstraint({Literal(constraint["sql"])}{name})",
            "foreign_key" => $"new ForeignKeyConstraint({Literal(constraint["columns"])}, [{string.Join(", ",
                Scenario.Strings(constraint["ref_columns"]).Select(column => Literal($"{constraint["ref_table"]}.{column}")))}]"
                + $"{name}{Named(constraint, "ondelete", "onupdate", "deferrable", "initially")})",
            var other => throw new ArgumentException($"unknown constraint '{other}'"),
        };
    }

    private static string Index(JsonNode index) =>
        $"new TableIndex({Literal(index["name"])}, {IndexedColumns(index)}{((bool?)index["unique"] == true ? ", unique: true" : "")})";

    private static string IndexedColumns(JsonNode index) =>
        $"[{string.Join(", ", index["columns"]!.AsArray()
            .Select(column => column is JsonObject ? $"Sql.Text({Literal(column["expr"])})" : Literal(column)))}]";

    private static string Default(JsonNode? value) => value switch
    {
        null => "ServerDefault.None",
        JsonObject expression => $"Sql.Text({Literal(expression["expr"])})",
        _ => Literal(value),
    };

    // String(50), DateTime(timezone), Enum(a,b;name=mood)
    private static string Type(JsonNode? node)
    {
        var text = (string)node!;
        var parts = TypeForm().Match(text);
        var (name, inner) = (parts.Groups[1].Value, parts.Groups[2].Value.Split(';'));
        var arguments = inner[0].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (name == "Enum")
        {
            var type = inner.Skip(1).SelectMany(rest => rest.Split(',')).Select(pair => pair.Split('=', StringSplitOptions.TrimEntries))
                .FirstOrDefault(pair => pair[0] == "name")?[1];
            return $"SqlType.Enum({Literal(type!)}, [{string.Join(", ", arguments.Select(Literal))}])";
        }
        return name is "DateTime" or "Time" && arguments is ["timezone"] ? $"SqlType.{name}Tz"
            : name == "JSON" ? "SqlType.Json"
            : RawTypes.Contains(name) ? $"SqlType.Raw({Literal(text)})"
            : PlainTypes.Contains(name) && arguments.Length == 0 ? $"SqlType.{name}"
            : $"SqlType.{name}({string.Join(", ", arguments)})";
    }

    private static string Parameter(string name) => name switch
    {
        "ondelete" => "onDelete",
        "onupdate" => "onUpdate",
        _ => AfterUnderscore().Replace(name, match => match.Groups[1].Value.ToUpperInvariant()),
    };

    [GeneratedRegex(@"^\s*([A-Za-z_]\w*)\s*(?:\((.*)\))?\s*$", RegexOptions.Singleline)]
    private static partial Regex TypeForm();

    [GeneratedRegex(@"_(\w)")]
    private static partial Regex AfterUnderscore();
}
