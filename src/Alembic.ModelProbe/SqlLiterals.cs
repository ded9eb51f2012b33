using System.Reflection;

namespace Alembic.ModelProbe;

/// <summary>Values as the provider writes them in SQL.</summary>
internal sealed class SqlLiterals
{
    private readonly object _source;
    private readonly MethodInfo _find;

    public SqlLiterals(Model model)
    {
        _source = model.Service("Storage.IRelationalTypeMappingSource");
        _find = model.Framework.RelationalType("Storage.IRelationalTypeMappingSource").GetMethods()
            .First(m => m.Name == "FindMapping" && m.GetParameters() is [var type, var name, ..] && type.ParameterType == typeof(Type)
                && name.ParameterType == typeof(string));
    }

    /// <param name="storeType">The column's type, or null for the usual one.</param>
    public string? Of(object value, string? storeType)
    {
        var mapping = (storeType is null ? null : Find(value.GetType(), storeType)) ?? Find(value.GetType(), null);
        return (string?)mapping?.GetType().GetMethod("GenerateSqlLiteral", [typeof(object)])!.Invoke(mapping, [value]);
    }

    private object? Find(Type type, string? storeType) =>
        _find.Invoke(_source, [type, storeType, .. _find.GetParameters().Skip(2).Select(p => p.HasDefaultValue ? p.DefaultValue : null)]);
}
