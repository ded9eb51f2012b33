namespace Alembic.Schema;

/// <summary>The kinds of <see cref="SqlType"/> that every dialect knows how to spell.</summary>
public enum SqlTypeKind
{
#pragma warning disable CS1591 // the names say it
    SmallInteger, Integer, BigInteger, Boolean, Float, Double, Numeric, String, Text, Unicode, UnicodeText, LargeBinary,
    Date, Time, TimeTz, DateTime, DateTimeTz, Interval, Json, Uuid, Enum,
#pragma warning restore CS1591

    /// <summary>A type that only one dialect knows, or that is written verbatim.</summary>
    Raw,
}

/// <summary>The type of a column, named as SQLAlchemy names them; each dialect spells it in its own way. Compares by value.</summary>
public record SqlType
{
    private readonly IReadOnlyList<string> _values = EquatableList.Of<string>([]);

    /// <summary>Creates a type of a kind; usually use the static members instead.</summary>
    protected SqlType(SqlTypeKind kind) => Kind = kind;

    /// <summary>The kind of the type.</summary>
    public SqlTypeKind Kind { get; }

    /// <summary>The maximum number of characters or bytes, or null for no limit of its own.</summary>
    public int? Length { get; private init; }

    /// <summary>The number of digits of a <see cref="Numeric"/>, or null.</summary>
    public int? Precision { get; private init; }

    /// <summary>The number of digits after the decimal point, or null.</summary>
    public int? Scale { get; private init; }

    /// <summary>The name of an <see cref="Enum"/>, or null; the text of a <see cref="Raw"/> type.</summary>
    public string? Name { get; protected init; }

    /// <summary>The values of an <see cref="Enum"/>, in order.</summary>
    public IReadOnlyList<string> Values
    {
        get => _values;
        private init => _values = EquatableList.Of(value);
    }

    /// <summary>The schema of an <see cref="Enum"/>, or null.</summary>
    public string? Schema { get; private init; }

    /// <summary>Tells whether a check guards the values of an <see cref="Enum"/> if the database has no enums.</summary>
    public bool Check { get; private init; }

    /// <summary>Tells whether an <see cref="Enum"/> is created when a column needs it.</summary>
    public bool CreateType { get; internal init; } = true;

    /// <summary>The enum that this type is, or is an array of; null for all others.</summary>
    internal virtual SqlType? EnumType => Kind == SqlTypeKind.Enum ? this : null;

    internal bool IsInteger => Kind is SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger;

    /// <summary>The same type, without creating its enum.</summary>
    internal SqlType WithoutCreate() => WithEnum(type => type with { CreateType = false });

    /// <summary>The same type; if its enum names the connection's own schema, without that schema.</summary>
    internal SqlType WithoutSchema(Func<string?, bool> isOwn) =>
        isOwn(EnumType?.Schema) ? WithEnum(type => type with { Schema = null }) : this;

    /// <summary>The same type with another enum.</summary>
    internal virtual SqlType WithEnum(Func<SqlType, SqlType> change) => Kind == SqlTypeKind.Enum ? change(this) : this;

    /// <summary>The static member that creates a type that only one dialect knows, and its arguments; null for all others.</summary>
    internal virtual (string Member, IReadOnlyList<object?> Arguments)? Factory => null;

    /// <summary>16 bits.</summary>
    public static SqlType SmallInteger { get; } = new(SqlTypeKind.SmallInteger);

    /// <summary>32 bits; on SQLite any integer.</summary>
    public static SqlType Integer { get; } = new(SqlTypeKind.Integer);

    /// <summary>64 bits.</summary>
    public static SqlType BigInteger { get; } = new(SqlTypeKind.BigInteger);

    /// <summary>True or false.</summary>
    public static SqlType Boolean { get; } = new(SqlTypeKind.Boolean);

    /// <summary>A floating-point number of the database's usual precision.</summary>
    public static SqlType Float { get; } = new(SqlTypeKind.Float);

    /// <summary>A floating-point number of double precision.</summary>
    public static SqlType Double { get; } = new(SqlTypeKind.Double);

    /// <summary>Creates the type of an exact number.</summary>
    /// <param name="precision">The number of digits, or null for the database's own.</param>
    /// <param name="scale">The number of digits after the decimal point, or null.</param>
    public static SqlType Numeric(int? precision = null, int? scale = null) =>
        new(SqlTypeKind.Numeric) { Precision = precision, Scale = scale };

    /// <summary>Creates the type of text of a limited length.</summary>
    /// <param name="length">The maximum number of characters, or null for no limit (which MySQL rejects).</param>
    public static SqlType String(int? length = null) => new(SqlTypeKind.String) { Length = length };

    /// <summary>Text of any length.</summary>
    public static SqlType Text { get; } = new(SqlTypeKind.Text);

    /// <summary>Creates the type of text of a limited length, in the database's Unicode type if it has a separate one.</summary>
    /// <param name="length">The maximum number of characters, or null for no limit.</param>
    public static SqlType Unicode(int? length = null) => new(SqlTypeKind.Unicode) { Length = length };

    /// <summary>Text of any length, in the database's Unicode type if it has a separate one.</summary>
    public static SqlType UnicodeText { get; } = new(SqlTypeKind.UnicodeText);

    /// <summary>Creates the type of bytes.</summary>
    /// <param name="length">The maximum number of bytes, or null for the database's own limit.</param>
    public static SqlType LargeBinary(int? length = null) => new(SqlTypeKind.LargeBinary) { Length = length };

    /// <summary>A date.</summary>
    public static SqlType Date { get; } = new(SqlTypeKind.Date);

    /// <summary>A time of day.</summary>
    public static SqlType Time { get; } = new(SqlTypeKind.Time);

    /// <summary>A time of day with its offset from UTC.</summary>
    public static SqlType TimeTz { get; } = new(SqlTypeKind.TimeTz);

    /// <summary>A date and a time of day.</summary>
    public static SqlType DateTime { get; } = new(SqlTypeKind.DateTime);

    /// <summary>A date and a time of day with its offset from UTC.</summary>
    public static SqlType DateTimeTz { get; } = new(SqlTypeKind.DateTimeTz);

    /// <summary>A time interval.</summary>
    public static SqlType Interval { get; } = new(SqlTypeKind.Interval);

    /// <summary>JSON.</summary>
    public static SqlType Json { get; } = new(SqlTypeKind.Json);

    /// <summary>A UUID; text if the database has no type for it.</summary>
    public static SqlType Uuid { get; } = new(SqlTypeKind.Uuid);

    /// <summary>Creates the type of one of a list of texts: a named type on PostgreSQL, ENUM on MySQL, text elsewhere.</summary>
    /// <param name="name">The name of the type if the database has named enums (PostgreSQL), and of the check; else unused.</param>
    /// <param name="values">The values, in order.</param>
    /// <param name="schema">The schema of the type (PostgreSQL), or null.</param>
    /// <param name="check">Whether a check guards the values if the database has no enums (SQLite, SQL Server).</param>
    /// <param name="createType">Whether the type is created when a column needs it and it is missing (PostgreSQL). If not, use
    /// <c>op.CreateEnumType</c> or create it otherwise.</param>
    public static SqlType Enum(string? name, IReadOnlyList<string> values, string? schema = null, bool check = false,
        bool createType = true) =>
        new(SqlTypeKind.Enum) { Name = name, Values = values, Schema = schema, Check = check, CreateType = createType };

    /// <summary>Creates a type as the database spells it.</summary>
    /// <param name="text">For example <c>geometry(Point,4326)</c>; it goes into the DDL verbatim.</param>
    public static SqlType Raw(string text) => new(SqlTypeKind.Raw) { Name = text };
}
