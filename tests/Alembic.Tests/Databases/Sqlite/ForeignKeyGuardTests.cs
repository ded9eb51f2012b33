using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>A migration may not leave rows that point to nothing; what was so before is not its doing.</summary>
[TestClass]
public sealed class ForeignKeyGuardTests
{
    private static readonly string[] Families =
    [
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
        "CREATE TABLE keyed (a TEXT, b TEXT, parent_id INTEGER REFERENCES parent, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "INSERT INTO parent VALUES (1, 'one'), (2, 'two')",
        "INSERT INTO child VALUES (1, 1), (2, 2), (3, NULL)",
        "INSERT INTO keyed VALUES ('x', 'y', 1)",
    ];

    [TestMethod]
    public void Deleting_what_others_point_to_is_refused()
    {
        using var database = new MigratedDatabase(Families);
        var error = database.Refuses(op => op.Execute("DELETE FROM parent WHERE id = 2"));
        Assert.AreEqual("FOREIGN KEY constraint failed: a row of 'child' (rowid 2) points to a row of 'parent' that does not exist",
            error.Message);
        Assert.IsNotNull(error.Hint);
        Assert.Contains("(and 2 more)", database.Refuses(op => op.DropTable("parent")).Message);
    }

    [TestMethod]
    public void Rows_may_point_to_nothing_for_a_while()
    {
        using var database = new MigratedDatabase(Families);
        database.Migrate(op =>
        {
            op.Execute("UPDATE parent SET id = id + 10");
            op.Execute("UPDATE child SET parent_id = parent_id + 10");
            op.Execute("UPDATE keyed SET parent_id = parent_id + 10");
        });
        Assert.AreEqual("11\n12", database.Scalar("SELECT id FROM parent ORDER BY id"));
    }

    [TestMethod]
    public void What_was_wrong_before_is_no_error()
    {
        using var database = new MigratedDatabase([.. Families, "INSERT INTO child VALUES (4, 99)",
            "INSERT INTO keyed VALUES ('p', 'q', 98)"]);
        database.Migrate(op =>
        {
            op.Execute("INSERT INTO parent VALUES (3, 'three')");
            op.AlterColumn("child", "parent_id", type: SqlType.BigInteger);
            op.AlterColumn("parent", "name", nullable: false);
            op.AlterColumn("keyed", "parent_id", type: SqlType.BigInteger);
        });
        Assert.Contains("'child' (rowid 5)", database.Refuses(op => op.Execute("INSERT INTO child VALUES (5, 99)")).Message);
    }

    [TestMethod]
    public void A_new_wrong_row_is_seen_beside_an_old_one_that_looks_the_same()
    {
        using var database = new MigratedDatabase([.. Families, "INSERT INTO keyed VALUES ('p', 'q', 98)"]);
        Assert.Contains("'keyed'", database.Refuses(op => op.Execute("INSERT INTO keyed VALUES ('r', 's', 98)")).Message);
    }

    [TestMethod]
    public void A_key_to_columns_that_are_not_unique_keeps_nobody_from_migrating()
    {
        using var database = new MigratedDatabase([.. Families, "CREATE TABLE odd (name TEXT REFERENCES parent (name))",
            "INSERT INTO odd VALUES ('one')"]);
        database.Migrate(op => op.Execute("UPDATE parent SET name = name || '!'"));
        Assert.AreEqual("one!\ntwo!", database.Scalar("SELECT name FROM parent ORDER BY id"));
        Assert.Contains("'child' (rowid 2)", database.Refuses(op => op.Execute("DELETE FROM parent WHERE id = 2")).Message);
    }

    private static readonly Action<Op>[] Ends =
    [
        op => op.DropIndex("uq_name", "parent"),
        op => op.DropConstraint("uq_code", "parent"),
        op => op.Execute("DROP INDEX uq_name"),
        op => op.BatchAlterTable("parent", batch => batch.DropIndex("uq_name"), Recreate.Always),
        op => op.CreateForeignKey("fk", "child", "parent", ["id"], ["other"]),
    ];

    public static IEnumerable<object[]> EndsOfKeys => Enumerable.Range(0, Ends.Length).Select(i => new object[] { i });

    [TestMethod]
    public void A_new_table_may_point_to_what_is_no_key()
    {
        using var database = new MigratedDatabase();
        database.Migrate(op =>
        {
            op.Execute("CREATE VIEW v AS SELECT 1");
            op.Execute("CREATE TABLE parent (a INT, b INT, PRIMARY KEY (a, b))");
            op.Execute("CREATE TABLE child (a INT REFERENCES parent) STRICT");
        });
        database.Migrate(op => op.RenameTable("child", "renamed"));
        database.Migrate(op => op.AlterColumn("renamed", "a", nullable: false));
    }

    [TestMethod]
    [DynamicData(nameof(EndsOfKeys))]
    public void A_key_whose_target_is_no_longer_unique_is_refused(int index)
    {
        using var database = new MigratedDatabase(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT, code TEXT, other TEXT, CONSTRAINT uq_code UNIQUE (code))",
            "CREATE UNIQUE INDEX uq_name ON parent (name)",
            "CREATE TABLE child (id INTEGER PRIMARY KEY, name TEXT REFERENCES parent (name))",
            "CREATE TABLE coded (code TEXT REFERENCES parent (code))",
            "CREATE TABLE odd (other TEXT REFERENCES parent (other))", "INSERT INTO parent VALUES (1, 'one', 'c', 'o')",
            "INSERT INTO child VALUES (1, 'one')");
        var error = database.Refuses(Ends[index]);
        Assert.StartsWith($"foreign key mismatch - \"{(index == 1 ? "coded" : "child")}\" referencing \"parent\": ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.IsNotNull(error.Hint);
        // With another key in its place, or without the key that points there, it is nobody's loss.
        database.Migrate(op =>
        {
            op.DropIndex("uq_name", "parent");
            op.CreateIndex("uq_name_2", "parent", ["name"], unique: true);
            op.DropTable("coded");
            op.DropConstraint("uq_code", "parent");
        });
        database.Migrate(op => op.DropIndex("uq_nothing", "parent", ifExists: true));
    }

    [TestMethod]
    public void Rows_deleted_through_the_connection_itself_are_seen()
    {
        using var database = new MigratedDatabase(Families);
        var error = database.Refuses(op =>
        {
            using var command = op.Connection.CreateCommand();
            command.Transaction = op.Transaction;
            command.CommandText = "DELETE FROM parent";
            command.ExecuteNonQuery();
        });
        Assert.StartsWith("FOREIGN KEY constraint failed", error.Message);
    }

    [TestMethod]
    public void A_query_that_deletes_is_seen()
    {
        using var database = new MigratedDatabase(Families);
        Assert.StartsWith("FOREIGN KEY constraint failed", database.Refuses(op => op.Query("DELETE FROM parent RETURNING id")).Message);
    }
}
