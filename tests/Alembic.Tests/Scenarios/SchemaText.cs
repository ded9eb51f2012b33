using System.Collections;
using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

/// <summary>What a database holds, a line for each thing.</summary>
internal sealed class SchemaText(Dialect dialect, Names names)
{
    /// <summary>What goes (-) and what comes (+).</summary>
    public string[] Changes(MetaData before, MetaData after)
    {
        var (old, made) = (Lines(before).ToList(), Lines(after).ToList());
        return [.. old.Except(made).Order(StringComparer.Ordinal).Select(l => "- " + l),
            .. made.Except(old).Order(StringComparer.Ordinal).Select(l => "+ " + l)];
    }

    /// <summary>The rows of a table, in the order of its first columns.</summary>
    public string Rows(Table table, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows) =>
        $"{names.Plain(table.Name)}: "
        + $"{string.Join("; ", rows.Select(row => string.Join('|', row.Values.Select(Value))).Order(StringComparer.Ordinal))}";

    private IEnumerable<string> Lines(MetaData schema) =>
        schema.Tables.SelectMany(Lines)
        .Concat(schema.EnumTypes.Select(type => $"enum {names.Plain(type.Name!)} ({string.Join(", ", type.Values)})"));

    private IEnumerable<string> Lines(Table table)
    {
        var name = names.Plain(table.Name);
        yield return name + Comment(table.Comment);
        foreach (var option in table.Options.ToString().Split(", ", StringSplitOptions.RemoveEmptyEntries))
            yield return $"{name} {names.PlainSql(option)}";
        foreach (var column in table.Columns)
            yield return $"{name}.{Line(column)}";
        foreach (var constraint in (IEnumerable<Constraint>)[.. table.PrimaryKey is { } key ? [key] : Array.Empty<Constraint>(),
            .. table.Uniques, .. table.ForeignKeys, .. table.Checks, .. table.Items.OfType<ExcludeConstraint>()])
            yield return $"{name} {Line(constraint)}"
                + $"{(dialect.IsGeneratedName(constraint, table) ? "" : " " + names.Plain(constraint.Name!))}";
        foreach (var index in table.Indexes)
            yield return $"{name} {Line(index)}";
    }

    private string Line(Column column) =>
        names.Plain(column.Name) + " "
        + Type(column.Type is { Kind: SqlTypeKind.Enum, Name: { } name } type ? SqlType.Enum(names.Plain(name), type.Values) : column.Type)
        + (column.Nullable ? "" : " not null")
        + (column.ServerDefault is { } value
            ? $" default {(value.Kind == ServerDefaultKind.String ? $"'{value.Value}'" : names.PlainSql(dialect.DefaultText(value)))}"
            : "")
        + (column.Autoincrement switch { true => " numbered", false => " not numbered", _ => "" })
        + (column.Computed is { } computed ? $" {(computed.Persisted == true ? "stored" : "virtual")} {names.PlainSql(computed.Sql)}" : "")
        + (column.Identity is { } identity ? $" identity {identity.Start} {identity.Increment}" : "")
        + (column.Collation is { } collation ? $" collate {collation}" : "")
        + Comment(column.Comment);

    public static string Type(SqlType type) =>
        new CodeWriter().Value(type) is var text && text.StartsWith("SqlType.", StringComparison.Ordinal)
        ? text["SqlType.".Length..]
        : text;

    private string Line(Constraint constraint) => constraint switch
    {
        PrimaryKeyConstraint key => $"primary key ({Columns(key.Columns)}){Deferral(key.Deferrable, key.Initially)}",
        UniqueConstraint unique =>
            $"unique ({Columns(unique.Columns)}){(unique.NullsNotDistinct ? " nulls not distinct" : "")}"
                + $"{Deferral(unique.Deferrable, unique.Initially)}",
        CheckConstraint check => $"check ({names.PlainSql(check.Sql)})",
        ForeignKeyConstraint key =>
            $"foreign key ({Columns(key.Columns)}) -> {names.Plain(key.ReferentTable)} ({Columns(key.ReferentColumns)})"
            + (key.OnDelete is null ? "" : $" on delete {key.OnDelete}") + (key.OnUpdate is null ? "" : $" on update {key.OnUpdate}")
            + Deferral(key.Deferrable, key.Initially) + (key.Match is null ? "" : $" match {key.Match}"),
        ExcludeConstraint exclude =>
            $"exclude using {exclude.Method} ({string.Join(", ", exclude.Elements.Select(e => $"{Element(e.Element)} with {e.Operator}"))})"
            + (exclude.Where is null ? "" : $" where {names.PlainSql(exclude.Where)}") + Deferral(exclude.Deferrable, exclude.Initially),
        _ => throw new InvalidOperationException(constraint.GetType().Name),
    };

    private string Line(TableIndex index) => $"{(index.Unique ? "unique index" : "index")} {names.Plain(index.Name!)}"
        + $" ({string.Join(", ", index.Columns.Select(Element))})" + (index.NullsNotDistinct ? " nulls not distinct" : "")
        + (index.Method is null ? "" : $" using {index.Method}") + (index.Include.Count == 0 ? "" : $" include ({Columns(index.Include)})")
        + (index.Where is null ? "" : $" where {names.PlainSql(index.Where)}")
        + (index.Options.ToString() is { Length: > 0 } options ? " " + options : "");

    private string Element(IndexElement element) =>
        element.Column is { } column ? names.Plain(column) + (element.IsDescending ? " DESC" : "") : names.PlainSql(element.Expression!);

    private static string Deferral(bool? deferrable, string? initially) =>
        (deferrable == true ? " deferrable" : "") + (initially is null ? "" : $" initially {initially}");

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
