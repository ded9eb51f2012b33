using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>Every kind of table that SQLite has stays what it is.</summary>
[TestClass]
public sealed class RebuildTableKindTests
{
    [TestMethod]
    [DataRow("CREATE TABLE \"t\" (a INTEGER, b TEXT) STRICT")]
    [DataRow("CREATE TABLE \"t\" (a INTEGER PRIMARY KEY, b TEXT) STRICT")]
    [DataRow("CREATE TABLE \"t\" (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT)")]
    [DataRow("CREATE TABLE \"t\" (a INTEGER, b TEXT, PRIMARY KEY (b DESC, a)) WITHOUT ROWID")]
    [DataRow("CREATE TABLE \"t\" (a INTEGER, b TEXT, PRIMARY KEY (a)) STRICT, WITHOUT ROWID")]
    [DataRow("CREATE TABLE \"t\" (a INTEGER PRIMARY KEY DESC, b TEXT)")]
    [DataRow("CREATE TABLE \"t\" (a INT PRIMARY KEY ON CONFLICT REPLACE, b TEXT)")]
    [DataRow("CREATE TABLE \"t\" (a, b)")]
    [DataRow("CREATE TABLE \"t\" (a, b, rowid TEXT DEFAULT 'mine')")]
    [DataRow("CREATE TABLE \"t\" (a, b, rowid, _rowid_)")]
    [DataRow("CREATE TABLE \"t\" (a, b, rowid, _rowid_, OID)")]
    [DataRow("CREATE TABLE \"t\" (a, b COLLATE NOCASE UNIQUE ON CONFLICT IGNORE, CHECK (\"a\" > 0) ON CONFLICT FAIL)")]
    [DataRow("CREATE TABLE \"t\" (a, b, c AS (a || b), d NOT NULL AS (a + 1) STORED, UNIQUE (b, a))")]
    [DataRow("CREATE TABLE \"t\" (a -- 'one' \"two\" (\n, /* ) */ b /* end */)")]
    [DataRow("CREATE TABLE \"t\" (a REFERENCES t (a), b DEFAULT (abs(-1)), FOREIGN KEY (b) REFERENCES t)")]
    [DataRow("CREATE TABLE \"t\"(a,b)")]
    public void What_it_was_made_with_is_kept_with_every_row_and_its_number(string sql)
    {
        using var database = new MigratedDatabase(sql, "INSERT INTO t (a, b) VALUES (1, 'one'), (20, 'two'), (3, 'three')",
            "DELETE FROM t WHERE a = 20", "INSERT INTO t (a, b) VALUES (7, 'x''y'), (500, '')");
        database.Execute("CREATE INDEX ix ON t (b DESC, a) WHERE a > 2");
        var (schema, contents) = (database.Schema(), database.Contents());

        database.Migrate(op => op.AlterColumn("t", "b", serverDefault: "new"));
        Assert.HasCount(1, database.Rebuilds.ToList());
        CollectionAssert.AreEqual(contents, database.Contents());
        Assert.AreEqual(schema[0], database.Schema()[0]);

        database.Migrate(op => op.AlterColumn("t", "b", serverDefault: ServerDefault.None));
        CollectionAssert.AreEqual(contents, database.Contents());
        CollectionAssert.AreEqual(schema.Select(s => s.Replace(" DEFAULT (abs(-1))", "", StringComparison.Ordinal)).ToList(),
            database.Schema());
    }

    [TestMethod]
    [DataRow("order")]
    [DataRow("quo\"te")]
    [DataRow("it's [here]")]
    [DataRow("two\nlines -- no comment")]
    [DataRow("größe 😀")]
    [DataRow("a.b")]
    [DataRow("main")]
    [DataRow("Table")]
    [DataRow("sqlite")]
    [DataRow("_alembic_tmp_t")]
    [DataRow(" ")]
    [DataRow("%s {0} @p")]
    public void Any_name_is_a_name(string name)
    {
        using var database = new MigratedDatabase();
        database.Migrate(op =>
        {
            op.CreateTable(name, [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true),
                new Column(name, SqlType.Text, index: true), new Column("parent", SqlType.Integer)]);
            op.BulkInsert(name, ["id", name], [[1, name], [5, null]]);
            op.AlterColumn(name, name, serverDefault: name);
            op.AddColumn(name, new Column(name + "2", SqlType.Text, nullable: false, serverDefault: name));
            op.CreateUniqueConstraint(name, name, [name, "id"]);
            op.CreateCheckConstraint(name + "!", name, "id > 0");
            op.CreateIndex(name + "?", name, [name + "2", Sql.Text("lower(id)")], where: "id > 1");
            op.AlterColumn(name, name, newColumnName: name + "3", type: SqlType.String(50));
            op.RenameTable(name, name + "4");
            op.DropIndex(name + "?", name + "4");
            op.DropConstraint(name, name + "4");
            op.DropConstraint(name + "!", name + "4");
            op.DropColumn(name + "4", name + "2");
            op.AlterColumn(name + "4", name + "3", nullable: true, serverDefault: ServerDefault.None);
        });
        CollectionAssert.AreEqual(new[] { $"1 | 1 | '{name.Replace("'", "''", StringComparison.Ordinal)}' | NULL", "5 | 5 | NULL | NULL" },
            database.Contents(name + "4"));
        Assert.AreEqual("5", database.Scalar("SELECT seq FROM sqlite_sequence"));
        database.Migrate(op => op.DropTable(name + "4"));
        Assert.IsEmpty(database.Rows("SELECT * FROM sqlite_schema WHERE name <> 'sqlite_sequence'"));
    }

    [TestMethod]
    public void The_name_is_spelled_as_the_database_has_it()
    {
        using var database = new MigratedDatabase("CREATE TABLE \"Timeline\" (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)",
            "INSERT INTO timeline VALUES (8, 'x')", "DELETE FROM timeline");
        database.Migrate(op => op.AlterColumn("TIMELINE", "A", nullable: false));
        Assert.AreEqual("CREATE TABLE \"Timeline\" (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL)", database.Sql("Timeline"));
        Assert.AreEqual("Timeline | 8", database.Scalar("SELECT * FROM sqlite_sequence"));
    }

    [TestMethod]
    public void A_primary_key_can_be_given_and_another_one_after_it()
    {
        using var database = new MigratedDatabase("CREATE TABLE \"t\" (id INTEGER, a TEXT)", "INSERT INTO t VALUES (7, 'x'), (9, 'y')",
            "CREATE INDEX ix ON t (a)");
        database.Migrate(op => op.CreatePrimaryKey("pk_t", "t", ["id"]));
        Assert.AreEqual("CREATE TABLE \"t\" (id INTEGER, a TEXT, CONSTRAINT pk_t PRIMARY KEY (id))", database.Sql("t"));
        Assert.AreEqual("7 | 7 | 'x'\n9 | 9 | 'y'", string.Join('\n', database.Contents("t")));
        database.Migrate(op => op.CreatePrimaryKey("pk_t", "t", ["a", "id"]));
        Assert.AreEqual("CREATE TABLE \"t\" (id INTEGER, a TEXT, CONSTRAINT pk_t PRIMARY KEY (a, id))", database.Sql("t"));
        database.Migrate(op => op.DropConstraint("pk_t", "t", type: ConstraintType.PrimaryKey));
        Assert.AreEqual("CREATE TABLE \"t\" (id INTEGER, a TEXT)", database.Sql("t"));
        Assert.AreEqual("7 | 'x'\n9 | 'y'", database.Scalar("SELECT id, quote(a) FROM t ORDER BY id"));
        Assert.AreEqual("CREATE INDEX ix ON t (a)", database.Sql("ix"));
    }

    [TestMethod]
    public void AUTOINCREMENT_remembers_even_when_no_row_is_left()
    {
        using var database = new MigratedDatabase(
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)",
            "CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)",
            "INSERT INTO t VALUES (41, 'x')", "INSERT INTO u VALUES (3, 'x')", "DELETE FROM t");
        database.Migrate(op =>
        {
            op.AlterColumn("t", "a", nullable: false);
            op.AlterColumn("u", "a", nullable: false);
        });
        database.Execute("INSERT INTO t (a) VALUES ('next')");
        Assert.AreEqual("42", database.Scalar("SELECT id FROM t"));
        Assert.AreEqual("t | 42\nu | 3", database.Scalar("SELECT name, seq FROM sqlite_sequence ORDER BY name"));
    }

    [TestMethod]
    public void A_table_in_a_named_schema_is_rebuilt_there()
    {
        using var database = new MigratedDatabase(
            "ATTACH ':memory:' AS aux", "CREATE TABLE aux.t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)", "CREATE INDEX aux.ix ON t (a)",
            "CREATE TRIGGER aux.tr AFTER INSERT ON t BEGIN DELETE FROM t WHERE id = 1; END",
            "CREATE TABLE t (other TEXT)", "INSERT INTO t VALUES ('untouched')", "INSERT INTO aux.t VALUES (9, 'x')");
        var before = database.Rows("SELECT name, sql FROM aux.sqlite_schema ORDER BY name");
        database.Migrate(op =>
        {
            op.AlterColumn("t", "a", nullable: false, schema: "aux");
            op.CreateIndex("ix2", "t", ["id"], schema: "aux");
            op.AlterColumn("t", "other", nullable: false, schema: "main");
            op.DropIndex("ix2", "t", schema: "aux");
        });
        CollectionAssert.AreEqual(
            before.Select(s => s.Replace("TABLE t", "TABLE \"t\"", StringComparison.Ordinal)
                .Replace("a TEXT", "a TEXT NOT NULL", StringComparison.Ordinal)).ToList(),
            database.Rows("SELECT name, sql FROM aux.sqlite_schema ORDER BY name"));
        Assert.AreEqual("9 | x", database.Scalar("SELECT * FROM aux.t"));
        Assert.AreEqual("t | 9", database.Scalar("SELECT * FROM aux.sqlite_sequence"));
        Assert.AreEqual("1 | 'untouched'", database.Contents("t").Single());
        Assert.AreEqual("CREATE TABLE \"t\" (other TEXT NOT NULL)", database.Sql("t"));
    }

    [TestMethod]
    public void A_virtual_table_is_not_rebuilt()
    {
        using var database = new MigratedDatabase("CREATE VIRTUAL TABLE words USING fts5(word)", "INSERT INTO words VALUES ('hello')");
        var error = Assert.Throws<AlembicException>(() => database.Migrate(op => op.AlterColumn("words", "word", nullable: false)));
        Assert.Contains("words", error.Message);
        Assert.AreEqual("hello", database.Scalar("SELECT word FROM words WHERE words MATCH 'hello'"));
    }

    [TestMethod]
    public void Statistics_of_the_query_planner_are_kept()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a INTEGER, b TEXT)", "CREATE INDEX ix ON t (a)",
            "INSERT INTO t VALUES (1, 'x'), (2, 'y')", "ANALYZE");
        var before = database.Rows("SELECT tbl, idx, stat FROM sqlite_stat1");
        database.Migrate(op => op.AlterColumn("t", "b", nullable: false));
        CollectionAssert.AreEqual(before, database.Rows("SELECT tbl, idx, stat FROM sqlite_stat1"));
    }
}
