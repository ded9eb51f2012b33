using System.Reflection;

namespace Alembic.Schema.Annotations;

/// <summary>An attribute as the metadata has it, found by name: EF Core's attributes count without a reference to EF Core.</summary>
internal sealed class Annotation(CustomAttributeData data)
{
    private static readonly HashSet<string?> Namespaces =
    [
        "System.ComponentModel", "System.ComponentModel.DataAnnotations", "System.ComponentModel.DataAnnotations.Schema", "Alembic.Schema",
        "Microsoft.EntityFrameworkCore",
    ];

    public static IEnumerable<Annotation> All(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Concat(OfParameter(member))
            .Where(a => a.AttributeType.Name == name + "Attribute" && Namespaces.Contains(a.AttributeType.Namespace))
            .Select(a => new Annotation(a));

    // An attribute before a record's parameter belongs to the parameter, unless it says "property:". It is meant for the property
    // anyway.
    private static IEnumerable<CustomAttributeData> OfParameter(MemberInfo member) =>
        member is not PropertyInfo { DeclaringType: { } type } property ? [] :
        type.GetConstructors().SelectMany(c => c.GetParameters())
            .Where(p => p.Name == property.Name && p.ParameterType == property.PropertyType).SelectMany(p => p.GetCustomAttributesData());

    /// <summary>The notes of attributes with a key and a value.</summary>
    public static SchemaInfo Info(IEnumerable<Annotation> notes, bool isPlainText = false) =>
        new(notes.Select(note => KeyValuePair.Create(note.Argument<string>(0)!, note.Arguments[1].Value)).DistinctBy(note => note.Key))
        {
            IsPlainText = isPlainText,
        };

    public static Annotation? On(MemberInfo member, string name) => All(member, name).FirstOrDefault();

    public static bool Has(MemberInfo member, string name) => On(member, name) is not null;

    public IReadOnlyList<CustomAttributeTypedArgument> Arguments { get; } = [.. data.ConstructorArguments];

    /// <summary>The constructor's strings, including those of a params array.</summary>
    public IReadOnlyList<string> Strings { get; } =
    [
        .. data.ConstructorArguments.SelectMany(a => a.Value switch
        {
            string text => [text],
            IEnumerable<CustomAttributeTypedArgument> array => array.Select(e => e.Value).OfType<string>(),
            _ => [],
        }),
    ];

    public T? Argument<T>(int position) => position < Arguments.Count && Arguments[position].Value is T value ? value : default;

    public T? Named<T>(string name) =>
        data.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value is T value ? value : default;

    /// <summary>A named array of booleans; empty if there is none.</summary>
    public IReadOnlyList<bool> Flags(string name) =>
        Named<IReadOnlyCollection<CustomAttributeTypedArgument>>(name) is { } array ? [.. array.Select(e => (bool)e.Value!)] : [];

    public bool Sets(string name) => data.NamedArguments.Any(a => a.MemberName == name);
}
