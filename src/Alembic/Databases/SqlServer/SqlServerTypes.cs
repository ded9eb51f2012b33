using System.Globalization;
using System.Text.RegularExpressions;
using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <summary>Types as the catalog describes them, and as SQL spells them.</summary>
internal static partial class SqlServerTypes
{
    // The digits of a time, a DATETIME2 and a DATETIMEOFFSET if no others are given.
    private const int UsualFraction = 7;

    /// <summary>Reads a type as SQL spells it, for example <c>nvarchar(max)</c>.</summary>
    public static SqlType Read(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
            return SqlType.Raw(text);
        var (first, second) = (Number(match.Groups["first"]), Number(match.Groups["second"]));
        var type = match.Groups["name"].Value.ToLowerInvariant() switch
        {
            "integer" => SqlType.Integer,
            "rowversion" => SqlServerType.RowVersion,
            "float" when first <= 24 => SqlServerType.Real,
            "dec" or "decimal" or "numeric" => SqlType.Numeric(first ?? 18, second ?? 0),
            ("nvarchar" or "nchar") and var name => Read(null, name, first < 0 ? -1 : (first ?? 1) * 2, 0, 0),
            "vector" => SqlType.Raw(text),
            var name => Read(null, name, first ?? 1, 0, first ?? UsualFraction),
        };
        return type is { Kind: SqlTypeKind.Raw } and not SqlServerType ? SqlType.Raw(text) : type;
    }

    /// <summary>Reads a type of the catalog, which gives lengths in bytes, and -1 for no limit.</summary>
    public static SqlType Read(string? schema, string name, int length, int precision, int scale) => (schema, name) switch
    {
        (not null,
            _) => SqlType.Raw(schema == "dbo" ? SqlServerText.Name(name) : $"{SqlServerText.Name(schema)}.{SqlServerText.Name(name)}"),
        (_, "smallint") => SqlType.SmallInteger,
        (_, "int") => SqlType.Integer,
        (_, "bigint") => SqlType.BigInteger,
        (_, "tinyint") => SqlServerType.TinyInt,
        (_, "bit") => SqlType.Boolean,
        (_, "float") => SqlType.Float,
        (_, "real") => SqlServerType.Real,
        (_, "decimal" or "numeric") => SqlType.Numeric(precision, scale),
        (_, "money") => SqlServerType.Money,
        (_, "smallmoney") => SqlServerType.SmallMoney,
        (_, "varchar") => length < 0 ? SqlType.Text : SqlType.String(length),
        (_, "nvarchar") => length < 0 ? SqlType.UnicodeText : SqlType.Unicode(length / 2),
        (_, "char") => SqlServerType.Char(length),
        (_, "nchar") => SqlServerType.NChar(length / 2),
        (_, "binary") => SqlServerType.Binary(length),
        (_, "varbinary") => SqlType.LargeBinary(length < 0 ? null : length),
        (_, "date") => SqlType.Date,
        (_, "time") => scale == UsualFraction ? SqlType.Time : SqlServerType.Time(scale),
        (_, "datetime") => SqlType.DateTime,
        (_, "smalldatetime") => SqlServerType.SmallDateTime,
        (_, "datetime2") => SqlServerType.DateTime2(scale == UsualFraction ? null : scale),
        (_, "datetimeoffset") => scale == UsualFraction ? SqlType.DateTimeTz : SqlServerType.DateTimeOffset(scale),
        (_, "uniqueidentifier") => SqlType.Uuid,
        (_, "timestamp") => SqlServerType.RowVersion,
        (_, "sql_variant") => SqlServerType.SqlVariant,
        (_, "xml") => SqlServerType.Xml,
        (_, "hierarchyid") => SqlServerType.HierarchyId,
        (_, "geography") => SqlServerType.Geography,
        (_, "geometry") => SqlServerType.Geometry,
        // Eight bytes for the header, four for each number.
        (_, "vector") => SqlType.Raw($"VECTOR({(length - 8) / 4})"),
        _ => SqlType.Raw(name.ToUpperInvariant()),
    };

    private static int? Number(Group group) => !group.Success ? null
        : int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    [GeneratedRegex(@"^\s*(?<name>[a-z_][a-z_0-9]*)\s*(\(\s*(?<first>[0-9]{1,9}|max)\s*(,\s*(?<second>[0-9]{1,9})\s*)?\))?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
