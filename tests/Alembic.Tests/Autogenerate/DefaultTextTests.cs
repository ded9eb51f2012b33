using Alembic.Autogenerate;
using Alembic.Databases.MySql;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>Defaults where the database cannot be asked how it writes them: their values count, not their text.</summary>
[TestClass]
public sealed class DefaultTextTests
{
    [TestMethod]
    [DataRow("DATETIME(6)", "2020-01-01 00:00:00", "2020-01-01 00:00:00.000000", true)]
    [DataRow("DATETIME", "2020-01-01", "2020-01-01 00:00:00", true)]
    [DataRow("TIMESTAMP", "2020-01-01T10:00:00", "2020-01-01 10:00:00", true)]
    [DataRow("TIME", "09:30", "09:30:00", true)]
    [DataRow("TIME", "09:30", "09:31:00", false)]
    [DataRow("DATE", "2020-1-2", "2020-01-02", true)]
    [DataRow("VARCHAR(10)", "09:30", "09:30:00", false)]
    [DataRow("TIME", "838:59:59", "838:59:59", true)]
    [DataRow("TIME", "838:59:59", "838:59:58", false)]
    [DataRow("DECIMAL(5,2)", "1", "1.00", true)]
    public void Literals_of_one_value_are_equal(string type, string model, string database, bool areEqual)
    {
        Dialect dialect = new MySqlDialect(isMariaDb: true);
        string? Text(string literal) => DefaultText.Of(literal, SqlType.Raw(type), dialect);
        Assert.AreEqual(areEqual, Text(model) == Text(database), $"{Text(model)}, {Text(database)}");
    }
}
