namespace Alembic.Schema.Annotations;

/// <summary>Finds the properties that hold the key of a navigation.</summary>
internal static class KeyFinder
{
    /// <summary>The properties in an attribute's comma-separated list.</summary>
    public static AnnotatedProperty[] ByName(AnnotatedClass dependent, string names, AnnotatedProperty place) =>
    [
        .. names.Split(',', StringSplitOptions.TrimEntries).Select(name => dependent.Columns.FirstOrDefault(p => p.Name == name)
            ?? throw ModelError.At(place, $"[ForeignKey] names '{name}', which is not a property of {dependent.Name} with a column.",
                "name the property that holds the key, for example [ForeignKey(nameof(TimelineId))]")),
    ];

    /// <summary>
    /// The properties named after the navigation and the principal's key (<c>AuthorId</c>), or after the class and its key; the latter
    /// only if a single navigation could mean them. Null if there are none.
    /// </summary>
    public static AnnotatedProperty[]? ByConvention(Navigation navigation, IReadOnlyList<Navigation> all)
    {
        var (dependent, principal) = navigation.IsCollection
            ? (navigation.Target, navigation.Owner)
            : (navigation.Owner, navigation.Target);
        var prefixes = new List<string>();
        if (!navigation.IsCollection)
            prefixes.Add(navigation.Property.Name);
        if (navigation.IsCollection || all.Count(n => n.Owner == dependent && n.Target == principal && !n.IsCollection) == 1)
            prefixes.Add(principal.Name);
        return prefixes.Select(prefix => WithPrefix(dependent, principal, prefix)).FirstOrDefault(found => found is not null);
    }

    private static AnnotatedProperty[]? WithPrefix(AnnotatedClass dependent, AnnotatedClass principal, string prefix)
    {
        var found = principal.Key.Select(key => Find(dependent, prefix + key.Name)
            ?? (key.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? Find(dependent, key.Name) : null)
            ?? (principal.Key.Count == 1 ? Find(dependent, prefix + "Id") : null)).OfType<AnnotatedProperty>().ToArray();
        // A class does not point to itself by its own key.
        return found.Length == 0 || found.Length < principal.Key.Count || (dependent == principal && found.SequenceEqual(principal.Key))
            ? null
            : found;
    }

    private static AnnotatedProperty? Find(AnnotatedClass type, string name) =>
        type.Columns.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
