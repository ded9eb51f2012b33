using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Alembic.Operations;

/// <summary>Reads the parameters of a statement, or the values of a row, off an object.</summary>
internal static class Parameter
{
    public static IReadOnlyDictionary<string, object?> None { get; } = new Dictionary<string, object?>();

    public static IReadOnlyDictionary<string, object?> From(object? values) => values switch
    {
        null => None,
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.ToDictionary(p => Name(p.Key), p => p.Value),
        IDictionary dictionary => dictionary.Keys.Cast<string>().ToDictionary(Name, key => dictionary[key]),
        _ => Properties.GetValue(values.GetType(), PropertiesOf).ToDictionary(p => p.Name, p => p.GetValue(values)),
    };

    // A hundred thousand rows are mostly of one type.
    private static readonly ConditionalWeakTable<Type, PropertyInfo[]> Properties = [];

    private static PropertyInfo[] PropertiesOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)];

    private static string Name(string key) => key.TrimStart('@');
}
