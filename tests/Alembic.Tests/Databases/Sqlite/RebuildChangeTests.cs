using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>
/// A change of a table does what was asked for, and nothing else, to the table, its rows and everything that leans on it.
/// </summary>
[TestClass]
public sealed class RebuildChangeTests
{
    private const string Last = "REFERENCES customer (id) ON DELETE CASCADE";

    private static readonly (string What, Action<Op> Change, string From, string To)[] Changes =
    [
        ("not null", op => op.AlterColumn("order", "state", nullable: false), "", ""),
        ("nullable", op => op.AlterColumn("order", "state", nullable: true), "state TEXT DEFAULT 'new' NOT NULL",
            "state TEXT DEFAULT 'new'"),
        ("nullable, with a conflict clause", op => op.AlterColumn("order", "name", nullable: true), " NOT NULL ON CONFLICT FAIL", ""),
        ("type", op => op.AlterColumn("order", "note", type: SqlType.String(80)), "note TEXT", "note VARCHAR(80)"),
        ("type of an odd name", op => op.AlterColumn("order", "odd \"col\"", type: SqlType.Raw("CLOB")), "\"odd \"\"col\"\"\" TEXT",
            "\"odd \"\"col\"\"\" CLOB"),
        ("no type", op => op.AlterColumn("order", "note", type: SqlType.Raw("")), "note TEXT", "note "),
        ("default", op => op.AlterColumn("order", "state", serverDefault: "it's"), "DEFAULT 'new'", "DEFAULT 'it''s'"),
        ("default expression", op => op.AlterColumn("order", "state", serverDefault: Sql.Text("lower('X')")), "DEFAULT 'new'",
            "DEFAULT (lower('X'))"),
        ("new default", op => op.AlterColumn("order", "spare", serverDefault: 5), "spare TEXT", "spare TEXT DEFAULT 5"),
        ("no default", op => op.AlterColumn("order", "odd \"col\"", serverDefault: ServerDefault.None), " DEFAULT 'x''y'", ""),
        ("several of one column", op => op.AlterColumn("order", "state", nullable: true, type: SqlType.String(5), serverDefault: "old"),
            "state TEXT DEFAULT 'new' NOT NULL", "state VARCHAR(5) DEFAULT 'old'"),
        ("check", op => op.CreateCheckConstraint("ck \"x\"", "order", "id < 100"), Last,
            Last + ",\n    CONSTRAINT \"ck \"\"x\"\"\" CHECK (id < 100)"),
        ("unnamed check", op => op.CreateCheckConstraint(null, "order", "id < 100"), Last, Last + ",\n    CHECK (id < 100)"),
        ("unique", op => op.CreateUniqueConstraint("uq_id_note", "order", ["id", "note"]), Last,
            Last + ",\n    CONSTRAINT uq_id_note UNIQUE (id, note)"),
        ("foreign key", op => op.CreateForeignKey("fk_spare", "order", "customer", ["spare"], ["id"], onDelete: "SET NULL"),
            Last, Last + ",\n    CONSTRAINT fk_spare FOREIGN KEY(spare) REFERENCES customer (id) ON DELETE SET NULL"),
        ("no check", op => op.DropConstraint("ck_name", "order"), "    CONSTRAINT ck_name CHECK (length(name) > 0),\n", ""),
        ("no unique", op => op.DropConstraint("uq_name_amount", "order", type: ConstraintType.Unique),
            "    CONSTRAINT uq_name_amount UNIQUE (name, amount),\n", ""),
        ("no foreign key", op => op.DropConstraint("fk_customer", "order", type: ConstraintType.ForeignKey),
            ",\n    CONSTRAINT fk_customer FOREIGN KEY (customer_id) " + Last, ""),
        ("no such constraint, if it exists", op => op.DropConstraint("nothing", "order", ifExists: true), "", ""),
        ("batch", op => op.BatchAlterTable("order", batch =>
            {
                batch.AlterColumn("spare", type: SqlType.String(9));
                batch.AlterColumn("state", nullable: true);
                batch.DropConstraint("ck_name");
                batch.CreateCheckConstraint("ck_id", "id > 0");
            }),
            "", ""),
    ];

    public static IEnumerable<object[]> Indexes => Enumerable.Range(0, Changes.Length).Select(i => new object[] { i, Changes[i].What });

    [TestMethod]
    [DynamicData(nameof(Indexes))]
    public void Only_the_place_that_was_meant_differs(int index, string what)
    {
        var (_, change, from, to) = Changes[index];
        using var database = new MigratedDatabase(Orders.Statements);
        var (sql, others, contents) = (database.Sql("order"), Others(database), database.Contents());

        database.Migrate(change);

        if (what != "batch")
            Assert.AreEqual(from.Length == 0 ? sql : Replaced(sql, from, to), database.Sql("order"));
        Assert.HasCount(1, database.Rebuilds.ToList());
        Assert.AreEqual(others, Others(database));
        Assert.AreEqual(string.Join('\n', contents), string.Join('\n', database.Contents()));
        StillLives(database);
    }

    [TestMethod]
    public void Several_changes_in_one_batch_are_one_rebuild_and_all_done()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        database.Migrate(op => op.BatchAlterTable("order", batch =>
        {
            batch.AlterColumn("spare", type: SqlType.String(9));
            batch.AddColumn(new Column("extra", SqlType.Integer, nullable: false, serverDefault: 7));
            batch.AlterColumn("state", nullable: true);
            batch.DropConstraint("ck_name");
            batch.CreateCheckConstraint("ck_id", "id > 0");
            batch.DropIndex("ix_partial");
            batch.CreateIndex("ix_new", ["extra"]);
        }));

        Assert.HasCount(1, database.Rebuilds.ToList());
        var sql = database.Sql("order");
        foreach (var part in new[]
        {
            "spare VARCHAR(9)", "extra INTEGER DEFAULT 7 NOT NULL", "state TEXT DEFAULT 'new',", "CONSTRAINT ck_id CHECK (id > 0)"
        })
            Assert.Contains(part, sql);
        Assert.DoesNotContain("ck_name", sql);
        Assert.AreEqual("", database.Sql("ix_partial"));
        Assert.AreEqual("CREATE INDEX ix_new ON \"order\" (extra)", database.Sql("ix_new"));
        Assert.AreEqual("1 | 7\n2 | 7\n5 | 7\n9 | 7", database.Scalar("SELECT id, extra FROM \"order\" ORDER BY id"));
        StillLives(database);
    }

    [TestMethod]
    public void A_batch_that_says_always_rebuilds_for_what_could_be_done_in_place()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        database.Migrate(op => op.BatchAlterTable("order", batch => batch.AddColumn(new Column("extra", SqlType.Text)), Recreate.Always));
        Assert.HasCount(1, database.Rebuilds.ToList());
        StillLives(database);
    }

    [TestMethod]
    public void A_batch_that_says_never_rebuilds_nothing()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        database.Migrate(op => op.BatchAlterTable("order", batch => batch.AddColumn(new Column("extra", SqlType.Text)), Recreate.Never));
        Assert.IsEmpty(database.Rebuilds);
        var error = database.Refuses(
            op => op.BatchAlterTable("order", batch => batch.AlterColumn("state", nullable: true), Recreate.Never));
        Assert.AreEqual("SQLite cannot do AlterColumn in place on table 'order', and the batch says Recreate.Never", error.Message);
    }

    [TestMethod]
    public void A_renamed_column_is_renamed_everywhere()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        // Its new.amount is the view's column, which SQLite does not rename.
        database.Execute("DROP TRIGGER tr_instead");
        var rows = database.Contents("order");
        database.Migrate(op => op.AlterColumn("order", "amount", newColumnName: "sum total", nullable: true));

        CollectionAssert.AreEqual(rows, database.Contents("order"));
        Assert.AreEqual("9 | 4 | 5.01", database.Scalar("SELECT id, name, \"sum total\" FROM v_large WHERE id = 9"));
        Assert.Contains("WHERE \"sum total\" > 5 /* large */", database.Sql("ix_partial"));
        Assert.Contains("UPDATE OF \"sum total\"", database.Sql("tr_own"));
        Assert.Contains("UNIQUE (name, \"sum total\")", database.Sql("order"));
        Assert.Contains("CHECK (\"sum total\" >= 0)", database.Sql("order"));
    }

    [TestMethod]
    public void A_comment_is_nothing_that_SQLite_knows()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        var before = database.Everything();
        database.Migrate(op =>
        {
            op.AlterColumn("order", "state", comment: "how far it is");
            op.CreateTableComment("order", "who ordered what");
            op.DropTableComment("order");
        });
        Assert.AreEqual(before, database.Everything());
        Assert.IsEmpty(database.Rebuilds);
    }

    [TestMethod]
    public void A_column_can_be_added_with_whatever_a_column_has()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        var (others, children) = (Others(database), database.Contents("child"));
        database.Migrate(op =>
        {
            op.AddColumn("order", new Column("a", SqlType.Text));
            op.AddColumn("order", new Column("b", SqlType.Boolean, nullable: false, serverDefault: false));
            op.AddColumn("order", new Column("c", SqlType.DateTime, nullable: false, serverDefault: Sql.Text("CURRENT_TIMESTAMP")));
            op.AddColumn("order", new Column("d", SqlType.Text, unique: true));
            op.AddColumn("order",
                new Column("e", SqlType.Integer, foreignKey: new ForeignKey("customer.id", name: "fk_e", onDelete: "CASCADE"),
                    serverDefault: 1));
            op.AddColumn("order", new Column("f", SqlType.Integer, computed: new Computed("amount + 1", persisted: true)));
            op.AddColumn("order", new Column("g", SqlType.Integer, computed: new Computed("amount + 2", persisted: false)));
            op.AddColumn("order", new Column("quo\"te", SqlType.Text, collation: "NOCASE", index: true));
            op.AddColumn("order", new Column("a", SqlType.Text), ifNotExists: true);
        });

        Assert.AreEqual("1 | ∅ | 0 | ∅ | 1 | 11 | 12 | ∅",
            database.Scalar("SELECT id, a, b, d, e, f, g, \"quo\"\"te\" FROM \"order\" WHERE id = 1"));
        Assert.AreEqual("0", database.Scalar("SELECT count(*) FROM \"order\" WHERE c IS NULL OR c NOT LIKE '20%'"));
        Assert.AreEqual(others,
            string.Join('\n', Others(database).Split('\n').Where(line => !line.Contains("ix_order_quo", StringComparison.Ordinal))));
        Assert.Contains("ON \"order\" (\"quo\"\"te\")",
            database.Scalar("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql LIKE '%quo%'"));
        CollectionAssert.AreEqual(children, database.Contents("child"));
        StillLives(database);
    }

    [TestMethod]
    public void A_column_can_be_dropped_with_what_is_about_it_alone()
    {
        using var database = new MigratedDatabase(Orders.Statements);
        database.Execute("CREATE INDEX ix_spare ON \"order\" (spare)");
        var (sql, others) = (database.Sql("order"), Others(database));
        database.Migrate(op =>
        {
            op.DropColumn("order", "spare");
            op.DropColumn("order", "parent_id");
            op.DropColumn("order", "first");
            op.DropColumn("order", "nothing", ifExists: true);
        });

        var expected = sql;
        foreach (var line in new[] { "parent_id INTEGER", "\"first\" TEXT", "spare TEXT" })
            expected = string.Join('\n', expected.Split('\n').Where(l => !l.TrimStart().StartsWith(line, StringComparison.Ordinal)));
        Assert.AreEqual(expected, database.Sql("order"));
        Assert.AreEqual(string.Join('\n', others.Split('\n').Where(l => !l.Contains("ix_spare", StringComparison.Ordinal))),
            Others(database));
        Assert.AreEqual("1 | One | 10 | 20\n2 | two | 2.5 | 5\n5 | DREI | ∅ | ∅\n9 | 4 | 5.01 | 10.02",
            database.Scalar("SELECT id, name, amount, twice FROM \"order\" ORDER BY id"));
        StillLives(database);
    }

    [TestMethod]
    public void Ten_thousand_rows_an_index_a_trigger_and_a_view_survive_phase_three()
    {
        using var database = new MigratedDatabase(
            "CREATE TABLE timeline (id INTEGER PRIMARY KEY, name TEXT NOT NULL, requires_approval BOOLEAN)",
            "CREATE INDEX ix_timeline_name ON timeline (name)",
            "CREATE TABLE log (name TEXT)",
            "CREATE TRIGGER tr_timeline AFTER INSERT ON timeline BEGIN INSERT INTO log VALUES (new.name); END",
            "CREATE VIEW v_open AS SELECT name FROM timeline WHERE requires_approval",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) INSERT INTO timeline SELECT i * 3, 'name ' "
                + "|| i, i % 2 FROM n");
        var (schema, contents) = (database.Schema(), database.Contents());

        database.Migrate(op => op.AlterColumn("timeline", "requires_approval", nullable: false));

        CollectionAssert.AreEqual(contents, database.Contents());
        CollectionAssert.AreEqual(
            schema.Select(s => s.Replace("CREATE TABLE timeline", "CREATE TABLE \"timeline\"", StringComparison.Ordinal)
                .Replace("BOOLEAN)", "BOOLEAN NOT NULL)", StringComparison.Ordinal)).ToList(),
            database.Schema());
        Assert.AreEqual("5000", database.Scalar("SELECT count(*) FROM v_open"));
        Assert.Contains("USING INDEX ix_timeline_name", database.Scalar("EXPLAIN QUERY PLAN SELECT * FROM timeline WHERE name = 'x'"));
        database.Execute("INSERT INTO timeline (name, requires_approval) VALUES ('new', 1)");
        Assert.AreEqual("10001", database.Scalar("SELECT count(*) FROM log"));
    }

    private static string Others(MigratedDatabase database) =>
        string.Join('\n', database.Schema().Where(line => !line.StartsWith("table | order |", StringComparison.Ordinal)));

    private static string Replaced(string sql, string from, string to)
    {
        Assert.HasCount(2, sql.Split(from), from);
        return sql.Replace(from, to, StringComparison.Ordinal);
    }

    private static void StillLives(MigratedDatabase database)
    {
        Assert.AreEqual("", database.Scalar("PRAGMA foreign_key_check"));
        database.Execute("INSERT INTO customer VALUES (3, 'auto')");
        Assert.AreEqual("71 | of auto", database.Scalar("SELECT id, name FROM \"order\" WHERE customer_id = 3"),
            "numbers are never used again");
        var logged = database.Rows("SELECT * FROM log").Count;
        database.Execute("UPDATE \"order\" SET amount = 50 WHERE id = 71");
        Assert.HasCount(logged + 1, database.Rows("SELECT * FROM log"));
        Assert.AreEqual("3", database.Scalar("SELECT n FROM v_of_view"));
        database.Execute("INSERT INTO v_large (name, amount) VALUES ('through the view', 60)");
        Assert.AreEqual("4", database.Scalar("SELECT n FROM v_of_view"));
        Assert.AreEqual("3", database.Scalar("SELECT count(*) FROM child"));
    }
}
