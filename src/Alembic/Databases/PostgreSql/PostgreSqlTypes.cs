using System.Globalization;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>Reads the type that the server's <c>format_type</c> spells; a type that has no other form here stays as spelled.</summary>
internal static class PostgreSqlTypes
{
    public static SqlType Read(string text, IReadOnlyDictionary<string, SqlType> enums)
    {
        if (text.EndsWith("[]", StringComparison.Ordinal))
            return PostgreSqlType.Array(Read(text[..^2], enums));
        if (enums.GetValueOrDefault(text) is { } known)
            return known;
        var (open, close) = (text.IndexOf('(', StringComparison.Ordinal), text.IndexOf(')', StringComparison.Ordinal));
        var name = open < 0 || close < open ? text : text[..open] + text[(close + 1)..];
        var numbers = open < 0 || close < open ? [] : text[(open + 1)..close].Split(',').Select(Number).ToArray();
        return Read(name, numbers) ?? (numbers.Length == 0 ? PostgreSqlType.Find(text) : null) ?? SqlType.Raw(text);
    }

    private static SqlType? Read(string name, int?[] numbers) => (name, numbers) switch
    {
        ("smallint", []) => SqlType.SmallInteger,
        ("integer", []) => SqlType.Integer,
        ("bigint", []) => SqlType.BigInteger,
        ("boolean", []) => SqlType.Boolean,
        ("double precision", []) => SqlType.Double,
        ("numeric", []) => SqlType.Numeric(),
        ("numeric", [{ } precision, { } scale]) => SqlType.Numeric(precision, scale),
        ("character varying", []) => SqlType.String(),
        ("character varying", [{ } length]) => SqlType.String(length),
        ("character", [{ } length]) => PostgreSqlType.Char(length),
        ("text", []) => SqlType.Text,
        ("bytea", []) => SqlType.LargeBinary(),
        ("date", []) => SqlType.Date,
        ("time without time zone", []) => SqlType.Time,
        ("time with time zone", []) => SqlType.TimeTz,
        ("time without time zone", [{ } precision]) => PostgreSqlType.TimeOf(precision),
        ("time with time zone", [{ } precision]) => PostgreSqlType.TimeOf(precision, timeZone: true),
        ("timestamp without time zone", []) => SqlType.DateTime,
        ("timestamp with time zone", []) => SqlType.DateTimeTz,
        ("timestamp without time zone", [{ } precision]) => PostgreSqlType.Timestamp(precision),
        ("timestamp with time zone", [{ } precision]) => PostgreSqlType.Timestamp(precision, timeZone: true),
        ("interval", []) => SqlType.Interval,
        ("json", []) => SqlType.Json,
        ("uuid", []) => SqlType.Uuid,
        ("bit", [{ } length]) => PostgreSqlType.Bit(length),
        ("bit varying", []) => PostgreSqlType.VarBit(),
        ("bit varying", [{ } length]) => PostgreSqlType.VarBit(length),
        _ => null,
    };

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
