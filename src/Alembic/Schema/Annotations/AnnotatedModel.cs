using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Alembic.Schema.Annotations;

/// <summary>The tables of a set of annotated classes.</summary>
[RequiresUnreferencedCode(AnnotatedClass.WhenTrimmed)]
internal sealed class AnnotatedModel
{
    private readonly Naming _naming;
    private readonly Dictionary<Type, AnnotatedClass> _classes;
    private readonly ILookup<AnnotatedClass, Reference> _references;
    private readonly ModelProblems _problems = new();

    public AnnotatedModel(IEnumerable<Type> types, Naming naming, string? schema)
    {
        _naming = naming;
        var given = types.Distinct().Where(t => !Annotation.Has(t, "NotMapped")).ToList();
        foreach (var context in given.Where(IsContext))
        {
            _problems.Add(ModelError.At(
                context.Name, "it is a DbContext of EF Core, not the class of a table.",
                "write 'model = ef:path/to/Project.csproj' into the ini file, and leave TargetMetadata out of env.cs"));
        }
        _classes = given.Where(t => !IsContext(t)).Select(t => _problems.Try(() => new AnnotatedClass(t, naming, schema, _problems)))
            .OfType<AnnotatedClass>().ToDictionary(c => c.Type);
        foreach (var same in _classes.Values.GroupBy(c => (c.Schema, c.TableName)).Where(g => g.Count() > 1))
        {
            _problems.Add(ModelError.At(
                same.Last(), $"{same.First().Name} has the table '{same.Key.TableName}' too.",
                "give one of them a name of its own: [Table(\"...\")]"));
        }
        var unsupported =
            _classes.Values.SelectMany(c => c.Properties).Where(p => p.HasSetter && !p.IsScalar && Navigation.Of(p, _classes) is null)
            // A class of the list without a table is already reported.
            .Where(p => !given.Contains(Navigation.ElementOf(p.Type) ?? p.Type));
        foreach (var property in unsupported)
            _problems.Add(Unsupported(property));
        _references = Relationships.Of(_classes, _problems).ToLookup(r => r.Dependent);
        Tables = [.. _classes.Values.Select(type => _problems.Try(() => TableOf(type))).OfType<Table>()];
        _problems.Throw(given.Any(IsContext) ? null : ContextOf(given));
    }

    public IReadOnlyList<Table> Tables { get; }

    private static bool IsContext(Type type) => type.FullName == "Microsoft.EntityFrameworkCore.DbContext"
        || (type.BaseType is { } parent && IsContext(parent));

    // The classes of an EF Core model are in their context's assembly, or in a project without EF Core.
    private static Type? ContextOf(IEnumerable<Type> classes)
    {
        try
        {
            return classes.Select(type => type.Assembly).Distinct().SelectMany(assembly => assembly.GetTypes())
                .FirstOrDefault(type => type.IsClass && type.BaseType is not null && IsContext(type.BaseType));
        }
        catch (Exception exception) when (exception is ReflectionTypeLoadException or IOException)
        {
            // The context only makes the hint better.
            return null;
        }
    }

    private Table TableOf(AnnotatedClass type)
    {
        var references = _references[type].ToList();
        var items = type.Properties.SelectMany(p => _problems.Try(() => ColumnsAt(p, references).ToList()) ?? [])
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
        return references.FirstOrDefault(r => r.Properties is [] && r.Navigation is { IsCollection: false } n
            && n.Property == property) is { } reference ? ShadowColumns(reference) : [];
    }

    private IEnumerable<Column> ShadowColumns(Reference reference) =>
        reference.ShadowColumns(_naming)
            .Select(column => reference.Principal.Key.Count == 1 ? column with { ForeignKey = ColumnOf.Target(reference) } : column);

    private ForeignKeyConstraint Composite(Reference reference) => new(
        reference.Properties is [] ? [.. reference.ShadowColumns(_naming).Select(c => c.Name)]
            : [.. reference.Properties.Select(p => p.ColumnName)],
        [.. reference.Principal.Key.Select(
            k => ForeignKeyConstraint.TargetOf(reference.Principal.Schema, reference.Principal.TableName, k.ColumnName))],
        onDelete: reference.OnDelete);

    private static AlembicException Unsupported(AnnotatedProperty property) =>
        Navigation.ElementOf(property.Type) is { IsClass: true } element && element != typeof(string)
        ? Missing(property, element)
        : property.Type is { IsClass: true, Namespace: not null } and { Namespace: not ("System" or "System.Net") }
            && !property.Type.IsGenericType
            ? Missing(property, property.Type)
            : ModelError.At(property, $"the type {property.Type.Name} has no column type.",
                "name the database's own type, [Column(TypeName = \"...\")], or mark the property [NotMapped]");

    private static AlembicException Missing(AnnotatedProperty property, Type target) =>
        ModelError.At(property, $"{target.Name} is not one of the classes given, so no foreign key can point to it.",
            $"add typeof({target.Name}) to the list of classes, or mark the property [NotMapped]");
}
