using System.Collections.Immutable;
using System.Reflection;

namespace Alembic.Operations;

/// <summary>Reads the parameters of a statement, or the values of a row, off an object.</summary>
internal static class Parameter
{
    public static IReadOnlyDictionary<string, object?> From(object? values) => values switch
    {
        null => ImmutableDictionary<string, object?>.Empty,
        IReadOnlyDictionary<string, object?> dictionary => dictionary,
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.ToDictionary(),
        _ => values.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)
            .ToDictionary(p => p.Name, p => p.GetValue(values)),
    };
}
