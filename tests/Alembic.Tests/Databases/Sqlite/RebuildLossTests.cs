using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>A new type may convert values, but not so that the old ones could not be had back, unless it is asked for.</summary>
[TestClass]
public sealed class RebuildLossTests
{
    [TestMethod]
    public void What_could_not_be_had_back_is_refused_with_numbers()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a TEXT, b TEXT)",
            "INSERT INTO t VALUES ('7', '1'), ('gone', ''), ('007', '2'), ('abc', '3'), (NULL, '4'), ('1e3', '5')",
            "DELETE FROM t WHERE a = 'gone'");
        var error = database.Refuses(op => op.AlterColumn("t", "a", type: SqlType.Integer));
        Assert.AreEqual(
            "Column 't.a' cannot change from TEXT to INTEGER without loss: the values of 2 rows of 5 could not be restored, the first is "
                + "rowid 3", error.Message);
        Assert.Contains("sqliteUsing: \"CAST(a AS INTEGER)\"", error.Hint!);

        database.Execute("DELETE FROM t WHERE a IN ('007', '1e3')");
        database.Migrate(op => op.AlterColumn("t", "a", type: SqlType.Integer));
        Assert.AreEqual("1 | 7 | '1'\n4 | 'abc' | '3'\n5 | NULL | '4'", string.Join('\n', database.Contents("t")));
        database.Migrate(op => op.AlterColumn("t", "a", type: SqlType.Text));
        Assert.AreEqual("1 | '7' | '1'\n4 | 'abc' | '3'\n5 | NULL | '4'", string.Join('\n', database.Contents("t")));
    }

    [TestMethod]
    [DataRow("TEXT", "'007'", "INTEGER", true)]
    [DataRow("TEXT", "' 7'", "INTEGER", true)]
    [DataRow("TEXT", "'1.50'", "NUMERIC(5, 2)", true)]
    [DataRow("TEXT", "'9007199254740993'", "REAL", true)]
    [DataRow("TEXT", "'7 '", "INTEGER", true)]
    [DataRow("TEXT COLLATE RTRIM", "'7 '", "INTEGER", true)]
    [DataRow("INTEGER", "9007199254740993", "DOUBLE", true)]
    [DataRow("TEXT", "'-12'", "INTEGER", false)]
    [DataRow("TEXT", "'1.5'", "REAL", false)]
    [DataRow("TEXT", "'abc'", "INTEGER", false)]
    [DataRow("TEXT", "x'00'", "INTEGER", false)]
    [DataRow("TEXT", "'007'", "VARCHAR(2)", false)]
    [DataRow("TEXT", "'007'", "BLOB", false)]
    [DataRow("", "'007'", "TEXT", false)]
    [DataRow("", "'007'", "INTEGER", true)]
    [DataRow("INTEGER", "7", "TEXT", false)]
    [DataRow("INTEGER", "7", "REAL", false)]
    [DataRow("REAL", "2.0", "INTEGER", false)]
    [DataRow("REAL", "2.5", "INTEGER", false)]
    [DataRow("BOOLEAN", "1", "INTEGER", false)]
    public void Types_are_as_SQLite_treats_them(string type, string value, string newType, bool isLost)
    {
        foreach (var table in new[]
        {
            "t (id INTEGER PRIMARY KEY, a {0})", "t (id TEXT, a {0})", "t (id TEXT PRIMARY KEY, a {0}) WITHOUT ROWID",
            "t (id TEXT, a {0} PRIMARY KEY) WITHOUT ROWID"
        })
        {
            using var database = new MigratedDatabase($"CREATE TABLE {string.Format(table, type)}", $"INSERT INTO t VALUES (1, {value})");
            var before = database.Scalar("SELECT quote(a) FROM t");
            if (isLost)
            {
                Assert.Contains("the values of 1 row of 1 could not be restored",
                    database.Refuses(op => op.AlterColumn("t", "a", type: SqlType.Raw(newType))).Message);
                continue;
            }
            database.Migrate(op => op.AlterColumn("t", "a", type: SqlType.Raw(newType)));
            database.Migrate(op => op.AlterColumn("t", "a", type: SqlType.Raw(type.Length == 0 ? "BLOB" : type)));
            if (type.Length > 0)
                Assert.AreEqual(before, database.Scalar("SELECT quote(a) FROM t"));
        }
    }

    [TestMethod]
    public void A_conversion_that_is_given_is_made()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
            "INSERT INTO t VALUES (1, '007', 'x'), (2, 'abc', 'y'), (5, NULL, 'z')");
        database.Migrate(op => op.AlterColumn("t", "a", type: SqlType.Integer, sqliteUsing: "CAST(a AS INTEGER) + length(b)"));
        Assert.AreEqual("1 | 1 | 8 | 'x'\n2 | 2 | 1 | 'y'\n5 | 5 | NULL | 'z'", string.Join('\n', database.Contents("t")));
        database.Migrate(op => op.BatchAlterTable("t", batch =>
        {
            batch.AlterColumn("b", sqliteUsing: "b || a", newColumnName: "c");
            batch.AlterColumn("a", newColumnName: "d e");
        }));
        Assert.AreEqual("1 | 1 | 8 | 'x8'\n2 | 2 | 1 | 'y1'\n5 | 5 | NULL | NULL", string.Join('\n', database.Contents("t")));
        Assert.AreEqual("CREATE TABLE \"t\" (id INTEGER PRIMARY KEY, \"d e\" INTEGER, c TEXT)", database.Sql("t"));
    }

    [TestMethod]
    public void A_conversion_that_fails_is_told_of_the_table()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES ('x')");
        Assert.Contains("no such column: missing",
            database.Fails(op => op.AlterColumn("t", "a", type: SqlType.Integer, sqliteUsing: "missing + 1")).Message);
    }

    [TestMethod]
    public void A_strict_table_converts_too()
    {
        using var database = new MigratedDatabase("CREATE TABLE t (a ANY) STRICT", "INSERT INTO t VALUES ('007')");
        Assert.Contains("the values of 1 row of 1 ", database.Refuses(op => op.AlterColumn("t", "a", type: SqlType.Integer)).Message);
    }
}
