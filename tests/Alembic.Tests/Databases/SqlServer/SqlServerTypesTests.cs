using Alembic.Databases.SqlServer;
using Alembic.Schema;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>Types as SQL spells them: as EF Core's models and users' SQL have them.</summary>
[TestClass]
public sealed class SqlServerTypesTests
{
    private static readonly SqlServerDialect _dialect = new();

    [TestMethod]
    [DataRow("nvarchar(450)", "NVARCHAR(450)")]
    [DataRow("nvarchar(max)", "NVARCHAR(max)")]
    [DataRow("varchar(20)", "VARCHAR(20)")]
    [DataRow("varchar ( MAX )", "VARCHAR(max)")]
    [DataRow("nchar(3)", "NCHAR(3)")]
    [DataRow("char(3)", "CHAR(3)")]
    [DataRow("nchar", "NCHAR(1)")]
    [DataRow("binary(16)", "BINARY(16)")]
    [DataRow("varbinary(max)", "VARBINARY(max)")]
    [DataRow("varbinary(8)", "VARBINARY(8)")]
    [DataRow("int", "INTEGER")]
    [DataRow("integer", "INTEGER")]
    [DataRow("bigint", "BIGINT")]
    [DataRow("smallint", "SMALLINT")]
    [DataRow("tinyint", "TINYINT")]
    [DataRow("bit", "BIT")]
    [DataRow("decimal(18,2)", "NUMERIC(18, 2)")]
    [DataRow("decimal", "NUMERIC(18, 0)")]
    [DataRow("money", "MONEY")]
    [DataRow("float", "FLOAT")]
    [DataRow("float(53)", "FLOAT")]
    [DataRow("float(24)", "REAL")]
    [DataRow("real", "REAL")]
    [DataRow("date", "DATE")]
    [DataRow("time", "TIME")]
    [DataRow("time(3)", "TIME(3)")]
    [DataRow("datetime", "DATETIME")]
    [DataRow("datetime2", "DATETIME2")]
    [DataRow("datetime2(0)", "DATETIME2(0)")]
    [DataRow("datetimeoffset", "DATETIMEOFFSET")]
    [DataRow("datetimeoffset(2)", "DATETIMEOFFSET(2)")]
    [DataRow("rowversion", "ROWVERSION")]
    [DataRow("timestamp", "ROWVERSION")]
    [DataRow("uniqueidentifier", "UNIQUEIDENTIFIER")]
    [DataRow("xml", "XML")]
    [DataRow("geography", "GEOGRAPHY")]
    [DataRow("vector(3)", "vector(3)")]
    [DataRow("dbo.Phone", "dbo.Phone")]
    [DataRow("Phone", "Phone")]
    [DataRow("xml(CONTENT dbo.Books)", "xml(CONTENT dbo.Books)")]
    [DataRow("", "")]
    public void A_type_is_read_as_what_it_is(string text, string expected)
    {
        var type = _dialect.ReadType(text, new Dictionary<string, SqlType>());
        Assert.AreEqual(expected, _dialect.TypeName(type), ignoreCase: false);
        Assert.AreEqual(type, _dialect.ReadType(_dialect.TypeName(type), new Dictionary<string, SqlType>()));
    }
}
