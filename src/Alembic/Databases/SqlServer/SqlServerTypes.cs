using Alembic.Schema;

namespace Alembic.Databases.SqlServer;

/// <summary>The type that the catalogue describes; lengths are in bytes there, -1 for none.</summary>
internal static class SqlServerTypes
{
    // What a time, a DATETIME2 and a DATETIMEOFFSET have where nothing else is said.
    private const int UsualFraction = 7;

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
        // Eight bytes of its own, four for each number.
        (_, "vector") => SqlType.Raw($"VECTOR({(length - 8) / 4})"),
        _ => SqlType.Raw(name.ToUpperInvariant()),
    };
}
