using System.Collections;
using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

/// <summary>What a database holds, a line for each thing.</summary>
internal sealed class SchemaText(Dialect dialect, Names names)
{
    /// <summary>What goes (-) and what comes (+).</summary>
    public string[] Changes(IEnumerable<Table> before, IEnumerable<Table> after)
    {
        var (old, made) = (before.SelectMany(Lines).ToList(), after.SelectMany(Lines).ToList());
        return [.. old.Except(made).Order(StringComparer.Ordinal).Select(l => "- " + l), .. made.Except(old).Order(StringComparer.Ordinal).Select(l => "+ " + l)];
    }

    /// <summary>The rows of a table, in the order of its first columns.</summary>
    public string Rows(Table table, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows) =>
        $"{names.Plain(table.Name)}: {string.Join("; ", rows.Select(row => string.Join('|', row.Values.Select(Value))).Order(StringComparer.Ordinal))}";

    private IEnumerable<string> Lines(Table table)
    {
        var name = names.Plain(table.Name);
        yield return name + Comment(table.Comment);
        foreach (var column in table.Columns)
            yield return $"{name}.{Line(column)}";
        foreach (var constraint in (IEnumerable<Constraint>)[.. table.PrimaryKey is { } key ? [key] : Array.Empty<Constraint>(), .. table.Uniques, .. table.ForeignKeys, .. table.Checks])
            yield return $"{name} {Line(constraint)}{(dialect.IsGeneratedName(constraint, table) ? "" : " " + names.Plain(constraint.Name!))}";
        foreach (var index in table.Indexes)
            yield return $"{name} {Line(index)}";
    }

    private string Line(Column column) => names.Plain(column.Name) + " " + Type(column.Type is { Kind: SqlTypeKind.Enum, Name: { } name } type ? SqlType.Enum(names.Plain(name), type.Values) : column.Type)
        + (column.Nullable ? "" : " not null")
        + (column.ServerDefault is { } value ? $" default {(value.Kind == ServerDefaultKind.String ? $"'{value.Value}'" : names.PlainSql(dialect.DefaultText(value)))}" : "")
        + (column.Autoincrement switch { true => " numbered", false => " not numbered", _ => "" })
        + (column.Computed is { } computed ? $" {(computed.Persisted == true ? "stored" : "virtual")} {names.PlainSql(computed.Sql)}" : "")
        + (column.Identity is { } identity ? $" identity {identity.Start} {identity.Increment}" : "")
        + (column.Collation is { } collation ? $" collate {collation}" : "")
        + Comment(column.Comment);

    public static string Type(SqlType type) => new CodeWriter().Value(type) is var text && text.StartsWith("SqlType.", StringComparison.Ordinal) ? text["SqlType.".Length..] : text;

    private string Line(Constraint constraint) => constraint switch
    {
        PrimaryKeyConstraint key => $"primary key ({Columns(key.Columns)})",
        UniqueConstraint unique => $"unique ({Columns(unique.Columns)})",
        CheckConstraint check => $"check ({names.PlainSql(check.Sql)})",
        ForeignKeyConstraint key => $"foreign key ({Columns(key.Columns)}) -> {names.Plain(key.ReferentTable)} ({Columns(key.ReferentColumns)})"
            + (key.OnDelete is null ? "" : $" on delete {key.OnDelete}") + (key.OnUpdate is null ? "" : $" on update {key.OnUpdate}")
            + (key.Deferrable == true ? " deferrable" : "") + (key.Initially is null ? "" : $" initially {key.Initially}") + (key.Match is null ? "" : $" match {key.Match}"),
        _ => throw new InvalidOperationException(constraint.GetType().Name),
    };

    private string Line(TableIndex index) => $"{(index.Unique ? "unique index" : "index")} {names.Plain(index.Name!)}"
        + $" ({string.Join(", ", index.Columns.Select(c => c.Column is { } column ? names.Plain(column) + (c.IsDescending ? " DESC" : "") : names.PlainSql(c.Expression!)))})"
        + (index.Method is null ? "" : $" using {index.Method}") + (index.Include.Count == 0 ? "" : $" include ({Columns(index.Include)})")
        + (index.Where is null ? "" : $" where {names.PlainSql(index.Where)}");

    private string Columns(IEnumerable<string> columns) => string.Join(", ", columns.Select(names.Plain));

    private static string Comment(string? comment) => comment is null ? "" : $" -- {comment}";

    private static string Value(object? value) => value switch
    {
        null => "∅",
        string text => text,
        bool flag => flag ? "1" : "0",
        byte[] bytes => "0x" + Convert.ToHexString(bytes),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Value))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
