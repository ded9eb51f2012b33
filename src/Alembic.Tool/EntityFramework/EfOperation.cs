using System.Globalization;
using System.Text.Json;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>An operation of EF Core, as the probe wrote it. An annotation counts as known once it was read.</summary>
/// <param name="json">What the probe wrote.</param>
/// <param name="dialect">The database's dialect.</param>
internal sealed class EfOperation(JsonElement json, Dialect dialect)
{
    // EF Core's notes for itself, and annotations that repeat a property.
    private static readonly string[] OfNoMatter =
    [
        "Relational:MaxIdentifierLength", "Relational:ColumnOrder", "ProductVersion", "Sqlite:InlinePrimaryKey",
        "Sqlite:InlinePrimaryKeyName", "MaxLength", "Unicode",
        "Relational:IsStored", "Relational:Comment",
        // This says how an index is created, not what it is.
        "Npgsql:CreatedConcurrently",
    ];

    private readonly EfProvider _provider = EfProvider.Of(dialect);
    private readonly HashSet<string> _known = [.. OfNoMatter];
    private readonly Dictionary<string, IReadOnlyList<EfOperation>> _parts = [];

    public string Kind { get; } = json.GetProperty("kind").GetString()!;

    public string Name => Text("Name")!;

    public string? Schema => Text("Schema");

    public string Table => Text("Table")!;

    public string? Text(string property) => Find(property) is not { ValueKind: JsonValueKind.String } value ? null
        : property is "Name" or "NewName" ? dialect.Kept(value.GetString()!) : value.GetString();

    public bool Flag(string property) => Find(property) is { ValueKind: JsonValueKind.True };

    public bool? FlagOrNull(string property) =>
        Find(property) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    public long? Number(string property) => Find(property) is { ValueKind: JsonValueKind.Number } value ? value.GetInt64() : null;

    public IReadOnlyList<string> Texts(string property) =>
        Find(property) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(i => i.GetString()!)] : [];

    /// <summary>Gets the values of a list of true and false; null if there is no list.</summary>
    public IReadOnlyList<bool>? Flags(string property) =>
        Find(property) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(i => i.GetBoolean())] : null;

    public EfOperation? Part(string property) => Parts(property) is [var only] ? only : null;

    /// <summary>Gets the operations that it consists of, such as the columns of a new table.</summary>
    public IReadOnlyList<EfOperation> Parts(string property)
    {
        if (!_parts.TryGetValue(property, out var parts))
        {
            parts = _parts[property] = Find(property) switch
            {
                { ValueKind: JsonValueKind.Object } part => [new EfOperation(part, dialect)],
                { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(i => new EfOperation(i, dialect))],
                _ => [],
            };
        }
        return parts;
    }

    /// <summary>Gets a default: as a plain value if the dialect writes the value as EF Core's provider does, else as its SQL.</summary>
    public ServerDefault? Default(Dialect dialect) => Text("DefaultValueSql") is { Length: > 0 } sql ? Sql.Text(sql)
        : Find("DefaultValue") is not { ValueKind: JsonValueKind.Object } value ? null
        : Value(value, dialect) switch
        {
            bool flag => flag,
            int number => number,
            long number => number,
            decimal number when Find("DefaultValue")!.Value.GetProperty("sql").GetString() is { } written => Sql.Text(written),
            string text => text,
            var other => Sql.Text(dialect.Literal(other)),
        };

    /// <summary>Gets rows of values, each as a plain value or as SQL by the same rule.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows(string property, Dialect dialect) =>
        Find(property) is { ValueKind: JsonValueKind.Array } rows
        ? [.. rows.EnumerateArray().Select(row => (IReadOnlyList<object?>)[.. row.EnumerateArray().Select(value => Value(value, dialect))])]
        : [];

    /// <summary>Gets the value of an annotation as text; null if it has none.</summary>
    public string? Annotation(string name) => Annotated(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => value.GetRawText(),
    };

    /// <summary>Gets the texts of an annotation that is a list.</summary>
    public IReadOnlyList<string> AnnotationTexts(string name) =>
        Annotated(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()! : i.GetRawText())] : [];

    /// <summary>Gets the annotations whose names begin with a prefix, with the rest of their names.</summary>
    public IEnumerable<(string Name, string Value)> AnnotationsOf(string prefix)
    {
        foreach (var annotation in Annotations.Where(a => a.Name.StartsWith(prefix, StringComparison.Ordinal)))
            yield return (annotation.Name[prefix.Length..], Annotation(annotation.Name) ?? "");
    }

    /// <summary>The annotations, of this operation and its parts, that no code has read.</summary>
    public IEnumerable<(EfOperation Of, string Name)> UnknownAnnotations =>
    [
        .. Annotations.Where(a => a.Value.ValueKind != JsonValueKind.Null && !IsKnown(a.Name)).Select(a => (this, a.Name)),
        .. _parts.Values.SelectMany(parts => parts).SelectMany(part => part.UnknownAnnotations),
    ];

    private bool IsKnown(string annotation) => _known.Contains(annotation) || _provider.IsOfAnother(annotation);

    /// <summary>The provider's own SQL for it, in a list of migrations: empty if it does nothing, null if there is none.</summary>
    public IReadOnlyList<string>? ProviderSql => Find("sql") is null ? null
        : [.. Texts("sql").Select(text => text.Trim().TrimEnd(';').Replace("\r\n", "\n", StringComparison.Ordinal))];

    private IEnumerable<JsonProperty> Annotations => json.TryGetProperty("annotations", out var all) ? all.EnumerateObject() : [];

    private JsonElement? Annotated(string name)
    {
        _known.Add(name);
        return json.TryGetProperty("annotations", out var all) && all.TryGetProperty(name, out var value) ? value : null;
    }

    private JsonElement? Find(string property) => json.TryGetProperty(property, out var value) ? value : null;

    private static object? Value(JsonElement value, Dialect dialect)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        var (text, sql) = (value.GetProperty("text").GetString()!, value.GetProperty("sql").GetString());
        object? plain = value.GetProperty("type").GetString() switch
        {
            "System.String" => text,
            "System.Boolean" => bool.Parse(text),
            "System.Byte" or "System.SByte" or "System.Int16" or "System.UInt16" or "System.Int32" =>
                int.Parse(text, CultureInfo.InvariantCulture),
            "System.Int64" => long.Parse(text, CultureInfo.InvariantCulture),
            "System.Decimal" => decimal.Parse(text, CultureInfo.InvariantCulture),
            "System.Byte[]" => Convert.FromHexString(text),
            _ => null,
        };
        if (sql is null)
            return plain ?? text;
        var isSame = plain is not null
            && (string.Equals(dialect.Literal(plain), sql, plain is string ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)
            || (plain is decimal number && decimal.TryParse(sql, CultureInfo.InvariantCulture, out var other) && number == other));
        // A time or a GUID in quotation marks is treated as text.
        return isSame ? plain : sql is ['\'', .. var inner, '\''] && dialect.Literal(inner) == sql ? inner : Sql.Text(sql);
    }
}
