using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Alembic.Schema.Annotations;

/// <summary>A class that becomes a table.</summary>
[RequiresUnreferencedCode(WhenTrimmed)]
internal sealed class AnnotatedClass
{
    /// <summary>What users who trim their application, or compile it ahead of time, must know.</summary>
    public const string WhenTrimmed = "Annotated classes are read by reflection: keep their assembly whole with a TrimmerRootAssembly.";

    public AnnotatedClass(Type type, Naming naming, string? schema, ModelProblems problems)
    {
        Type = type;
        if (!type.IsClass || type.IsAbstract || type.ContainsGenericParameters)
            throw ModelError.At(this, "only a class that is neither abstract nor generic has a table.",
                "leave it out of the list: the properties of a base class become columns of the classes that derive from it");
        var table = Annotation.On(type, "Table");
        TableName = table?.Argument<string>(0) ?? naming.Apply(type.Name);
        Schema = table?.Named<string>("Schema") ?? schema;
        Properties = [.. Declared(type).Select(p => new AnnotatedProperty(this, p, naming)).OrderBy(p => p.Order ?? int.MaxValue)];
        Key = problems.Try(FindKey) ?? [];
    }

    public Type Type { get; }

    public string Name => Type.Name;

    public string TableName { get; }

    public string? Schema { get; }

    public string? Comment => Annotation.On(Type, "Comment")?.Argument<string>(0);

    public IReadOnlyList<AnnotatedProperty> Properties { get; }

    public IEnumerable<AnnotatedProperty> Columns => Properties.Where(p => p.IsColumn);

    public IReadOnlyList<AnnotatedProperty> Key { get; }

    /// <summary>Tells whether it lacks a key that it should have. That is reported, so references to it need not be.</summary>
    public bool LacksKey => Key.Count == 0 && !Annotation.Has(Type, "Keyless");

    /// <summary>The attributes of the class and of its base classes, whose properties it has too.</summary>
    public IEnumerable<Annotation> All(string name) => BaseFirst(Type).SelectMany(t => Annotation.All(t, name));

    public AnnotatedProperty? Find(string property) => Properties.FirstOrDefault(p => p.Name == property);

    /// <summary>The column of a property that an attribute names, by the property's or the column's name.</summary>
    public AnnotatedProperty Column(string name, string attribute) =>
        Columns.FirstOrDefault(p => p.Name == name) ?? Columns.FirstOrDefault(p => p.ColumnName == name)
        ?? throw ModelError.At(this, $"[{attribute}] names '{name}', which is not a property with a column.",
            $"write the property's name, for example [{attribute}(nameof({Name}.{Columns.FirstOrDefault()?.Name}))]");

    private AnnotatedProperty[] FindKey()
    {
        if (Annotation.On(Type, "PrimaryKey") is { } primaryKey)
            return [.. primaryKey.Strings.Select(name => Column(name, "PrimaryKey"))];
        var marked = Columns.Where(p => p.Has("Key")).ToArray();
        if (marked.Length > 0 || Annotation.Has(Type, "Keyless"))
            return marked;
        return (Named("Id") ?? Named(Name + "Id")) is { } key
            ? [key]
            : throw ModelError.At(this, "it has no key.", $"mark a property [Key], or call it Id or {Name}Id");
    }

    private AnnotatedProperty? Named(string name) => Columns.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static List<Type> BaseFirst(Type type)
    {
        var chain = new List<Type>();
        for (var t = type; t is not null && t != typeof(object); t = t.BaseType)
            chain.Insert(0, t);
        return chain;
    }

    // Reflection promises no order, but the metadata token increases in order of declaration. An override takes the place of the base's
    // property.
    private static IEnumerable<PropertyInfo> Declared(Type type) =>
        BaseFirst(type)
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .OrderBy(p => p.MetadataToken))
            .GroupBy(p => p.Name)
            .Select(same => same.Last())
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && !Annotation.Has(p, "NotMapped"));
}
