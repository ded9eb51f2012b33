namespace Alembic.Schema;

/// <summary>
/// The options of a table or an index that only one database has. Keys begin with the dialect's name, like SQLAlchemy's keyword
/// arguments: <c>new() { ["mysql_engine"] = "InnoDB", ["postgresql_with"] = "fillfactor=70" }</c>. Each dialect reads its own; MariaDB
/// reads <c>mysql_</c> and <c>mariadb_</c>.
/// </summary>
public sealed record DialectOptions
{
    internal static readonly DialectOptions None = new();

    private readonly SortedDictionary<string, object> _values = new(StringComparer.Ordinal);

    /// <summary>Creates options; the initializer sets them.</summary>
    public DialectOptions()
    {
    }

    internal DialectOptions(IEnumerable<(string Key, object? Value)> options)
    {
        foreach (var (key, value) in options.Where(o => o.Value is not null))
            this[key] = value;
    }

    /// <summary>The value of an option: text as written in SQL, an integer, true or false; null if it is not given.</summary>
    /// <param name="key">For example <c>mysql_engine</c>.</param>
    /// <exception cref="AlembicException">The key does not begin with a dialect's name, or the value is of another type.</exception>
    public object? this[string key]
    {
        get => _values.GetValueOrDefault(key);
        init => _values[Checked(key)] = value switch
        {
            string or bool => value,
            int number => (long)number,
            long => value,
            _ => throw new AlembicException(
                $"The option '{key}' is text, a whole number, true or false, not {value?.GetType().Name ?? "null"}"),
        };
    }

    internal IReadOnlyCollection<KeyValuePair<string, object>> Values => _values;

    /// <summary>The options of a dialect, by name without the prefix.</summary>
    internal IEnumerable<(string Name, object Value)> Of(string dialect) =>
        _values.Where(v => v.Key.StartsWith(dialect + "_", StringComparison.Ordinal)).Select(v => (v.Key[(dialect.Length + 1)..], v.Value));

    /// <summary>Tells whether both have the same options.</summary>
    /// <param name="other">Other options.</param>
    public bool Equals(DialectOptions? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(0, (hash, v) => hash ^ HashCode.Combine(v.Key, v.Value));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values.Select(v => $"{v.Key}={v.Value}"));

    private static string Checked(string key)
    {
        var prefixes = OptionPrefixes.Known();
        return prefixes.Any(p => key.StartsWith(p, StringComparison.Ordinal) && key.Length > p.Length) ? key : throw new AlembicException(
            $"'{key}' is not an option: an option begins with {string.Join(", ", prefixes.SkipLast(1))} or {prefixes[^1]}");
    }
}

/// <summary>Holds the prefixes of option names in a class of its own: setting them does not initialize the options.</summary>
internal static class OptionPrefixes
{
    /// <summary>Lists the prefixes. The dialects set it, because this layer does not know them.</summary>
    internal static Func<IReadOnlyList<string>> Known { get; set; } = () => [];
}
