namespace Alembic.Schema;

/// <summary>
/// The notes that a project makes at a table, a column, a constraint or an index for its own use, such as for a filter of autogenerate:
/// <c>new Table("log", […]) { Info = new() { ["owner"] = "billing" } }</c>. They reach neither the database nor a migration, and count in
/// no comparison.
/// </summary>
public sealed class SchemaInfo : IEquatable<SchemaInfo>
{
    internal static readonly SchemaInfo None = new();

    private readonly Dictionary<string, object?> _values = [];

    /// <summary>Creates an empty note; the initializer fills it.</summary>
    public SchemaInfo()
    {
    }

    internal SchemaInfo(IEnumerable<KeyValuePair<string, object?>> values) => _values = new(values);

    /// <summary>Tells whether the column is a <c>string</c> of C# of which nothing else is said: it keeps every letter.</summary>
    internal bool IsPlainText { get; init; }

    /// <summary>A value; null where there is none.</summary>
    /// <param name="key">Any text.</param>
    public object? this[string key]
    {
        get => _values.GetValueOrDefault(key);
        init => _values[key] = value;
    }

    /// <summary>Returns true: items that differ in their notes alone are equal.</summary>
    /// <param name="other">Another note.</param>
    public bool Equals(SchemaInfo? other) => other is not null;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SchemaInfo;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values.Select(v => $"{v.Key}={v.Value}"));
}
