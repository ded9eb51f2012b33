namespace Alembic.Schema;

/// <summary>
/// The notes of a project on a table, a column, a constraint or an index for its own use, such as for a filter of autogenerate:
/// <c>new Table("log", […]) { Info = new() { ["owner"] = "billing" } }</c>. They reach neither the database nor a migration, and
/// comparisons ignore them.
/// </summary>
public sealed class SchemaInfo : IEquatable<SchemaInfo>
{
    internal static readonly SchemaInfo None = new();

    private readonly Dictionary<string, object?> _values = [];

    /// <summary>Creates empty notes; the initializer fills them.</summary>
    public SchemaInfo()
    {
    }

    internal SchemaInfo(IEnumerable<KeyValuePair<string, object?>> values) => _values = new(values);

    /// <summary>Tells whether the column is a plain <c>string</c> of C#, which keeps every letter.</summary>
    internal bool IsPlainText { get; init; }

    /// <summary>A value; null if there is none.</summary>
    /// <param name="key">Any text.</param>
    public object? this[string key]
    {
        get => _values.GetValueOrDefault(key);
        init => _values[key] = value;
    }

    /// <summary>Returns true: items that differ only in their notes are equal.</summary>
    /// <param name="other">Other notes.</param>
    public bool Equals(SchemaInfo? other) => other is not null;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SchemaInfo;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values.Select(v => $"{v.Key}={v.Value}"));
}
