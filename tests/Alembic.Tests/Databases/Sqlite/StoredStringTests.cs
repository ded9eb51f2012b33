using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>Texts that another library stored, with "strings" in double quotes, which the one of the tests takes in no new text.</summary>
[TestClass]
public sealed class StoredStringTests
{
    [TestMethod]
    [DataRow("CREATE TABLE other (a TEXT CHECK (a <> \"s\"))")]
    [DataRow("CREATE TABLE other (a TEXT, b TEXT AS (a || \"s\"))")]
    [DataRow("CREATE INDEX other ON t (a) WHERE b <> \"s\"")]
    [DataRow("CREATE VIEW other AS SELECT a, b FROM t WHERE b <> \"s\"")]
    [DataRow("CREATE TRIGGER other AFTER INSERT ON t BEGIN UPDATE t SET a = \"s\" WHERE a = new.a; END")]
    public void No_text_keeps_a_table_from_being_altered(string other)
    {
        Action<Op>[] changes =
        [
            op => op.AlterColumn("t", "a", newColumnName: "x"), op => op.RenameTable("t", "x"), op => op.DropColumn("t", "c"),
            op => op.Execute("ALTER TABLE t RENAME COLUMN a TO x"),
        ];
        foreach (var change in changes)
        {
            using var database = new MigratedDatabase("CREATE TABLE t (a TEXT, b TEXT, c TEXT)", "INSERT INTO t VALUES ('1', '2', '3')");
            database.Store(other);
            database.Migrate(change);
            // What names the table or the column follows the new name, and means what it meant.
            var text = database.Sql("other");
            Assert.IsTrue(change == changes[2] || other.StartsWith("CREATE TABLE", StringComparison.Ordinal)
                || text.Contains('x', StringComparison.Ordinal), text);
            var table = change == changes[1] ? "x" : "t";
            database.Store($"INSERT INTO {table} VALUES ('4', '5'{(change == changes[2] ? "" : ", '6'")})");
            Assert.HasCount(2, database.Rows($"SELECT * FROM {table}"));
        }
    }

    [TestMethod]
    public void An_index_gets_another_name()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a TEXT, b TEXT)");
        database.Store("CREATE INDEX old ON t (a) WHERE b <> \"s\" AND \"b\" > ''");
        database.Migrate(op => op.RenameIndex("old", "new"));
        Assert.AreEqual("CREATE INDEX new ON t (a) WHERE b <> 's' AND \"b\" > ''", database.Sql("new"));
    }

    [TestMethod]
    public void New_texts_may_still_not_have_them()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a TEXT, b TEXT)");
        database.Migrate(op => op.AlterColumn("t", "a", newColumnName: "x"));
        Assert.Contains("no such column", database.Fails(op => op.Execute("CREATE INDEX i ON t (b) WHERE b <> \"typo\"")).Message);
        Assert.Throws<SqliteException>(() => database.Execute("DELETE FROM t WHERE b = \"typo\""));
    }
}
