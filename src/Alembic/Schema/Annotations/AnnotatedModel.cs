namespace Alembic.Schema.Annotations;

/// <summary>The tables of a set of annotated classes.</summary>
internal sealed class AnnotatedModel
{
    private readonly Naming _naming;
    private readonly Dictionary<Type, AnnotatedClass> _classes;
    private readonly ILookup<AnnotatedClass, Reference> _references;

    public AnnotatedModel(IEnumerable<Type> types, Naming naming, string? schema)
    {
        _naming = naming;
        types = [.. types];
        if (types.FirstOrDefault(IsContext) is { } context)
        {
            throw ModelError.At(
                context.Name, "it is a DbContext of EF Core, not the class of a table.", "write 'model = ef:path/to/Project.csproj' into the ini file, and leave TargetMetadata out of env.cs");
        }
        _classes = types.Distinct().Where(t => !Annotation.Has(t, "NotMapped")).ToDictionary(t => t, t => new AnnotatedClass(t, naming, schema));
        foreach (var same in _classes.Values.GroupBy(c => (c.Schema, c.TableName)).Where(g => g.Count() > 1))
            throw ModelError.At(same.Last(), $"{same.First().Name} has the table '{same.Key.TableName}' too.", "give one of them a name of its own: [Table(\"...\")]");
        foreach (var property in _classes.Values.SelectMany(c => c.Properties).Where(p => p.HasSetter && !p.IsScalar && Navigation.Of(p, _classes) is null))
            throw Unsupported(property);
        _references = Relationships.Of(_classes).ToLookup(r => r.Dependent);
    }

    public IEnumerable<Table> Tables => _classes.Values.Select(TableOf);

    private static bool IsContext(Type type) => type.FullName == "Microsoft.EntityFrameworkCore.DbContext" || (type.BaseType is { } parent && IsContext(parent));

    private Table TableOf(AnnotatedClass type)
    {
        var references = _references[type].ToList();
        var items = type.Properties.SelectMany(p => ColumnsAt(p, references))
            .Concat(references.Where(r => r is { Properties: [], Navigation.IsCollection: true }).SelectMany(ShadowColumns))
            .Concat(TableItems.Of(type))
            .Concat(references.Where(r => r.Principal.Key.Count > 1).Select(Composite))
            .ToList();
        foreach (var same in items.OfType<Column>().GroupBy(c => c.Name).Where(g => g.Count() > 1))
            throw ModelError.At(type, $"it has two columns called '{same.Key}'.", "give one of them a name of its own: [Column(\"...\")]");
        return new Table(type.TableName, items, type.Schema, type.Comment)
        {
            RenamedFrom = Annotation.On(type.Type, "RenamedFrom")?.Argument<string>(0),
            Info = Annotation.Info(Annotation.All(type.Type, "Info")),
        };
    }

    private IEnumerable<Column> ColumnsAt(AnnotatedProperty property, List<Reference> references)
    {
        if (property.IsColumn)
            return [ColumnOf.Property(property, references.FirstOrDefault(r => r.Properties is [var only] && only == property))];
        return references.FirstOrDefault(r => r.Properties is [] && r.Navigation is { IsCollection: false } n && n.Property == property) is { } reference ? ShadowColumns(reference) : [];
    }

    private IEnumerable<Column> ShadowColumns(Reference reference) =>
        reference.ShadowColumns(_naming).Select(column => reference.Principal.Key.Count == 1 ? column with { ForeignKey = ColumnOf.Target(reference) } : column);

    private ForeignKeyConstraint Composite(Reference reference) => new(
        reference.Properties is [] ? [.. reference.ShadowColumns(_naming).Select(c => c.Name)] : [.. reference.Properties.Select(p => p.ColumnName)],
        [.. reference.Principal.Key.Select(k => ForeignKeyConstraint.TargetOf(reference.Principal.Schema, reference.Principal.TableName, k.ColumnName))],
        onDelete: reference.OnDelete);

    private static AlembicException Unsupported(AnnotatedProperty property) => Navigation.ElementOf(property.Type) is { IsClass: true } element && element != typeof(string)
        ? Missing(property, element)
        : property.Type is { IsClass: true, Namespace: not null } and { Namespace: not ("System" or "System.Net") } && !property.Type.IsGenericType
            ? Missing(property, property.Type)
            : ModelError.At(property, $"the type {property.Type.Name} has no column type.", "name the database's own type, [Column(TypeName = \"...\")], or mark the property [NotMapped]");

    private static AlembicException Missing(AnnotatedProperty property, Type target) =>
        ModelError.At(property, $"{target.Name} is not one of the classes given, so no foreign key can point to it.",
            $"add typeof({target.Name}) to the list of classes, or mark the property [NotMapped]");
}
