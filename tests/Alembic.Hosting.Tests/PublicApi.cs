using System.Reflection;
using System.Runtime.CompilerServices;

namespace Alembic.Hosting.Tests;

/// <summary>Writes what an assembly shows to others, one member a line, in the order of names.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) =>
        string.Concat(assembly.GetExportedTypes().OrderBy(Name, StringComparer.Ordinal).Select(type => $"{Head(type)}\n{Members(type)}\n"));

    private static string Members(Type type) => type.IsSubclassOf(typeof(Delegate)) ? "" : string.Concat(type.GetMembers(Declared)
        .Where(member => IsVisible(member) && member is not Type && !IsPlumbing(member))
        .Select(member => $"    {Line(member)}\n").Distinct().Order(StringComparer.Ordinal));

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsSubclassOf(typeof(Delegate)) ? "delegate"
            : type.IsValueType ? "struct" : "class";
        var how = type is { IsClass: true, IsAbstract: true, IsSealed: true } ? "static "
            : type is { IsClass: true, IsAbstract: true } ? "abstract " : type is { IsClass: true, IsSealed: true } ? "sealed " : "";
        var bases =
            new[] { type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) ? b : null }.OfType<Type>()
            .Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsVisible && !type.IsEnum)
                .OrderBy(Name, StringComparer.Ordinal)).Select(Name).ToList();
        return $"{how}{kind} {Name(type)}{(bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}")}";
    }

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{How(constructor)}new({Parameters(constructor)})",
        MethodInfo method => $"{How(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        PropertyInfo property => $"{How(property.GetMethod ?? property.SetMethod!)}{Name(property.PropertyType)} {property.Name}"
            + (property.GetIndexParameters() is { Length: > 0 } index
                ? $"[{string.Join(", ", index.Select(p => Name(p.ParameterType)))}]"
                : "")
            + $" {{{(IsVisible(property.GetMethod) ? " get;" : "")}"
            + $"{(IsVisible(property.SetMethod) ? IsInit(property) ? " init;" : " set;" : "")} }}"
            + (property.IsDefined(typeof(RequiredMemberAttribute)) ? " required" : ""),
        FieldInfo { IsLiteral: true } constant => $"const {Name(constant.FieldType)} {constant.Name} = {constant.GetRawConstantValue()}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => $"{member.MemberType.ToString().ToLowerInvariant()} {member.Name}",
    };

    private static string How(MethodBase method) =>
        (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : "")
        + (method is not MethodInfo info || method.DeclaringType!.IsInterface ? ""
            : method.IsAbstract ? "abstract " : info.GetBaseDefinition() != info ? "override "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsDefined(typeof(ParamArrayAttribute)) || p.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "")}"
            + $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {Default(p)}" : "")}"));

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null => "null",
        string text => $"\"{text}\"",
        var value => $"{value}",
    };

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    // What the compiler adds to records, and the methods that properties and events are made of.
    private static bool IsPlumbing(MemberInfo member) =>
        member is MethodInfo { IsSpecialName: true } && !member.Name.StartsWith("op_", StringComparison.Ordinal)
        || member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not (PropertyInfo or ConstructorInfo)
        || member.Name.StartsWith('<') || member is ConstructorInfo { IsStatic: true } || member is FieldInfo { IsSpecialName: true };

    private static bool IsVisible(MemberInfo? member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => IsVisible(property.GetMethod) || IsVisible(property.SetMethod),
        EventInfo e => IsVisible(e.AddMethod),
        Type type => type.IsVisible,
        _ => false,
    };

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsByRef)
            return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return $"{Name(inner)}?";
        var name = type.Namespace is "System" or "System.Collections.Generic"
            ? type.Name
            : type.FullName ?? $"{type.Namespace}.{type.Name}";
        if (type.IsGenericType)
            name = (type.Namespace is "System" or "System.Collections.Generic" ? type.Name : $"{type.Namespace}.{type.Name}").Split('`')[0]
                + $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return name.Replace('+', '.');
    }
}
