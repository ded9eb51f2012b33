using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Alembic.Operations;

/// <summary>Reads the parameters of a statement, or the values of a row, off an object.</summary>
internal static class Parameter
{
    public static IReadOnlyDictionary<string, object?> From(object? values) => values switch
    {
        null => ImmutableDictionary<string, object?>.Empty,
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.ToDictionary(p => Name(p.Key), p => p.Value),
        IDictionary dictionary => dictionary.Keys.Cast<string>().ToDictionary(Name, key => dictionary[key]),
        _ => values.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)
            .ToDictionary(p => p.Name, p => p.GetValue(values)),
    };

    private static string Name(string key) => key.TrimStart('@');
}
