using Alembic.Databases.Sqlite;

namespace Alembic.Tests.Databases.Sqlite;

[TestClass]
public sealed class DdlIdentifiersTests
{
    private const string Trigger = "CREATE TRIGGER tr AFTER UPDATE OF key, [b c] ON t FOR EACH ROW WHEN new.\"d\" > 'e' -- f\n"
        + "BEGIN INSERT OR REPLACE INTO log VALUES (old.row, CASE end WHEN 1 THEN 2 END); END";

    [TestMethod]
    [DataRow("key", true)]
    [DataRow("B C", true)]
    [DataRow("d", true)]
    [DataRow("log", true)]
    [DataRow("row", true)]
    [DataRow("end", true)]
    [DataRow("e", false)]
    [DataRow("f", false)]
    [DataRow("when", false)]
    [DataRow("each", false)]
    public void The_names_in_a_trigger_are_found(string name, bool isThere) =>
        Assert.AreEqual(isThere, DdlIdentifiers.In(Trigger).Contains(name));

    [TestMethod]
    [DataRow("CREATE TRIGGER tr AFTER DELETE ON t FOR EACH ROW BEGIN SELECT CASE a WHEN 1 THEN b END; END", "end")]
    [DataRow("CREATE TRIGGER tr AFTER DELETE ON t FOR EACH ROW BEGIN SELECT 1; END", "row")]
    [DataRow("CREATE VIEW v AS SELECT a FROM t WHERE a LIKE 'x' ORDER BY a DESC", "like")]
    [DataRow("CREATE VIEW v AS SELECT a FROM t WHERE a LIKE 'x' ORDER BY a DESC", "desc")]
    public void A_keyword_behind_an_operand_is_no_name(string sql, string name) => Assert.DoesNotContain(name, DdlIdentifiers.In(sql));

    [TestMethod]
    [DataRow("SELECT a, t.A, \"a\", [a], 'a' FROM t -- a", "SELECT x, t.x, \"x\", \"x\", 'a' FROM t -- a")]
    [DataRow("a", "x")]
    [DataRow("ab", "ab")]
    public void A_name_is_replaced_by_tokens(string sql, string expected) =>
        Assert.AreEqual(expected, DdlIdentifiers.Replace(sql, "a", "x"));
}
