namespace Alembic.Schema.Annotations;

/// <summary>The constraints and indexes of attributes that cannot be declared on a column.</summary>
internal static class TableItems
{
    public static IEnumerable<SchemaItem> Of(AnnotatedClass type)
    {
        var ofColumns = type.Columns.Where(type.Key.Contains).ToList();
        if (!ofColumns.SequenceEqual(type.Key))
            yield return new PrimaryKeyConstraint([.. type.Key.Select(k => k.ColumnName)]);
        foreach (var unique in type.All("Unique"))
            yield return new UniqueConstraint(Columns(type, unique, "Unique"), unique.Named<string>("Name"));
        foreach (var (property, unique) in type.Columns.SelectMany(p => p.All("Unique").Select(u => (p, u))))
            if (unique.Named<string>("Name") is { } name)
                yield return new UniqueConstraint([property.ColumnName], name);
        foreach (var index in type.All("Index"))
            yield return Index(index, Columns(type, index, "Index"));
        foreach (var (property, index) in type.Columns.SelectMany(p => p.All("Index").Select(i => (p, i))))
            if (!IsPlain(index))
                yield return Index(index, [property.ColumnName]);
    }

    /// <summary>Tells whether an index of one column can be declared on that column.</summary>
    public static bool IsPlain(Annotation index) =>
        !(index.Sets("Name") || index.Sets("IsDescending") || index.Sets("AllDescending") || index.Sets("Filter"));

    private static TableIndex Index(Annotation index, IReadOnlyList<string> columns)
    {
        var descending = index.Flags("IsDescending");
        bool IsDescending(int at) =>
            index.Named<bool>("AllDescending") || descending is [] && index.Sets("IsDescending")
            || (at < descending.Count && descending[at]);
        return new(
            index.Named<string>("Name"), [.. columns.Select((c, at) => IsDescending(at) ? IndexElement.Descending(c) : c)],
            index.Named<bool>("IsUnique"), where: index.Named<string>("Filter"));
    }

    private static IReadOnlyList<string> Columns(AnnotatedClass type, Annotation annotation, string attribute) =>
        annotation.Strings is { Count: > 0 } names
            ? [.. names.Select(name => type.Column(name, attribute).ColumnName)]
            : throw ModelError.At(type, $"[{attribute}] on a class names no property.",
                $"name them, for example [{attribute}(nameof({type.Name}.{type.Columns.FirstOrDefault()?.Name}))], or put it on the "
                    + "property");
}
