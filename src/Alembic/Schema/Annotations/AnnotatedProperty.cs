using System.Reflection;

namespace Alembic.Schema.Annotations;

/// <summary>A property of an annotated class, with what its attributes say about its column.</summary>
internal sealed class AnnotatedProperty
{
    private readonly PropertyInfo _info;
    private readonly Naming _naming;

    public AnnotatedProperty(AnnotatedClass owner, PropertyInfo info, Naming naming)
    {
        (Owner, _info, _naming) = (owner, info, naming);
        Type = Nullable.GetUnderlyingType(info.PropertyType) ?? info.PropertyType;
        ColumnName = On("Column")?.Argument<string>(0) ?? naming.Apply(info.Name);
        TypeName = On("Column")?.Named<string>("TypeName");
        Order = On("Column") is { } column && column.Sets("Order") ? column.Named<int>("Order") : null;
        AllowsNull = !Has("Required")
            && (info.PropertyType.IsValueType ? Type != info.PropertyType : NullState(info) != NullabilityState.NotNull);
    }

    public AnnotatedClass Owner { get; }

    public string Name => _info.Name;

    public string Path => $"{Owner.Name}.{Name}";

    /// <summary>The type, without the ? of a value type.</summary>
    public Type Type { get; }

    public string ColumnName { get; }

    public string? TypeName { get; }

    public int? Order { get; }

    public bool AllowsNull { get; }

    public bool IsScalar => TypeName is not null || ClrType.Of(Type) is not null;

    public bool HasSetter => _info.SetMethod is not null;

    /// <summary>
    /// Tells whether it is a column. A scalar with only a getter is computed in C#, unless an attribute makes it a column.
    /// </summary>
    public bool IsColumn => IsScalar && (HasSetter || Has("Column") || Has("Key"));

    public bool IsTextualEnum => Type.IsEnum && TypeName?.Contains("int", StringComparison.OrdinalIgnoreCase) == false;

    public Annotation? On(string name) => Annotation.On(_info, name);

    public IEnumerable<Annotation> All(string name) => Annotation.All(_info, name);

    public bool Has(string name) => Annotation.Has(_info, name);

    public SqlType SqlType
    {
        get
        {
            // The type "enum" alone: the members are the values, and the type gets its name as a table does.
            if (Type.IsEnum && "enum".Equals(TypeName, StringComparison.OrdinalIgnoreCase))
                return SqlType.Enum(_naming.Apply(Type.Name), Enum.GetNames(Type));
            if (TypeName is not null)
                return SqlType.Raw(TypeName);
            var type = ClrType.Of(Type)!;
            if (On("Precision") is { } digits)
                return Type == typeof(decimal)
                    ? SqlType.Numeric(digits.Argument<int>(0), digits.Arguments.Count > 1 ? digits.Argument<int>(1) : 0)
                    : throw ModelError.At(this, $"[Precision] is for decimal, not for {Type.Name}.",
                        "write the database's own type: [Column(TypeName = \"...\")]");
            if (Type == typeof(byte[]))
                return SqlType.LargeBinary(Length);
            if (Type != typeof(string))
                return type;
            return (Length, On("Unicode")?.Argument<bool>(0) ?? false) switch
            {
                (null, false) => SqlType.Text,
                (null, true) => SqlType.UnicodeText,
                ({ } length, false) => SqlType.String(length),
                ({ } length, true) => SqlType.Unicode(length),
            };
        }
    }

    /// <summary>Tells whether it is a text, and nothing gives its type or tells whether it keeps every letter.</summary>
    public bool IsPlainText => TypeName is null && (Type == typeof(string) || Type == typeof(char)) && !Has("Unicode");

    // [MaxLength] without a number, or with -1, means "as long as the database can".
    private int? Length => (On("MaxLength") ?? On("StringLength"))?.Argument<int>(0) is > 0 and var length ? length : null;

    // The setter's type counts: a getter may promise more than the column holds ([NotNull]).
    private static NullabilityState NullState(PropertyInfo info)
    {
        var nullability = new NullabilityInfoContext().Create(info);
        return info.SetMethod is null ? nullability.ReadState : nullability.WriteState;
    }
}
