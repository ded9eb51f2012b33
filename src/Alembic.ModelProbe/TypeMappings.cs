using System.Reflection;

namespace Alembic.ModelProbe;

/// <summary>Types and values as the provider writes them in SQL.</summary>
internal sealed class TypeMappings
{
    // The parameters of EF Core's search, by the properties of an operation that has a column.
    private static readonly Dictionary<string, string> Facets = new()
    {
        ["unicode"] = "IsUnicode",
        ["size"] = "MaxLength",
        ["rowVersion"] = "IsRowVersion",
        ["fixedLength"] = "IsFixedLength",
        ["precision"] = "Precision",
        ["scale"] = "Scale",
    };

    private readonly object _source;
    private readonly MethodInfo _find;

    public TypeMappings(Model model)
    {
        _source = model.Service("Storage.IRelationalTypeMappingSource");
        _find = model.Framework.RelationalType("Storage.IRelationalTypeMappingSource").GetMethods()
            .First(m => m.Name == "FindMapping" && m.GetParameters() is [var type, var name, ..] && type.ParameterType == typeof(Type)
                && name.ParameterType == typeof(string));
    }

    /// <param name="storeType">The column's type, or null for the usual one.</param>
    public string? Literal(object value, string? storeType)
    {
        var mapping = (storeType is null ? null : Find(value.GetType(), storeType)) ?? Find(value.GetType(), null);
        return (string?)mapping?.GetType().GetMethod("GenerateSqlLiteral", [typeof(object)])!.Invoke(mapping, [value]);
    }

    /// <summary>Gets the type of a column that has none.</summary>
    /// <param name="type">The type of its values in the application.</param>
    /// <param name="column">The other facts about it.</param>
    public string? StoreType(Type type, IReadOnlyDictionary<string, object> column) =>
        Find(type, null, column) is { } mapping ? (string?)mapping.GetType().GetProperty("StoreType")!.GetValue(mapping) : null;

    private object? Find(Type type, string? storeType, IReadOnlyDictionary<string, object>? column = null) =>
        _find.Invoke(_source, [type, storeType, .. _find.GetParameters().Skip(2).Select(parameter => Facet(parameter, column))]);

    private static object? Facet(ParameterInfo parameter, IReadOnlyDictionary<string, object>? column) =>
        Facets.TryGetValue(parameter.Name!, out var property) && column?.TryGetValue(property, out var value) == true ? value
        : parameter.HasDefaultValue ? parameter.DefaultValue : null;
}
