using System.Runtime.CompilerServices;

namespace Alembic.Schema;

/// <summary>The types that SQL Server has beside the portable ones.</summary>
public sealed record SqlServerType : SqlType
{
    private readonly string _member;
    private readonly IReadOnlyList<object?> _arguments;

    private SqlServerType(string text, string member, params IReadOnlyList<object?> arguments)
        : base(SqlTypeKind.Raw)
    {
        Name = text;
        _member = member;
        _arguments = EquatableList.Of(arguments);
    }

    internal override (string Member, IReadOnlyList<object?> Arguments)? Factory => ($"{nameof(SqlServerType)}.{_member}", _arguments);

    /// <summary>8 bits, not negative.</summary>
    public static SqlServerType TinyInt { get; } = Plain("TINYINT");

    /// <summary>A truth value.</summary>
    public static SqlServerType Bit { get; } = Plain("BIT");

    /// <summary>An amount of money with four digits behind the point.</summary>
    public static SqlServerType Money { get; } = Plain("MONEY");

    /// <summary>An amount of money in 32 bits.</summary>
    public static SqlServerType SmallMoney { get; } = Plain("SMALLMONEY");

    /// <summary>A floating-point number of single precision.</summary>
    public static SqlServerType Real { get; } = Plain("REAL");

    /// <summary>Creates the type of Unicode text of one length.</summary>
    /// <param name="length">The number of characters.</param>
    public static SqlServerType NChar(int length) => new($"NCHAR({length})", nameof(NChar), length);

    /// <summary>Creates the type of Unicode text.</summary>
    /// <param name="length">The most characters, up to 4000; null for no limit.</param>
    public static SqlServerType NVarChar(int? length = null) => OfLength("NVARCHAR", length);

    /// <summary>Creates the type of text of one length in the database's code page.</summary>
    /// <param name="length">The number of bytes.</param>
    public static SqlServerType Char(int length) => new($"CHAR({length})", nameof(Char), length);

    /// <summary>Creates the type of text in the database's code page.</summary>
    /// <param name="length">The most bytes, up to 8000; null for no limit.</param>
    public static SqlServerType VarChar(int? length = null) => OfLength("VARCHAR", length);

    /// <summary>Creates the type of bytes of one length.</summary>
    /// <param name="length">The number of bytes.</param>
    public static SqlServerType Binary(int length) => new($"BINARY({length})", nameof(Binary), length);

    /// <summary>Creates the type of bytes.</summary>
    /// <param name="length">The most bytes, up to 8000; null for no limit.</param>
    public static SqlServerType VarBinary(int? length = null) => OfLength("VARBINARY", length);

    /// <summary>A day.</summary>
    public static new SqlServerType Date { get; } = Plain("DATE");

    /// <summary>Creates the type of a time of day.</summary>
    /// <param name="fraction">The digits of a second's fraction, 0 to 7; null for the server's 7.</param>
    public static new SqlServerType Time(int? fraction = null) => OfFraction("TIME", fraction);

    /// <summary>Creates the type of a day and a time of day, to 100 nanoseconds.</summary>
    /// <param name="fraction">The digits of a second's fraction, 0 to 7; null for the server's 7.</param>
    public static SqlServerType DateTime2(int? fraction = null) => OfFraction("DATETIME2", fraction);

    /// <summary>Creates the type of a day and a time of day with the offset from UTC.</summary>
    /// <param name="fraction">The digits of a second's fraction, 0 to 7; null for the server's 7.</param>
    public static SqlServerType DateTimeOffset(int? fraction = null) => OfFraction("DATETIMEOFFSET", fraction);

    /// <summary>A day and a time of day, to the minute.</summary>
    public static SqlServerType SmallDateTime { get; } = Plain("SMALLDATETIME");

    /// <summary>A GUID.</summary>
    public static SqlServerType UniqueIdentifier { get; } = Plain("UNIQUEIDENTIFIER");

    /// <summary>A number that changes with each update of the row.</summary>
    public static SqlServerType RowVersion { get; } = Plain("ROWVERSION");

    /// <summary>A value of any of most types.</summary>
    public static SqlServerType SqlVariant { get; } = Plain("SQL_VARIANT");

    /// <summary>XML.</summary>
    public static SqlServerType Xml { get; } = Plain("XML");

    /// <summary>A place in a tree.</summary>
    public static SqlServerType HierarchyId { get; } = Plain("HIERARCHYID");

    /// <summary>A shape on the globe.</summary>
    public static SqlServerType Geography { get; } = Plain("GEOGRAPHY");

    /// <summary>A shape in the plane.</summary>
    public static SqlServerType Geometry { get; } = Plain("GEOMETRY");

    private static SqlServerType OfLength(string text, int? length, [CallerMemberName] string member = "") =>
        length is { } n ? new($"{text}({n})", member, n) : new($"{text}(max)", member, [null]);

    private static SqlServerType OfFraction(string text, int? fraction, [CallerMemberName] string member = "") =>
        fraction is { } n ? new($"{text}({n})", member, n) : new(text, member, [null]);

    private static SqlServerType Plain(string text, [CallerMemberName] string member = "") => new(text, member);
}
