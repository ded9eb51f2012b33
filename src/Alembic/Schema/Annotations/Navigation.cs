using System.Diagnostics.CodeAnalysis;

namespace Alembic.Schema.Annotations;

/// <summary>A property whose type is another annotated class, or a collection of one.</summary>
internal sealed record Navigation(AnnotatedProperty Property, AnnotatedClass Target, bool IsCollection)
{
    public AnnotatedClass Owner => Property.Owner;

    [RequiresUnreferencedCode(AnnotatedClass.WhenTrimmed)]
    public static Navigation? Of(AnnotatedProperty property, IReadOnlyDictionary<Type, AnnotatedClass> classes)
    {
        if (classes.TryGetValue(property.Type, out var target))
            return new(property, target, false);
        return ElementOf(property.Type) is { } element && classes.TryGetValue(element, out target) ? new(property, target, true) : null;
    }

    [RequiresUnreferencedCode(AnnotatedClass.WhenTrimmed)]
    public static Type? ElementOf(Type type)
    {
        if (type == typeof(string) || type.IsArray)
            return type.IsArray ? type.GetElementType() : null;
        var sequences = type.GetInterfaces().Append(type)
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return sequences.FirstOrDefault()?.GetGenericArguments()[0];
    }
}
