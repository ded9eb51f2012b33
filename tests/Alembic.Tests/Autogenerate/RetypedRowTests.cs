using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Autogenerate;

/// <summary>Rows of the model whose values have another type than the column has by now.</summary>
[TestClass]
public sealed class RetypedRowTests
{
    [TestMethod]
    public void They_are_compared_by_their_texts_on_postgresql()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE TABLE mood (id INTEGER PRIMARY KEY, rank VARCHAR(5))");
        database.Op.Execute("INSERT INTO mood VALUES (1, 'low'), (2, '7'), (3, NULL)");
        var rows = new TableRows("mood", ["id"], ["id", "rank"], [["1", 3], ["2", 7], ["3", null], ["new", 1]]);
        AlterColumn[] changes =
        [
            new("mood", "id") { Type = SqlType.Text, ExistingType = SqlType.Integer },
            new("mood", "rank") { Type = SqlType.Integer, ExistingType = SqlType.String(5) },
        ];
        var comparison = new RowComparison(
            database.Session, PostgreSqlDatabase.Dialect, PostgreSqlDatabase.Dialect.Inspect(database.Session, false), changes);
        var found = comparison.Compare([rows], []).After.Select(p => new CodeWriter().Write(p.Operation).ReplaceLineEndings("")).ToList();
        Assert.HasCount(2, found);
        Assert.Contains("[\"new\", 1]", found[0]);
        Assert.AreEqual("op.UpdateData(\"mood\", [\"id\"], [\"1\"], [\"rank\"], [3])", found[1]);
    }
}
