namespace Alembic.Schema;

/// <summary>Types that PostgreSQL has and the others do not; the portable ones are members of <see cref="SqlType"/>.</summary>
public sealed record PostgreSqlType : SqlType
{
    private static readonly Dictionary<string, PostgreSqlType> ByName = [];

    private readonly IReadOnlyList<object?> _arguments;

    private PostgreSqlType(string member, string? name, params IReadOnlyList<object?> arguments)
        : base(SqlTypeKind.Raw)
    {
        Member = member;
        Name = name;
        _arguments = EquatableList.Of(arguments);
    }

    /// <summary>Gets the type of an array's elements; null for a type that is not an array.</summary>
    public SqlType? Element { get; private init; }

    internal override SqlType? EnumType => Element?.EnumType;

    internal override SqlType WithEnum(Func<SqlType, SqlType> change) => EnumType is null ? this : Array(Element!.WithEnum(change));

    internal override (string Member, IReadOnlyList<object?> Arguments)? Factory => ($"{nameof(PostgreSqlType)}.{Member}", _arguments);

    private string Member { get; }

#pragma warning disable CS1591 // the names say it
    public static SqlType Jsonb { get; } = Plain(nameof(Jsonb));

    public static SqlType JsonPath { get; } = Plain(nameof(JsonPath));

    public static SqlType Xml { get; } = Plain(nameof(Xml));

    public static SqlType HStore { get; } = Plain(nameof(HStore));

    public static SqlType CiText { get; } = Plain(nameof(CiText));

    public static SqlType Inet { get; } = Plain(nameof(Inet));

    public static SqlType Cidr { get; } = Plain(nameof(Cidr));

    public static SqlType MacAddr { get; } = Plain(nameof(MacAddr));

    public static SqlType MacAddr8 { get; } = Plain(nameof(MacAddr8));

    public static SqlType TsVector { get; } = Plain(nameof(TsVector));

    public static SqlType TsQuery { get; } = Plain(nameof(TsQuery));

    public static SqlType Money { get; } = Plain(nameof(Money));

    public static SqlType Real { get; } = Plain(nameof(Real));

    public static SqlType Oid { get; } = Plain(nameof(Oid));

    public static SqlType RegClass { get; } = Plain(nameof(RegClass));

    public static SqlType Int4Range { get; } = Plain(nameof(Int4Range));

    public static SqlType Int8Range { get; } = Plain(nameof(Int8Range));

    public static SqlType NumRange { get; } = Plain(nameof(NumRange));

    public static SqlType TsRange { get; } = Plain(nameof(TsRange));

    public static SqlType TsTzRange { get; } = Plain(nameof(TsTzRange));

    public static SqlType DateRange { get; } = Plain(nameof(DateRange));

    public static SqlType Int4MultiRange { get; } = Plain(nameof(Int4MultiRange));

    public static SqlType Int8MultiRange { get; } = Plain(nameof(Int8MultiRange));

    public static SqlType NumMultiRange { get; } = Plain(nameof(NumMultiRange));

    public static SqlType TsMultiRange { get; } = Plain(nameof(TsMultiRange));

    public static SqlType TsTzMultiRange { get; } = Plain(nameof(TsTzMultiRange));

    public static SqlType DateMultiRange { get; } = Plain(nameof(DateMultiRange));

    public static SqlType Point { get; } = Plain(nameof(Point));

    public static SqlType Line { get; } = Plain(nameof(Line));

    public static SqlType LSeg { get; } = Plain(nameof(LSeg));

    public static SqlType Box { get; } = Plain(nameof(Box));

    public static SqlType Path { get; } = Plain(nameof(Path));

    public static SqlType Polygon { get; } = Plain(nameof(Polygon));

    public static SqlType Circle { get; } = Plain(nameof(Circle));
#pragma warning restore CS1591

    /// <summary>A day and a time of day as a point in time: <see cref="SqlType.DateTimeTz"/> by PostgreSQL's name.</summary>
    public static SqlType TimestampTz { get; } = new PostgreSqlType(nameof(TimestampTz), "TIMESTAMP WITH TIME ZONE");

    /// <summary>Creates the type of a day and a time of day with the given number of digits after the second's point.</summary>
    /// <param name="precision">From 0 to 6.</param>
    /// <param name="timeZone">Whether it is a point in time, whatever the zone.</param>
    public static SqlType Timestamp(int precision, bool timeZone = false) => Timed(nameof(Timestamp), "TIMESTAMP", precision, timeZone);

    /// <summary>Creates the type of a time of day with the given number of digits after the second's point.</summary>
    /// <param name="precision">From 0 to 6.</param>
    /// <param name="timeZone">Whether it has an offset from UTC.</param>
    public static SqlType TimeOf(int precision, bool timeZone = false) => Timed(nameof(TimeOf), "TIME", precision, timeZone);

    /// <summary>Creates the type of text of a fixed length, padded with blanks.</summary>
    /// <param name="length">The number of characters.</param>
    public static SqlType Char(int length) => new PostgreSqlType(nameof(Char), $"CHAR({length})", length);

    /// <summary>Creates the type of a string of bits of a fixed length.</summary>
    /// <param name="length">The number of bits.</param>
    public static SqlType Bit(int length) => new PostgreSqlType(nameof(Bit), $"BIT({length})", length);

    /// <summary>Creates the type of a string of bits of any length.</summary>
    /// <param name="length">The most bits, or null for no limit.</param>
    public static SqlType VarBit(int? length = null) =>
        new PostgreSqlType(nameof(VarBit), length is null ? "BIT VARYING" : $"BIT VARYING({length})", ("length", length));

    /// <summary>Creates the type of an array, of any number of dimensions.</summary>
    /// <param name="of">The type of its elements.</param>
    public static SqlType Array(SqlType of) =>
        of is PostgreSqlType { Element: not null } ? of : new PostgreSqlType(nameof(Array), null, of) { Element = of };

    internal static SqlType? Find(string name) => ByName.GetValueOrDefault(name.ToUpperInvariant());

    private static PostgreSqlType Plain(string member) =>
        ByName[member.ToUpperInvariant()] = new PostgreSqlType(member, member.ToUpperInvariant());

    private static PostgreSqlType Timed(string member, string name, int precision, bool timeZone) =>
        new(member, $"{name}({precision}) {(timeZone ? "WITH" : "WITHOUT")} TIME ZONE",
            timeZone ? [precision, ("timeZone", true)] : [precision]);
}
