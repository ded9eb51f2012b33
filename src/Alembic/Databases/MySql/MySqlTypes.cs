using System.Globalization;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>Types as information_schema spells them, for example <c>int(10) unsigned</c>.</summary>
internal static class MySqlTypes
{
    public static SqlType Read(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.LastIndexOf(')');
        var name = (open < 0 ? text : text[..open] + text[(close + 1)..]).Trim().ToUpperInvariant();
        var arguments = open < 0 ? "" : text[(open + 1)..close];
        var numbers = arguments.Split(',')
            .Select(a => int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null).ToList();
        return (name, numbers[0]) switch
        {
            ("TINYINT", 1) => SqlType.Boolean,
            ("TINYINT", _) => MySqlType.TinyInt,
            ("SMALLINT", _) => SqlType.SmallInteger,
            ("MEDIUMINT", _) => MySqlType.MediumInt,
            ("INT", _) => SqlType.Integer,
            ("BIGINT", _) => SqlType.BigInteger,
            ("TINYINT UNSIGNED", _) => MySqlType.UnsignedTinyInt,
            ("SMALLINT UNSIGNED", _) => MySqlType.UnsignedSmallInteger,
            ("MEDIUMINT UNSIGNED", _) => MySqlType.UnsignedMediumInt,
            ("INT UNSIGNED", _) => MySqlType.UnsignedInteger,
            ("BIGINT UNSIGNED", _) => MySqlType.UnsignedBigInteger,
            ("DECIMAL", { } precision) => SqlType.Numeric(precision, numbers[^1]),
            ("DECIMAL UNSIGNED", { } precision) => MySqlType.UnsignedNumeric(precision, numbers[^1] ?? 0),
            ("FLOAT", null) => SqlType.Float,
            ("DOUBLE", null) => SqlType.Double,
            ("VARCHAR", { } length) => SqlType.String(length),
            ("CHAR", { } length) => MySqlType.Char(length),
            ("BINARY", { } length) => MySqlType.Binary(length),
            ("VARBINARY", { } length) => MySqlType.VarBinary(length),
            ("BIT", { } length) => MySqlType.Bit(length),
            ("TEXT", _) => SqlType.Text,
            ("TINYTEXT", _) => MySqlType.TinyText,
            ("MEDIUMTEXT", _) => MySqlType.MediumText,
            ("LONGTEXT", _) => MySqlType.LongText,
            ("BLOB", _) => SqlType.LargeBinary(),
            ("TINYBLOB", _) => MySqlType.TinyBlob,
            ("MEDIUMBLOB", _) => MySqlType.MediumBlob,
            ("LONGBLOB", _) => MySqlType.LongBlob,
            ("DATE", _) => SqlType.Date,
            ("TIME", null) => SqlType.Time,
            ("TIME", { } fraction) => MySqlType.TimeOf(fraction),
            ("DATETIME", null) => SqlType.DateTime,
            ("DATETIME", { } fraction) => MySqlType.DateTimeOf(fraction),
            ("TIMESTAMP", var fraction) => MySqlType.Timestamp(fraction ?? 0),
            ("YEAR", _) => MySqlType.Year,
            ("JSON", _) => SqlType.Json,
            ("ENUM", _) => SqlType.Enum(null, Values(arguments)),
            ("SET", _) => MySqlType.Set(Values(arguments)),
            _ => SqlType.Raw(text),
        };
    }

    private static string[] Values(string list) =>
        [.. MySqlToken.Read(list).Where(t => t.Kind == MySqlTokenKind.String).Select(t => MySqlDefaults.Unquote(t.Text))];
}
