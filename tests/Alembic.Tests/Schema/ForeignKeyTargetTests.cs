using Alembic.Schema;

namespace Alembic.Tests.Schema;

[TestClass]
public sealed class ForeignKeyTargetTests
{
    [TestMethod]
    [DataRow("user.id", null, "user", "id")]
    [DataRow("public.user.id", "public", "user", "id")]
    [DataRow("db.dbo.user.id", "db.dbo", "user", "id")]
    [DataRow("\"a.b\".id", null, "a.b", "id")]
    [DataRow("s.\"a.b\".\"c.d\"", "s", "a.b", "c.d")]
    [DataRow("\"s.t\".a.b", "s.t", "a", "b")]
    [DataRow("\"say \"\"hi.\"\"\".id", null, "say \"hi.\"", "id")]
    [DataRow("quo\"te.id", null, "quo\"te", "id")]
    [DataRow("\"open.id", null, "\"open", "id")]
    [DataRow(" .  ", null, " ", "  ")]
    public void Parts_are_told_apart_by_points_outside_of_quotes(string target, string? schema, string table, string column)
    {
        var key = new ForeignKeyConstraint(["c"], [target]);
        Assert.AreEqual((schema, table, column), (key.ReferentSchema, key.ReferentTable, key.ReferentColumns.Single()));
    }

    [TestMethod]
    [DataRow(null, "a.b", "c")]
    [DataRow("s.t", "a.b", "c.d")]
    [DataRow(null, "\"", "\".\"")]
    [DataRow("x", "a\"\"b", ".")]
    public void What_is_written_is_read(string? schema, string table, string column)
    {
        var key = new ForeignKeyConstraint(["c"], [ForeignKeyConstraint.TargetOf(schema, table, column)]);
        Assert.AreEqual((schema, table, column), (key.ReferentSchema, key.ReferentTable, key.ReferentColumns.Single()));
    }

    [TestMethod]
    public void A_target_without_a_table_is_an_error() =>
        Assert.AreEqual("The foreign key target 'id' is not of the form 'table.column'",
            Assert.Throws<AlembicException>(() => new ForeignKeyConstraint(["c"], ["id"]).ReferentTable).Message);
}
