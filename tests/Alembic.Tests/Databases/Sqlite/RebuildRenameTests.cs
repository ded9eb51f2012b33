using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>A rename amid other changes of a batch costs no second rebuild, and means what it would mean by itself.</summary>
[TestClass]
public sealed class RebuildRenameTests
{
    private const string TriggerOfChild = "CREATE TRIGGER tr_child AFTER INSERT ON child BEGIN UPDATE t SET b = 'new' WHERE a = new.a; END";

    private static readonly string[] Table =
    [
        "CREATE TABLE \"t\" (id INTEGER PRIMARY KEY, a TEXT UNIQUE CHECK (a <> ''), b TEXT, c TEXT REFERENCES \"t\" (a))",
        "CREATE UNIQUE INDEX ix_a ON t (a) WHERE a > 'A'",
        "CREATE VIEW v AS SELECT a, b FROM t", "CREATE TABLE child (a TEXT REFERENCES t (a))", "CREATE TABLE log (x TEXT)",
        "CREATE TRIGGER tr AFTER UPDATE OF a ON t BEGIN INSERT INTO log VALUES (old.a || new.a); END",
        "INSERT INTO t VALUES (1, 'x', 'y', NULL), (9, 'z', NULL, 'x')", "INSERT INTO child VALUES ('x')", TriggerOfChild,
    ];

    private static void Migrate(MigratedDatabase database, int rebuilds, Action<BatchOp> changes)
    {
        database.Migrate(op => op.BatchAlterTable("t", changes));
        Assert.HasCount(rebuilds, database.Rebuilds.ToList());
    }

    [TestMethod]
    public void Before_behind_and_between_other_changes()
    {
        Action<BatchOp> rename = batch => batch.AlterColumn("a", newColumnName: "new a");
        Action<BatchOp> before = batch => batch.AlterColumn("a", serverDefault: "d");
        Action<BatchOp> behind = batch => batch.CreateCheckConstraint("ck", "\"new a\" <> b");
        foreach (var order in new[] { rename + behind, before + rename, before + rename + behind })
        {
            using var database = new MigratedDatabase(Table);
            var contents = database.Contents();
            Migrate(database, 1, order);
            CollectionAssert.AreEqual(contents, database.Contents());
            var sql = database.Sql("t");
            Assert.Contains("\"new a\" TEXT", sql);
            Assert.Contains("CHECK (\"new a\" <> '')", sql);
            Assert.Contains("REFERENCES \"t\" (\"new a\")", sql);
            Assert.Contains("(\"new a\") WHERE \"new a\" > 'A'", database.Sql("ix_a"));
            Assert.Contains("UPDATE OF \"new a\"", database.Sql("tr"));
            Assert.Contains("WHERE \"new a\" = new.a", database.Sql("tr_child"));
            Assert.Contains("REFERENCES t (\"new a\")", database.Sql("child"));
            Assert.AreEqual("x | y", database.Scalar("SELECT * FROM v WHERE \"new a\" = 'x'"));
            database.Execute("UPDATE t SET \"new a\" = 'w' WHERE id = 9");
            Assert.AreEqual("zw", database.Scalar("SELECT x FROM log"));
            Assert.AreEqual("", database.Scalar("PRAGMA foreign_key_check(child)"));
        }
    }

    [TestMethod]
    public void Beside_a_trigger_that_is_broken()
    {
        string[] broken =
        [
            "CREATE TRIGGER stale AFTER INSERT ON log BEGIN INSERT INTO gone VALUES (1); END",
            "CREATE TRIGGER \"of t\" AFTER DELETE ON t BEGIN DELETE FROM gone; END",
        ];
        Action<Op>[] changes =
        [
            op => op.AlterColumn("t", "a", newColumnName: "new a"), op => op.RenameTable("t", "renamed"), op => op.DropColumn("log", "y"),
        ];
        foreach (var change in changes)
        {
            using var database = new MigratedDatabase(
                [.. Table, "ALTER TABLE log ADD y TEXT", "CREATE TABLE gone (id)", .. broken, "DROP TABLE gone"]);
            database.Migrate(change);
            Assert.AreEqual(broken[0], database.Sql("stale"));
            Assert.AreEqual(change == changes[1] ? broken[1].Replace("ON t", "ON renamed", StringComparison.Ordinal) : broken[1],
                database.Sql("of t"));
            // One of the same table that works follows the new name.
            Assert.IsTrue(change != changes[0] || database.Sql("tr").Contains("new a", StringComparison.Ordinal));
        }
    }

    [TestMethod]
    public void To_the_same_name_in_other_letters()
    {
        using var database = new MigratedDatabase(Table);
        database.Migrate(op =>
        {
            op.RenameTable("t", "T");
            op.AlterColumn("T", "a", newColumnName: "A");
        });
        Assert.StartsWith("CREATE TABLE \"T\" (id INTEGER PRIMARY KEY, \"A\" TEXT", database.Sql("T"));
        Assert.AreEqual("x | y", database.Scalar("SELECT * FROM v WHERE a = 'x'"));
    }

    [TestMethod]
    public void Beside_a_view_that_is_broken()
    {
        string[] broken =
        [
            "CREATE VIEW \"a stale\" AS SELECT id FROM gone", "CREATE VIEW \"of it\" AS SELECT a.id, t.b FROM \"a stale\" a, t",
            "CREATE TRIGGER instead INSTEAD OF INSERT ON \"a stale\" BEGIN INSERT INTO log VALUES ('x'); END",
        ];
        Action<Op> column = op => op.AlterColumn("t", "a", newColumnName: "new a");
        Action<Op> rebuild = op => op.BatchAlterTable("t", batch =>
        {
            batch.AlterColumn("a", serverDefault: "d");
            batch.AlterColumn("a", newColumnName: "new a");
        });
        foreach (var change in new[] { column, rebuild, op => op.RenameTable("t", "renamed") })
        {
            using var database = new MigratedDatabase([.. Table, "CREATE TABLE gone (id)", .. broken, "DROP TABLE gone"]);
            database.Migrate(change);
            CollectionAssert.AreEqual(broken, new[] { "a stale", "of it", "instead" }.Select(database.Sql).ToList());
            Assert.IsTrue(new[] { "new a", "renamed" }.Any(name => database.Sql("v").Contains(name, StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void In_a_chain()
    {
        using var database = new MigratedDatabase(Table);
        Migrate(database, 1, batch =>
        {
            batch.AlterColumn("b", nullable: true, serverDefault: "d");
            batch.AlterColumn("b", newColumnName: "b2");
            batch.AlterColumn("b2", type: SqlType.String(5));
            batch.AlterColumn("b2", newColumnName: "b3");
            batch.CreateIndex("ix_b3", ["b3"]);
        });
        Assert.Contains("b3 VARCHAR(5) DEFAULT 'd'", database.Sql("t"));
        Assert.AreEqual("CREATE INDEX ix_b3 ON t (b3)", database.Sql("ix_b3"));
        Assert.AreEqual("y", database.Scalar("SELECT b3 FROM v WHERE a = 'x'"));
    }

    [TestMethod]
    public void To_the_name_of_a_column_that_goes()
    {
        using var database = new MigratedDatabase(Table);
        Migrate(database, 1, batch =>
        {
            batch.DropColumn("c");
            batch.AlterColumn("b", newColumnName: "c");
        });
        Assert.AreEqual("CREATE TABLE \"t\" (id INTEGER PRIMARY KEY, a TEXT UNIQUE CHECK (a <> ''), c TEXT)", database.Sql("t"));
        Assert.AreEqual("1 | x | y\n9 | z | ∅", database.Scalar("SELECT * FROM t"));
    }

    [TestMethod]
    public void In_a_ring()
    {
        using var database = new MigratedDatabase(Table);
        Migrate(database, 1, batch =>
        {
            batch.AlterColumn("b", serverDefault: "d");
            batch.AlterColumn("b", newColumnName: "tmp");
            batch.AlterColumn("c", newColumnName: "b");
            batch.AlterColumn("tmp", newColumnName: "c");
            batch.AlterColumn("c", serverDefault: "e");
            batch.AddColumn(new Column("tmp", SqlType.Text));
            batch.AlterColumn("tmp", newColumnName: "d");
        });
        Assert.Contains("c TEXT DEFAULT 'e'", database.Sql("t"));
        Assert.AreEqual("1 | x | y | ∅ | ∅\n9 | z | ∅ | x | ∅", database.Scalar("SELECT id, a, c, b, d FROM t"));
    }

    [TestMethod]
    public void What_a_trigger_needs_is_not_dropped_under_its_new_name()
    {
        using var database = new MigratedDatabase(Table);
        var error = database.Refuses(op => op.BatchAlterTable("t", batch =>
        {
            batch.DropIndex("ix_a");
            batch.AlterColumn("id", nullable: false);
            batch.AlterColumn("b", newColumnName: "renamed");
            batch.DropColumn("renamed");
        }));
        Assert.Contains("'t.renamed': a trigger names it", error.Message);
    }

    [TestMethod]
    public void A_name_that_is_taken_is_an_error()
    {
        using var database = new MigratedDatabase(Table);
        database.Fails(op => op.BatchAlterTable("t", batch =>
        {
            batch.AlterColumn("b", serverDefault: "d");
            batch.AlterColumn("b", newColumnName: "A");
        }));
    }
}
