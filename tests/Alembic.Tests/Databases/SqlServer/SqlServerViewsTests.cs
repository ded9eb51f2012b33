using Alembic.Autogenerate;
using Alembic.Databases.SqlServer;
using Alembic.Schema;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>What stands in the way of a change, or does not work after it, is said in the revision.</summary>
[TestClass]
public sealed class SqlServerViewsTests
{
    private static readonly SqlServerDialect Dialect = new();

    private static readonly Catalogue Database = new Catalogue()
        .Column("t", "id").Column("t", "a").Column("t", "b").Column("t", "c")
        .Module(1, "view", "v", "CREATE VIEW v AS SELECT [a], id FROM dbo.t")
        .Module(2, "view", "over v", "CREATE VIEW [sales].[over v] AS SELECT A AS z FROM V", schema: "sales")
        .Module(3, "view", "numbers", "CREATE VIEW numbers AS SELECT b * 2 AS twice, COUNT(*) AS n, 'a' AS text FROM t -- a")
        .Module(4, "view", "whole", "CREATE VIEW whole AS SELECT t.* FROM t")
        .Module(5, "view", "bound", "CREATE VIEW bound WITH SCHEMABINDING AS SELECT c FROM dbo.t", isBound: true)
        .Module(6, "function", "held", "CREATE FUNCTION held() RETURNS TABLE WITH SCHEMABINDING AS RETURN SELECT \"c\" FROM dbo.t",
            isBound: true)
        .Module(7, "function", "free", "CREATE FUNCTION free() RETURNS TABLE AS RETURN SELECT a, b, c FROM t")
        .Module(8, "view", "secret", null);

    private static Column Id => new("id", SqlType.Integer, nullable: false);

    [TestMethod]
    public void A_view_lets_a_column_go_and_does_not_work_after_that()
    {
        Assert.AreEqual("These no longer work afterwards: view v, view sales.[over v], view whole. " + Anew, Remark("b", "c"));
        Assert.AreEqual("These no longer work afterwards: view numbers, view whole. " + Anew, Remark("a", "c"));
    }

    [TestMethod]
    public void What_is_bound_to_the_schema_is_in_the_way() =>
        Assert.AreEqual(
            "This fails while it is used by: view bound, function held. Drop that first, and create it again afterwards, with op.Execute.\n"
                + "These no longer work afterwards: view whole. " + Anew, Remark("a", "b"));

    [TestMethod]
    public void A_view_takes_any_type_unless_it_is_bound()
    {
        Assert.AreEqual("", Remark(Id, Of("a", SqlType.BigInteger), Of("b"), Of("c")));
        Assert.AreEqual("This fails while it is used by: view bound, function held. Drop that first, and create it again afterwards, "
            + "with op.Execute.", Remark(Id, Of("a"), Of("b"), Of("c", SqlType.BigInteger)));
    }

    private const string Anew = "Drop that, or create it again afterwards, with op.Execute.";

    private static Column Of(string name, SqlType? type = null) => new(name, type ?? SqlType.Integer, nullable: false);

    private static string Remark(params string[] columns) => Remark([Id, .. columns.Select(name => Of(name))]);

    private static string Remark(params Column[] columns)
    {
        var comparison = Compare.Schemas(
            new MetaData([new Table("t", columns)]), Dialect.Inspect(Database, allSchemas: false), Dialect);
        return string.Concat(
            ColumnUsers.Of(comparison, names => Dialect.UsersOf(Database, names)).Upgrade.Select(planned => planned.Remark));
    }
}
