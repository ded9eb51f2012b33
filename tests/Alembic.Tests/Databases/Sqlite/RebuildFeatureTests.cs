using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>Whatever a table can have or be leaned on by, with rows in it, comes through each kind of change as it was.</summary>
[TestClass]
public sealed class RebuildFeatureTests
{
    // The column x is the last one that is stored, and nothing else is about it.
    private static readonly Dictionary<string, string[]> Features = new()
    {
        ["STRICT"] = ["CREATE TABLE \"t\" (id INTEGER PRIMARY KEY, a ANY, b REAL, x TEXT) STRICT",
            "INSERT INTO t VALUES (1, '007', 1.5, 'x'), (5, 7, 2, NULL), (9, x'00', -0.5, '')"],
        ["WITHOUT ROWID"] = ["CREATE TABLE \"t\" (a TEXT, b INTEGER, x TEXT, PRIMARY KEY (b DESC, a)) WITHOUT ROWID",
            "INSERT INTO t VALUES ('k', 2, 'x'), ('k', 1, NULL), ('j', 2, 'y')"],
        ["AUTOINCREMENT and its sequence"] =
            ["CREATE TABLE \"t\" (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT)", "INSERT INTO t VALUES (3, 'x'), (70, 'gone')",
                "DELETE FROM t WHERE id = 70"],
        ["a sequence of an empty table"] = ["CREATE TABLE \"t\" (id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT)",
            "INSERT INTO t VALUES (70, 'gone')", "DELETE FROM t"],
        ["generated columns, stored"] = ["CREATE TABLE \"t\" (a INTEGER, g INTEGER NOT NULL AS (a * 2) STORED, x TEXT)",
            "INSERT INTO t (a, x) VALUES (1, 'x'), (2, 'y')"],
        ["generated columns, virtual"] = ["CREATE TABLE \"t\" (a INTEGER, g TEXT GENERATED ALWAYS AS (a || '!') VIRTUAL, x TEXT)",
            "INSERT INTO t (a, x) VALUES (1, 'x'), (2, 'y')"],
        ["unnamed CHECK"] = ["CREATE TABLE \"t\" (a INTEGER CHECK (a > 0), b INTEGER, x TEXT, CHECK (a <> b), CHECK (b < 100))",
            "INSERT INTO t VALUES (1, 2, 'x'), (2, 1, 'y')"],
        ["unnamed UNIQUE"] = ["CREATE TABLE \"t\" (a TEXT UNIQUE, b TEXT, c TEXT, x TEXT, UNIQUE (b, c), UNIQUE (c COLLATE NOCASE))",
            "INSERT INTO t VALUES ('a', 'b', 'c', 'x'), ('A', 'b', 'd', 'y')"],
        ["collations"] = ["CREATE TABLE \"t\" (a TEXT COLLATE NOCASE PRIMARY KEY, b COLLATE RTRIM, x TEXT)",
            "CREATE INDEX ix ON t (b COLLATE BINARY)", "INSERT INTO t VALUES ('a', 'b ', 'x'), ('B', 'b', 'y')"],
        ["conflict clauses"] =
        [
            "CREATE TABLE \"t\" (a INTEGER NOT NULL ON CONFLICT IGNORE, b TEXT UNIQUE ON CONFLICT REPLACE, c TEXT, x TEXT, UNIQUE (c) ON "
                + "CONFLICT ROLLBACK, CHECK (a > 0) ON CONFLICT FAIL)",
            "INSERT INTO t VALUES (1, 'b', 'c', 'x'), (2, 'd', 'e', 'y')",
        ],
        ["self references"] =
        [
            "CREATE TABLE \"t\" (id INTEGER PRIMARY KEY, up INTEGER REFERENCES \"t\" (id) ON DELETE CASCADE, x TEXT, FOREIGN KEY (up) "
                + "REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
            "INSERT INTO t VALUES (1, NULL, 'x'), (2, 1, 'y'), (3, 3, 'z')",
        ],
        ["references from other tables"] =
        [
            "CREATE TABLE \"t\" (id INTEGER PRIMARY KEY, a TEXT UNIQUE, x TEXT)", "INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'y')",
            "CREATE TABLE child (id INTEGER REFERENCES t ON DELETE CASCADE, a TEXT REFERENCES t (a) ON UPDATE SET NULL)",
            "INSERT INTO child VALUES (1, 'a'), (2, NULL), (NULL, 'b')",
        ],
        ["references from other tables that are broken already"] =
            ["CREATE TABLE \"t\" (id INTEGER PRIMARY KEY, x TEXT)", "INSERT INTO t VALUES (1, 'x')",
                "CREATE TABLE child (id INTEGER REFERENCES t)", "INSERT INTO child VALUES (1), (99)"],
        ["views"] =
        [
            "CREATE TABLE \"t\" (a INTEGER, b TEXT, x TEXT)", "INSERT INTO t VALUES (1, 'b', 'x'), (2, 'c', 'y')",
            "CREATE VIEW v AS SELECT a, upper(b) AS big FROM \"t\" -- all",
            "CREATE VIEW \"v of v\" (n) AS WITH w AS (SELECT a FROM v) SELECT count(*) FROM w",
        ],
        ["triggers here"] =
        [
            "CREATE TABLE log (what TEXT)", "CREATE TABLE \"t\" (a INTEGER, b TEXT, x TEXT)",
            "CREATE TRIGGER tr_a AFTER UPDATE OF a ON t WHEN new.a > 1 BEGIN INSERT INTO log VALUES (old.a || ';END'); END",
            "CREATE TRIGGER \"tr b\" BEFORE DELETE ON \"t\" BEGIN SELECT CASE WHEN old.a = 1 THEN raise(ABORT, 'kept') END; END",
            "INSERT INTO t VALUES (1, 'b', 'x'), (2, 'c', 'y')",
        ],
        ["triggers elsewhere"] =
        [
            "CREATE TABLE \"t\" (a INTEGER, b TEXT, x TEXT)", "CREATE TABLE other (a INTEGER)",
            "CREATE TRIGGER tr AFTER INSERT ON other BEGIN UPDATE t SET b = 'seen' WHERE a = new.a; END",
            "CREATE VIEW v AS SELECT a FROM t", "CREATE TRIGGER tr_v INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END",
            "INSERT INTO t VALUES (1, 'b', 'x')", "INSERT INTO other VALUES (1)",
        ],
        ["partial and expression indexes"] =
        [
            "CREATE TABLE \"t\" (a INTEGER, b TEXT, x TEXT)", "INSERT INTO t VALUES (1, 'b', 'x'), (20, 'C', 'y')",
            "CREATE UNIQUE INDEX ix_part ON t (a DESC) WHERE a > 10 /* many */",
            "CREATE INDEX \"ix expr\" ON t (lower(b) COLLATE NOCASE DESC, -a, substr(b, 1, 2))",
        ],
        ["sqlite_stat"] = ["CREATE TABLE \"t\" (a INTEGER, x TEXT)", "CREATE INDEX ix ON t (a)",
            "INSERT INTO t VALUES (1, 'x'), (2, 'y'), (2, 'z')", "ANALYZE"],
        ["comments in the text"] =
            ["CREATE TABLE \"t\" ( -- what, it's (for\n    a INTEGER, /* \"first\" ) */\n    -- a line of its own\n    b /* b */ TEXT, "
                + "-- second\n    c TEXT, x TEXT\n    /* the end */\n)", "INSERT INTO t VALUES (1, 'b', 'c', 'x')"],
        ["odd type names"] =
            ["CREATE TABLE \"t\" (a \"my type\", b UNSIGNED BIG INT (10, -2), c, d [x] y, e FLOATING POINT, x TEXT)",
                "INSERT INTO t VALUES ('1', '2', '3', '4', '5', 'x'), (1.5, 'two', x'03', NULL, '5.0', 'y')"],
        ["numbers of rows"] = ["CREATE TABLE \"t\" (a, x TEXT)", "INSERT INTO t VALUES (1, 'x'), (2, 'gone'), (3, 'y')",
            "DELETE FROM t WHERE a = 2", "INSERT INTO t (rowid, a) VALUES (-7, 'minus'), (9223372036854775807, 'max')"],
        ["numbers of rows under another name"] = ["CREATE TABLE \"t\" (rowid TEXT, _rowid_ TEXT, x TEXT)",
            "INSERT INTO t VALUES ('r', 's', 'x'), ('gone', '', '')", "DELETE FROM t WHERE rowid = 'gone'",
            "INSERT INTO t (oid, x) VALUES (41, 'y')"],
        ["a key that is not the number of the row"] = ["CREATE TABLE \"t\" (id INTEGER PRIMARY KEY DESC, x TEXT)",
            "INSERT INTO t (rowid, id, x) VALUES (5, 1, 'x'), (4, 2, 'y')"],
    };

    private static readonly Dictionary<string, (Action<BatchOp> Change, string From, string To, Func<string, string> Row)> Changes = new()
    {
        ["alter"] = (batch => batch.AlterColumn("x", serverDefault: "new"), "x TEXT", "x TEXT DEFAULT 'new'", row => row),
        ["drop"] = (batch => batch.DropColumn("x"), ", x TEXT", "", row => row[..row.LastIndexOf(" | ", StringComparison.Ordinal)]),
        ["add"] = (batch => batch.AddColumn(new Column("y", SqlType.Text)), "x TEXT", "x TEXT, y TEXT", row => $"{row} | NULL"),
        ["rename"] = (batch => batch.AlterColumn("x", newColumnName: "z", serverDefault: "new"), "x TEXT",
            "z TEXT DEFAULT 'new'", row => row),
        ["all of it"] = (batch =>
            {
                batch.AlterColumn("x", type: SqlType.Text);
                batch.AddColumn(new Column("y", SqlType.Text));
                batch.AlterColumn("x", newColumnName: "z");
                batch.CreateCheckConstraint("ck", "z IS NOT 'no'");
                batch.DropConstraint("ck");
                batch.AlterColumn("z", nullable: true, serverDefault: "new");
            },
            "x TEXT", "z TEXT DEFAULT 'new', y TEXT", row => $"{row} | NULL"),
    };

    public static IEnumerable<object[]> Cases =>
        Features.Keys.SelectMany(feature => Changes.Keys.Select(change => new object[] { feature, change }));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_table_comes_through_a_change_with(string feature, string change)
    {
        using var database = new MigratedDatabase(Features[feature]);
        var (alter, from, to, row) = Changes[change];
        var (schema, table, contents, others, broken) = (database.Schema(), database.Sql("t"), database.Contents("t"), Others(database),
            Broken(database));
        Assert.HasCount(2, table.Split(from), table);

        database.Migrate(op => op.BatchAlterTable("t", alter, Recreate.Always));

        Assert.HasCount(1, database.Rebuilds.ToList());
        Same(schema.Select(s => s.Replace(table, table.Replace(from, to, StringComparison.Ordinal), StringComparison.Ordinal)),
            database.Schema());
        Same(contents.Select(row), database.Contents("t"));
        Same(others, Others(database));
        Same(broken, Broken(database));
    }

    private static IEnumerable<string> Others(MigratedDatabase database) =>
        database.Contents().Where(row => !row.StartsWith("t: ", StringComparison.Ordinal)).Concat(Statistics(database));

    private static List<string> Statistics(MigratedDatabase database) =>
        database.Rows("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").Count == 0
        ? []
        : database.Rows("SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY 1, 2");

    private static List<string> Broken(MigratedDatabase database) => database.Rows("PRAGMA foreign_key_check");

    private static void Same(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', actual));
}
