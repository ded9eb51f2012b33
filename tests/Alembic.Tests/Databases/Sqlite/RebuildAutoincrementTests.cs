using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

[TestClass]
public sealed class RebuildAutoincrementTests
{
    [TestMethod]
    [DataRow("id INTEGER PRIMARY KEY, a TEXT", "id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT")]
    [DataRow("id INTEGER CONSTRAINT pk PRIMARY KEY ASC ON CONFLICT ABORT NOT NULL /* n */, a TEXT",
        "id INTEGER CONSTRAINT pk PRIMARY KEY ASC ON CONFLICT ABORT AUTOINCREMENT NOT NULL /* n */, a TEXT")]
    [DataRow("id INTEGER, a TEXT, CONSTRAINT pk PRIMARY KEY (\"id\") ON CONFLICT FAIL, UNIQUE (a)",
        "id INTEGER, a TEXT, CONSTRAINT pk PRIMARY KEY (\"id\" AUTOINCREMENT) ON CONFLICT FAIL, UNIQUE (a)")]
    public void It_is_given_and_taken(string without, string with)
    {
        using var database = new MigratedDatabase($"CREATE TABLE \"t\" ({without})", "INSERT INTO t VALUES (3, 'x'), (41, 'y')");
        var contents = database.Contents("t");
        database.Migrate(op => op.AlterColumn("t", "id", autoincrement: true));
        Assert.AreEqual($"CREATE TABLE \"t\" ({with})", database.Sql("t"));
        CollectionAssert.AreEqual(contents, database.Contents("t"));
        database.Execute("DELETE FROM t WHERE id = 41");
        database.Migrate(op => op.AlterColumn("t", "id", autoincrement: true,
            nullable: without.Contains("NOT NULL", StringComparison.Ordinal) ? null : true));
        database.Execute("INSERT INTO t (a) VALUES ('z')");
        Assert.AreEqual("42", database.Scalar("SELECT max(id) FROM t"), "numbers are never used again");

        database.Migrate(op => op.AlterColumn("t", "id", autoincrement: false));
        Assert.AreEqual($"CREATE TABLE \"t\" ({without})", database.Sql("t"));
        Assert.AreEqual("", database.Scalar("SELECT * FROM sqlite_sequence"));
        Assert.AreEqual("3\n42", database.Scalar("SELECT id FROM t"));
    }

    [TestMethod]
    [DataRow("id INTEGER, a TEXT")]
    [DataRow("id BIGINT PRIMARY KEY, a TEXT")]
    [DataRow("id INTEGER PRIMARY KEY DESC, a TEXT")]
    [DataRow("id INTEGER, a TEXT, PRIMARY KEY (id, a)")]
    [DataRow("id INTEGER, a INTEGER PRIMARY KEY")]
    public void Where_it_cannot_be_that_is_said(string columns)
    {
        using var database = new MigratedDatabase($"CREATE TABLE t ({columns})", "INSERT INTO t VALUES (3, 5)");
        Assert.Contains("AUTOINCREMENT needs a column that is INTEGER PRIMARY KEY by itself, which 'id' is not",
            database.Refuses(op => op.AlterColumn("t", "id", autoincrement: true)).Message);
    }

    [TestMethod]
    public void A_new_column_can_be_a_counting_key()
    {
        using var database = new MigratedDatabase("CREATE TABLE \"t\" (a TEXT)", "INSERT INTO t VALUES ('x')");
        database.Migrate(op => op.AddColumn("t", new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true)));
        Assert.AreEqual("CREATE TABLE \"t\" (a TEXT, id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT)", database.Sql("t"));
        Assert.AreEqual("x | 1", database.Scalar("SELECT * FROM t"));
    }

    [TestMethod]
    public void Integers_of_any_size_count_as_the_one_type_that_can()
    {
        using var database = new MigratedDatabase("CREATE TABLE other (a TEXT)");
        database.Migrate(op => op.CreateTable("t", [new Column("id", SqlType.BigInteger, primaryKey: true, autoincrement: true)]));
        database.Migrate(op =>
            op.AddColumn("other", new Column("id", SqlType.SmallInteger, primaryKey: true, autoincrement: true)));
        Assert.AreEqual("CREATE TABLE t (\n    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT\n)", database.Sql("t"));
        Assert.AreEqual("CREATE TABLE \"other\" (a TEXT, id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT)", database.Sql("other"));
    }

    [TestMethod]
    public void A_counting_key_with_a_name_stays_when_the_table_is_rebuilt()
    {
        using var database = new MigratedDatabase(
            "CREATE TABLE \"Blogs\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK_Blogs\" PRIMARY KEY AUTOINCREMENT, \"Url\" TEXT NULL)",
            "INSERT INTO Blogs VALUES (7, 'x')", "DELETE FROM Blogs");
        database.Migrate(op => op.AlterColumn("Blogs", "Url", nullable: false));
        Assert.AreEqual(
            "CREATE TABLE \"Blogs\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK_Blogs\" PRIMARY KEY AUTOINCREMENT, \"Url\" TEXT NOT NULL)",
            database.Sql("Blogs"));
        Assert.AreEqual("Blogs | 7", database.Scalar("SELECT * FROM sqlite_sequence"));
    }

    [TestMethod]
    public void A_column_can_become_both_at_once()
    {
        using var database = new MigratedDatabase("CREATE TABLE \"t\" (id BIGINT PRIMARY KEY, a TEXT)", "INSERT INTO t VALUES (3, 'x')");
        database.Migrate(op => op.AlterColumn("t", "id", type: SqlType.Integer, autoincrement: true));
        Assert.AreEqual("CREATE TABLE \"t\" (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)", database.Sql("t"));
        Assert.AreEqual("t | 3", database.Scalar("SELECT * FROM sqlite_sequence"));
    }
}
