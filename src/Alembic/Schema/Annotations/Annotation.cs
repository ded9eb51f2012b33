using System.Reflection;

namespace Alembic.Schema.Annotations;

/// <summary>An attribute as the metadata has it, found by its name: so EF Core's attributes count without a reference to EF Core.</summary>
internal sealed class Annotation(CustomAttributeData data)
{
    private static readonly HashSet<string?> Namespaces =
    [
        "System.ComponentModel", "System.ComponentModel.DataAnnotations", "System.ComponentModel.DataAnnotations.Schema", "Alembic.Schema", "Microsoft.EntityFrameworkCore",
    ];

    public static IEnumerable<Annotation> All(MemberInfo member, string name) =>
        member.GetCustomAttributesData()
            .Where(a => a.AttributeType.Name == name + "Attribute" && Namespaces.Contains(a.AttributeType.Namespace))
            .Select(a => new Annotation(a));

    public static Annotation? On(MemberInfo member, string name) => All(member, name).FirstOrDefault();

    public static bool Has(MemberInfo member, string name) => On(member, name) is not null;

    public IReadOnlyList<CustomAttributeTypedArgument> Arguments { get; } = [.. data.ConstructorArguments];

    /// <summary>The constructor's strings, those of a params array too.</summary>
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

    public T? Named<T>(string name) => data.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value is T value ? value : default;

    public bool Sets(string name) => data.NamedArguments.Any(a => a.MemberName == name);
}
