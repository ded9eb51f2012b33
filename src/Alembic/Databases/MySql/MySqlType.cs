using System.Runtime.CompilerServices;

namespace Alembic.Schema;

/// <summary>The types that MySQL and MariaDB have beside the portable ones.</summary>
public sealed record MySqlType : SqlType
{
    private readonly string _member;
    private readonly IReadOnlyList<object?> _arguments;

    private MySqlType(string text, string member, params IReadOnlyList<object?> arguments)
        : base(SqlTypeKind.Raw)
    {
        Name = text;
        _member = member;
        _arguments = EquatableList.Of(arguments);
    }

    internal override (string Member, IReadOnlyList<object?> Arguments)? Factory => ($"{nameof(MySqlType)}.{_member}", _arguments);

    /// <summary>8 bits.</summary>
    public static MySqlType TinyInt { get; } = Plain("TINYINT");

    /// <summary>24 bits.</summary>
    public static MySqlType MediumInt { get; } = Plain("MEDIUMINT");

    /// <summary>8 bits, not negative.</summary>
    public static MySqlType UnsignedTinyInt { get; } = Plain("TINYINT UNSIGNED");

    /// <summary>16 bits, not negative.</summary>
    public static MySqlType UnsignedSmallInteger { get; } = Plain("SMALLINT UNSIGNED");

    /// <summary>24 bits, not negative.</summary>
    public static MySqlType UnsignedMediumInt { get; } = Plain("MEDIUMINT UNSIGNED");

    /// <summary>32 bits, not negative.</summary>
    public static MySqlType UnsignedInteger { get; } = Plain("INTEGER UNSIGNED");

    /// <summary>64 bits, not negative.</summary>
    public static MySqlType UnsignedBigInteger { get; } = Plain("BIGINT UNSIGNED");

    /// <summary>Creates the type of an exact number that is not negative.</summary>
    /// <param name="precision">The number of digits.</param>
    /// <param name="scale">The digits behind the decimal point.</param>
    public static MySqlType UnsignedNumeric(int precision, int scale = 0) =>
        new($"NUMERIC({precision}, {scale}) UNSIGNED", nameof(UnsignedNumeric), precision, scale);

    /// <summary>Text of up to 255 bytes.</summary>
    public static MySqlType TinyText { get; } = Plain("TINYTEXT");

    /// <summary>Text of up to 16 megabytes.</summary>
    public static MySqlType MediumText { get; } = Plain("MEDIUMTEXT");

    /// <summary>Text of up to 4 gigabytes.</summary>
    public static MySqlType LongText { get; } = Plain("LONGTEXT");

    /// <summary>Bytes, up to 255.</summary>
    public static MySqlType TinyBlob { get; } = Plain("TINYBLOB");

    /// <summary>Bytes, up to 16 megabytes.</summary>
    public static MySqlType MediumBlob { get; } = Plain("MEDIUMBLOB");

    /// <summary>Bytes, up to 4 gigabytes.</summary>
    public static MySqlType LongBlob { get; } = Plain("LONGBLOB");

    /// <summary>Creates the type of text of one length.</summary>
    /// <param name="length">The number of characters.</param>
    public static MySqlType Char(int length) => new($"CHAR({length})", nameof(Char), length);

    /// <summary>Creates the type of bytes of one length.</summary>
    /// <param name="length">The number of bytes.</param>
    public static MySqlType Binary(int length) => new($"BINARY({length})", nameof(Binary), length);

    /// <summary>Creates the type of bytes.</summary>
    /// <param name="length">The most bytes.</param>
    public static MySqlType VarBinary(int length) => new($"VARBINARY({length})", nameof(VarBinary), length);

    /// <summary>Creates the type of bits.</summary>
    /// <param name="length">The number of bits.</param>
    public static MySqlType Bit(int length) => new($"BIT({length})", nameof(Bit), length);

    /// <summary>A year.</summary>
    public static MySqlType Year { get; } = Plain("YEAR");

    /// <summary>Creates the type of a day and a time of day that is kept in UTC.</summary>
    /// <param name="fraction">The digits of a second's fraction.</param>
    public static MySqlType Timestamp(int fraction = 0) => OfFraction("TIMESTAMP", fraction);

    /// <summary>Creates the type of a day and a time of day.</summary>
    /// <param name="fraction">The digits of a second's fraction.</param>
    public static MySqlType DateTimeOf(int fraction) => OfFraction("DATETIME", fraction, nameof(DateTimeOf));

    /// <summary>Creates the type of a time of day, or a span of up to 838 hours.</summary>
    /// <param name="fraction">The digits of a second's fraction.</param>
    public static MySqlType TimeOf(int fraction) => OfFraction("TIME", fraction, nameof(TimeOf));

    /// <summary>Creates the type of a set: any number of texts from a list.</summary>
    /// <param name="values">The texts, in order; none holds a comma.</param>
    public static MySqlType Set(IReadOnlyList<string> values) =>
        new($"SET({string.Join(",", values.Select(Quoted))})", nameof(Set), [EquatableList.Of(values)]);

    private static string Quoted(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static MySqlType OfFraction(string text, int fraction, [CallerMemberName] string member = "") =>
        new(fraction == 0 ? text : $"{text}({fraction})", member, fraction);

    private static MySqlType Plain(string text, [CallerMemberName] string member = "") => new(text, member);
}
