namespace Alembic.Schema.Annotations;

/// <summary>The constraints and indexes that attributes ask for and that do not stand beside a column.</summary>
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
            yield return new TableIndex(index.Named<string>("Name"), [.. Columns(type, index, "Index").Select(c => (IndexElement)c)], index.Named<bool>("IsUnique"));
        foreach (var (property, index) in type.Columns.SelectMany(p => p.All("Index").Select(i => (p, i))))
            if (index.Named<string>("Name") is { } name)
                yield return new TableIndex(name, [property.ColumnName], index.Named<bool>("IsUnique"));
    }

    private static IReadOnlyList<string> Columns(AnnotatedClass type, Annotation annotation, string attribute)
    {
        if (annotation.Sets("IsDescending") || annotation.Sets("AllDescending"))
            throw ModelError.At(type, $"[{attribute}] with a descending order is not supported.", "leave the order out, or write the table out with new TableIndex(..., [Sql.Text(\"created DESC\")])");
        return annotation.Strings is { Count: > 0 } names
            ? [.. names.Select(name => type.Column(name, attribute).ColumnName)]
            : throw ModelError.At(type, $"[{attribute}] on a class names no property.", $"name them, for example [{attribute}(nameof({type.Name}.{type.Columns.FirstOrDefault()?.Name}))], or put it on the property");
    }
}
