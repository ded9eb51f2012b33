using System.Diagnostics.CodeAnalysis;

namespace Alembic.Schema.Annotations;

/// <summary>Finds the foreign keys that navigations and <c>[ForeignKey]</c> mean, by EF Core's conventions.</summary>
[RequiresUnreferencedCode(AnnotatedClass.WhenTrimmed)]
internal sealed class Relationships
{
    private readonly IReadOnlyDictionary<Type, AnnotatedClass> _classes;
    private readonly IReadOnlyList<Navigation> _navigations;
    private readonly Inverses _inverses;

    private Relationships(IReadOnlyDictionary<Type, AnnotatedClass> classes, ModelProblems problems)
    {
        _classes = classes;
        _navigations =
        [
            .. classes.Values.SelectMany(c => c.Properties).Where(p => !p.IsScalar)
                .Select(p => Navigation.Of(p, classes)).OfType<Navigation>()
                .Where(n => !n.Owner.LacksKey && !n.Target.LacksKey),
        ];
        _inverses = new Inverses(_navigations, problems);
    }

    public static IReadOnlyList<Reference> Of(IReadOnlyDictionary<Type, AnnotatedClass> classes, ModelProblems problems)
    {
        var relationships = new Relationships(classes, problems);
        var all = relationships._navigations.Where(n => !n.IsCollection).Select(n => problems.Try(() => relationships.OfReference(n)))
            .Concat(relationships._navigations.Where(n => n.IsCollection).Select(n => problems.Try(() => relationships.OfCollection(n))))
            .Concat(classes.Values.SelectMany(c => c.Columns).Select(c => problems.Try(() => relationships.OfScalar(c))));
        return [.. all.OfType<Reference>().DistinctBy(
            r => (r.Dependent, r.Properties is [] ? r.Navigation!.Property.Path : string.Join(',', r.Properties.Select(p => p.Name))))];
    }

    private Reference? OfReference(Navigation navigation)
    {
        var properties = Named(navigation) ?? KeyFinder.ByConvention(navigation, _navigations);
        if (_inverses.Of(navigation) is not { IsCollection: false } other)
            return Create(navigation.Owner, navigation.Target, properties ?? [], navigation);
        var others = Named(other) ?? KeyFinder.ByConvention(other, _navigations);
        if (properties is null == others is null && IsTold(other, navigation))
            return null;
        if (properties is null == others is null)
            throw ModelError.At(
                navigation.Property, $"it and '{other.Property.Path}' point to each other, and nothing says which table holds the key.",
                $"mark the one that does with [ForeignKey(\"...\")], naming its key property");
        return properties is null ? null : Create(navigation.Owner, navigation.Target, properties, navigation) with { IsOneToOne = true };
    }

    // A problem with both ends is reported once, at the first.
    private bool IsTold(Navigation inverse, Navigation navigation) => _navigations.TakeWhile(n => n != navigation).Contains(inverse);

    private Reference? OfCollection(Navigation navigation)
    {
        if (_inverses.Of(navigation) is { } inverse)
            return inverse.IsCollection && !IsTold(inverse, navigation)
                ? throw ModelError.At(navigation.Property,
                    $"it and '{inverse.Property.Path}' are a many-to-many relationship, which needs a table of its own.",
                    "write a class for that table with a foreign key to each side, or mark both properties [NotMapped]")
                : null;
        if (navigation.Property.On("ForeignKey")?.Argument<string>(0) is { } names)
            return Create(navigation.Target, navigation.Owner, KeyFinder.ByName(navigation.Target, names, navigation.Property), navigation);
        return Create(navigation.Target, navigation.Owner, KeyFinder.ByConvention(navigation, _navigations) ?? [], navigation);
    }

    // [ForeignKey("Timeline")] on a key property: names the navigation or, if there is none, the class itself.
    private Reference? OfScalar(AnnotatedProperty property)
    {
        if (property.On("ForeignKey")?.Argument<string>(0) is not { } name)
            return null;
        if (_navigations.Any(n => n.Owner == property.Owner && n.Property.Name == name && !n.IsCollection))
            return null;
        var principal = _classes.Values.FirstOrDefault(c => c.Name == name)
            ?? throw ModelError.At(
                property,
                $"[ForeignKey] names '{name}', which is neither a navigation property of {property.Owner.Name} "
                + "nor one of the classes given.",
                $"correct the name, or add typeof({name}) to the list of classes");
        return principal.LacksKey ? null : Create(property.Owner, principal, [property], null);
    }

    private AnnotatedProperty[]? Named(Navigation navigation)
    {
        if (navigation.Property.On("ForeignKey")?.Argument<string>(0) is { } names)
            return KeyFinder.ByName(navigation.Owner, names, navigation.Property);
        var pointing = navigation.Owner.Columns.Where(c => c.On("ForeignKey")?.Argument<string>(0) == navigation.Property.Name).ToArray();
        if (pointing.Length > 0)
            return pointing;
        return _inverses.Of(navigation)?.Property is { } inverse && inverse.On("ForeignKey")?.Argument<string>(0) is { } far
            && _inverses.Of(navigation)!.IsCollection
            ? KeyFinder.ByName(navigation.Owner, far, inverse)
            : null;
    }

    private Reference Create(AnnotatedClass dependent, AnnotatedClass principal, AnnotatedProperty[] properties, Navigation? navigation)
    {
        var place = navigation?.Property ?? properties[0];
        if (principal.Key.Count == 0)
            throw ModelError.At(
                place, $"it points to {principal.Name}, which has no key to point to.", $"mark a property of {principal.Name} [Key]");
        if (properties.Length > 0 && properties.Length != principal.Key.Count)
            throw ModelError.At(
                place, $"the foreign key has {properties.Length} column(s), the key of {principal.Name} has {principal.Key.Count}.",
                "name as many properties as the key has: "
                + $"[ForeignKey(\"{string.Join(", ", principal.Key.Select(k => principal.Name + k.Name))}\")]");
        return new(dependent, principal, properties, navigation) { Inverse = navigation is null ? null : _inverses.Of(navigation) };
    }
}
