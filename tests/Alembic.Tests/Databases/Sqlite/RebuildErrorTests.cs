using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>What cannot be done is said in words of the user's own tables, and nothing has happened.</summary>
[TestClass]
public sealed class RebuildErrorTests
{
    [TestMethod]
    public void A_column_with_NULLs_cannot_become_NOT_NULL()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        var error = database.Refuses(op => op.AlterColumn("order", "amount", nullable: false));
        Assert.AreEqual("Column 'order.amount' cannot become NOT NULL: it is NULL in 1 row", error.Message);
        Assert.Contains("UPDATE", error.Hint!);
        Assert.AreEqual("Column 'customer.name' cannot become NOT NULL: it is NULL in 1 row",
            database.Refuses(op => op.AlterColumn("customer", "name", nullable: false, type: SqlType.Text, serverDefault: "x")).Message);
    }

    [TestMethod]
    public void A_NOT_NULL_column_without_a_default_needs_an_empty_table()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        var error = database.Refuses(op => op.AddColumn("order", new Column("flag", SqlType.Boolean, nullable: false)));
        Assert.AreEqual(
            "Cannot add the NOT NULL column 'flag' without a server default to table 'order': it has 4 rows that would have no value in it",
            error.Message);

        database.Execute("DELETE FROM child");
        database.Execute("DELETE FROM \"order\"");
        database.Migrate(op => op.AddColumn("order", new Column("flag", SqlType.Boolean, nullable: false)));
        Assert.Contains("flag BOOLEAN NOT NULL", database.Sql("order"));
        database.Execute("INSERT INTO \"order\" (name, flag) VALUES ('next', 1)");
        Assert.AreEqual("71", database.Scalar("SELECT max(id) FROM \"order\""));
    }

    [TestMethod]
    [DataRow("id")]
    [DataRow("name")]
    [DataRow("amount")]
    [DataRow("note")]
    public void A_column_that_others_use_is_not_dropped(string column)
    {
        using var database = new MigratedDatabase(Orders.Statements);
        var error = database.Refuses(op => op.DropColumn("order", column));
        Assert.Contains(column, error.Message);
        Assert.Contains("order", error.Message);
    }

    [TestMethod]
    [DataRow("CREATE VIEW v AS SELECT b FROM t", "the view 'v' needs it")]
    [DataRow("CREATE VIEW v AS SELECT * FROM t WHERE \"B\" > 1", "the view 'v' needs it")]
    [DataRow("CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET b = 1; END", "trigger")]
    [DataRow("CREATE TRIGGER tr AFTER UPDATE OF b ON t BEGIN SELECT 1; END", "trigger")]
    [DataRow("CREATE TRIGGER tr AFTER INSERT ON other BEGIN INSERT INTO t (a, b) VALUES (1, 2); END", "trigger")]
    [DataRow("CREATE TRIGGER tr AFTER DELETE ON other BEGIN UPDATE t SET b = old.x; END", "trigger")]
    [DataRow("CREATE INDEX ix ON t (a, b)", "the index 'ix' needs it")]
    [DataRow("CREATE INDEX ix ON t (a) WHERE b > 1", "the index 'ix' needs it")]
    [DataRow("CREATE INDEX ix ON t (lower(b))", "the index 'ix' needs it")]
    public void A_column_that_something_else_needs_is_not_dropped(string user, string part)
    {
        // With a key of its own the column cannot go in place, without it can.
        foreach (var type in new[] { "TEXT", "TEXT UNIQUE" })
        {
            using var database = new MigratedDatabase(
                $"CREATE TABLE t (a INTEGER, b {type}, c TEXT)", "CREATE TABLE other (x TEXT)", "INSERT INTO t VALUES (1, 'x', 'y')",
                "INSERT INTO other VALUES ('z')", user);
            var error = database.Refuses(op => op.DropColumn("t", "b"));
            Assert.Contains(part, error.Message);
            Assert.StartsWith("Cannot drop column 't.b': ", error.Message);
        }
    }

    [TestMethod]
    [DataRow("CREATE VIEW broken AS SELECT b FROM missing")]
    [DataRow("CREATE VIEW fine AS SELECT a FROM t")]
    [DataRow("CREATE TRIGGER tr AFTER INSERT ON other BEGIN INSERT INTO t (a) VALUES (new.x); END")]
    [DataRow("CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO other VALUES (new.a); END")]
    public void What_does_not_use_the_column_does_not_keep_it(string user)
    {
        foreach (var type in new[] { "TEXT", "TEXT UNIQUE" })
        {
            using var database = new MigratedDatabase(
                $"CREATE TABLE t (a INTEGER, b {type}, c TEXT)", "CREATE TABLE other (x TEXT)", "INSERT INTO t VALUES (1, 'x', 'y')",
                "INSERT INTO other VALUES ('z')", user);
            var text = database.Schema().Single(s => s.Contains(user, StringComparison.Ordinal));
            database.Migrate(op => op.DropColumn("t", "b"));
            Assert.AreEqual("1 | 1 | 'y'", database.Contents("t").Single());
            Assert.Contains(text, database.Schema());
        }
    }

    [TestMethod]
    public void Of_constraints_with_one_name_the_one_of_the_kind_is_dropped_and_none_if_that_is_unclear()
    {
        using var database = new MigratedDatabase(
            "CREATE TABLE t (a INT CONSTRAINT c CHECK (a > 0), b INT, CONSTRAINT c UNIQUE (b), CONSTRAINT d CHECK (a > 1), "
            + "CONSTRAINT d CHECK (b > 1))");
        Assert.Contains("has 2 constraints 'd'", database.Refuses(op => op.DropConstraint("d", "t", type: ConstraintType.Check)).Message);
        database.Migrate(op => op.DropConstraint("c", "t", type: ConstraintType.Unique));
        Assert.AreEqual(
            "CREATE TABLE \"t\" (a INT CONSTRAINT c CHECK (a > 0), b INT, CONSTRAINT d CHECK (a > 1), CONSTRAINT d CHECK (b > 1))",
            database.Sql("t"));
    }

    [TestMethod]
    public void The_only_column_stays()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('x')");
        Assert.Contains("no other columns", database.Fails(op => op.DropColumn("t", "a")).Message);
        database.Execute("CREATE VIEW v AS SELECT 1");
        Assert.Contains("'a' is its only column", database.Fails(op => op.DropColumn("t", "a")).Message);
    }

    private static readonly (string Message, Action<Op> Change)[] Unknown =
    [
        ("No such table: nothing", op => op.AlterColumn("nothing", "a", nullable: false)),
        ("No such table: nothing", op => op.DropColumn("nothing", "a")),
        ("No such table: nothing", op => op.AddColumn("nothing", new Column("a", SqlType.Text, nullable: false))),
        ("No such table: nothing", op => op.DropConstraint("uq", "nothing")),
        ("No such table: v", op => op.AlterColumn("v", "a", nullable: false)),
        ("Table 't' has no column 'nothing'", op => op.AlterColumn("t", "nothing", nullable: false)),
        ("Table 't' has no column 'nothing'", op => op.AlterColumn("t", "nothing", serverDefault: "x")),
        ("Table 't' has no column 'nothing'", op => op.DropColumn("t", "nothing")),
        ("No such constraint: 'nothing' of table 't'", op => op.DropConstraint("nothing", "t", type: ConstraintType.Unique)),
        ("No such index: 'nothing' of table 't'", op => op.BatchAlterTable("t", batch =>
        {
            batch.AlterColumn("a", nullable: false);
            batch.DropIndex("nothing");
        })),
        ("Table 't' has a column 'A' already",
            op => op.BatchAlterTable("t", batch => batch.AddColumn(new Column("A", SqlType.Text)), Recreate.Always)),
    ];

    public static IEnumerable<object[]> UnknownThings =>
        Enumerable.Range(0, Unknown.Length).Select(i => new object[] { i, Unknown[i].Message });

    [TestMethod]
    [DynamicData(nameof(UnknownThings))]
    public void What_is_not_there_is_named(int index, string message)
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a TEXT, b TEXT)", "CREATE VIEW v AS SELECT * FROM t",
            "INSERT INTO t VALUES ('x', 'y')");
        Assert.AreEqual(message, database.Refuses(Unknown[index].Change).Message);
    }

    private static readonly (string Part, Action<Op> Change)[] Violated =
    [
        ("UNIQUE constraint failed: t.b", op => op.CreateUniqueConstraint("uq", "t", ["b"])),
        ("UNIQUE constraint failed: t.b", op => op.CreatePrimaryKey("pk", "t", ["b"])),
        ("CHECK constraint failed: ck", op => op.CreateCheckConstraint("ck", "t", "b <> 'same'")),
        ("cannot store TEXT value in INTEGER column t.b", op => op.AlterColumn("t", "b", type: SqlType.Integer)),
        ("unknown datatype for t.b", op => op.AlterColumn("t", "b", type: SqlType.Boolean)),
        ("FOREIGN KEY constraint failed", op => op.CreateForeignKey("fk", "t", "p", ["a"], ["id"])),
        ("no such column: missing", op => op.CreateCheckConstraint("ck", "t", "missing > 0")),
        ("no such table", op => op.Execute("INSERT INTO missing VALUES (1)")),
    ];

    public static IEnumerable<object[]> Violations =>
        Enumerable.Range(0, Violated.Length).Select(i => new object[] { i, Violated[i].Part });

    [TestMethod]
    [DynamicData(nameof(Violations))]
    public void Rows_that_do_not_fit_are_told_of_the_table_they_are_in(int index, string part)
    {
        using var database = new MigratedDatabase(
            "CREATE TABLE p (id INTEGER PRIMARY KEY)", "CREATE TABLE t (a INTEGER, b TEXT) STRICT",
            "INSERT INTO t VALUES (1, 'same'), (2, 'same')", "CREATE INDEX ix ON t (b)");
        var error = database.Fails(op =>
        {
            op.Execute("INSERT INTO t VALUES (3, 'other')");
            Violated[index].Change(op);
        });
        Assert.Contains(part, error.Message);
        // The connection is as good as new.
        database.Migrate(op => op.AlterColumn("t", "a", serverDefault: 5));
        Assert.AreEqual("1 | 1 | 'same'\n2 | 2 | 'same'", string.Join('\n', database.Contents("t")));
    }

    [TestMethod]
    public void A_failure_after_a_rebuild_takes_the_rebuild_back()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        database.Refuses(op =>
        {
            op.AlterColumn("order", "state", nullable: true);
            op.AddColumn("child", new Column("x", SqlType.Text));
            op.Execute("DELETE FROM log");
            op.AlterColumn("order", "amount", nullable: false);
        });
    }

    [TestMethod]
    public void What_another_tool_left_behind_is_not_touched()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('x')",
            "CREATE TABLE _alembic_tmp_t (a TEXT)", "INSERT INTO _alembic_tmp_t VALUES ('precious')");
        var before = database.Everything();
        var error = Assert.Throws<AlembicException>(() => database.Migrate(op => op.AlterColumn("t", "a", nullable: false)));
        Assert.Contains("'_alembic_tmp_t' exists already", error.Message);
        Assert.AreEqual(before, database.Everything());
    }

    [TestMethod]
    [DataRow(1, "with 1 row: ", "DROP TABLE _alembic_tmp_t")]
    [DataRow(3, "with 3 rows: ", "compare the two")]
    public void What_another_tool_left_behind_is_told_with_the_way_out(int rows, string part, string hint)
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('x'), ('y')",
            "CREATE TABLE _alembic_tmp_t (a TEXT)");
        for (var i = 0; i < rows; i++)
            database.Execute("INSERT INTO _alembic_tmp_t VALUES ('x')");
        var error = Assert.Throws<AlembicException>(() => database.Migrate(op => op.AlterColumn("t", "a", nullable: false)));
        Assert.Contains(part, error.Message);
        Assert.Contains("'t', which has 2 rows,", error.Message);
        Assert.Contains(hint, error.Hint!);
        database.Migrate(op =>
        {
            op.DropTable("_alembic_tmp_t");
            op.AlterColumn("t", "a", nullable: false);
        });
    }

    [TestMethod]
    public void A_table_that_is_there_only_as_a_copy_is_told()
    {
        using var database = new MigratedDatabase("CREATE TABLE _alembic_tmp_t (a TEXT)", "INSERT INTO _alembic_tmp_t VALUES ('x')");
        var error = Assert.Throws<AlembicException>(() => database.Migrate(op => op.AlterColumn("t", "a", nullable: false)));
        Assert.AreEqual("No such table: t", error.Message);
        Assert.Contains("ALTER TABLE \"_alembic_tmp_t\" RENAME TO \"t\"", error.Hint!);
        database.Migrate(op =>
        {
            op.RenameTable("_alembic_tmp_t", "t");
            op.AlterColumn("t", "a", nullable: false);
        });
        Assert.AreEqual("1 | 'x'", database.Contents("t").Single());
    }

    [TestMethod]
    public void A_rebuild_with_enforced_foreign_keys_is_refused_because_it_would_delete_rows_elsewhere()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        database.Execute("PRAGMA foreign_keys=ON");
        var error = database.Refuses(op => op.AlterColumn("order", "state", nullable: true));
        Assert.Contains("foreign_keys", error.Message);
    }
}
