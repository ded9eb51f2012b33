using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Alembic.Operations;

/// <summary>Reads the parameters of a statement, or the values of a row, from an object.</summary>
internal static class Parameter
{
    public static IReadOnlyDictionary<string, object?> None { get; } = new Dictionary<string, object?>();

    /// <summary>Creates the parameters of the library's own statements, without reflection, so that trimming cannot remove any.</summary>
    public static IReadOnlyDictionary<string, object?> Of(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var result = new Dictionary<string, object?>(values.Length);
        foreach (var (name, value) in values)
            result.Add(name, value);
        return result;
    }

    public static IReadOnlyDictionary<string, object?> From(object? values) => values switch
    {
        null => None,
        IEnumerable<KeyValuePair<string, object?>> pairs => pairs.ToDictionary(p => Name(p.Key), p => p.Value),
        IDictionary dictionary => dictionary.Keys.Cast<string>().ToDictionary(Name, key => dictionary[key]),
        _ => Properties.GetValue(values.GetType(), PropertiesOf).ToDictionary(p => p.Name, p => p.GetValue(values)),
    };

    // Cached, as even a hundred thousand rows usually have one type.
    private static readonly ConditionalWeakTable<Type, PropertyInfo[]> Properties = [];

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Whoever gives revisions is asked to keep their assembly whole.")]
    private static PropertyInfo[] PropertiesOf(Type type)
    {
        PropertyInfo[] all =
            [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)];
        return all.Length > 0 ? all : throw new AlembicException($"{type.Name}, given as parameters or as a row, has no public properties")
        {
            Hint = "give a dictionary; or, if the program is trimmed, keep the type's assembly whole (TrimmerRootAssembly)",
        };
    }

    private static string Name(string key) => key.TrimStart('@');
}
