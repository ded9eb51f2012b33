using Alembic.Operations;
using Alembic.Schema;
using MySqlConnector;

namespace Alembic.Tests.Databases.MySql;

/// <summary>Each operation on a real MariaDB, on a table with rows.</summary>
[TestClass]
public sealed class MySqlOperationTests
{
    // A column with everything that MODIFY forgets.
    private const string Rich =
        "varchar(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it\\'s \\\\' COMMENT 'shown, (to) ''all'''";

    [TestMethod, DoNotParallelize]
    public void A_hundred_thousand_rows_are_inserted_in_bounded_memory()
    {
        using var database = new MariaDbDatabase();
        database.Op.Execute("CREATE TABLE many (id INTEGER PRIMARY KEY, name TEXT, amount DOUBLE)");
        var rows = new ManyRows(database.Log.Clear);
        database.Op.BulkInsert("many", ["id", "name", "amount"], rows.Values());
        rows.AssertBounded();
        Assert.AreEqual("100000|5000050000|33333", database.Rows("SELECT count(*), sum(id), count(*) - count(amount) FROM many"));
    }

    [TestMethod]
    [DataRow("mysql")]
    [DataRow("mariadb")]
    public void A_column_that_checks_name_gets_another_name(string kind)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind));
        database.Op.Execute("CREATE TABLE t (id int PRIMARY KEY, `a b` varchar(20), c int, "
            + "CONSTRAINT ck1 CHECK (`a b` <> 'it''s `a b`, (\\\\'), "
            + "CONSTRAINT `ck, 2` CHECK (c > 0 OR `a b` IN ('x', 'y')), CONSTRAINT other CHECK (c <> 7))");
        database.Op.Execute("INSERT INTO t VALUES (1, 'x', 1)");
        database.Op.AlterColumn("t", "a b", newColumnName: "new");
        var renamed = database.Definition("t");
        Assert.AreEqual("1|x|1", database.Rows("SELECT id, new, c FROM t"));
        Assert.Throws<System.Data.Common.DbException>(() => database.Op.Execute("INSERT INTO t VALUES (2, 'it''s `a b`, (\\\\', 1)"));
        Assert.Throws<System.Data.Common.DbException>(() => database.Op.Execute("INSERT INTO t VALUES (2, 'z', 0)"));
        Assert.Throws<System.Data.Common.DbException>(() => database.Op.Execute("INSERT INTO t VALUES (2, 'x', 7)"));
        database.Op.AlterColumn("t", "new", newColumnName: "a b");
        database.Op.AlterColumn("t", "a b", newColumnName: "new");
        Assert.AreEqual(renamed, database.Definition("t"));
    }

    [TestMethod]
    public void A_foreign_key_to_what_is_no_key_is_refused_before_it_is_sent_on_mysql()
    {
        using var database = new MariaDbDatabase(MySqlServer.Of("mysql"));
        database.Op.Execute("CREATE TABLE p (id int PRIMARY KEY, a int, b int, KEY ix (a), UNIQUE KEY uq (b, a))");
        database.Op.Execute("CREATE TABLE c (id int PRIMARY KEY, x int, y int)");
        Column Id() => new("id", SqlType.Integer, primaryKey: true);
        Action<Op>[] refused =
        [
            op => op.CreateForeignKey("fk", "c", "p", ["x"], ["a"]),
            op => op.CreateForeignKey("fk", "c", "p", ["x", "y"], ["a", "b"]),
            op => op.AddColumn("c", new Column("z", SqlType.Integer, foreignKey: new ForeignKey("p.a"))),
            op => op.CreateTable("d", [Id(), new Column("z", SqlType.Integer, foreignKey: new ForeignKey("p.a"))]),
            op => op.CreateTable("d", [Id(), new Column("z", SqlType.Integer), new ForeignKeyConstraint(["z"], ["d.z"], "fk")]),
        ];
        foreach (var make in refused)
        {
            database.Log.Clear();
            var told = Assert.ThrowsExactly<AlembicException>(() => make(database.Op));
            Assert.Contains("is not a key, and a foreign key of MySQL must point to one", told.Message);
            Assert.Contains("CreateUniqueConstraint", told.Hint!);
            Assert.IsFalse(database.Log.Any(text => text.StartsWith("ALTER", StringComparison.Ordinal)
                || text.StartsWith("CREATE", StringComparison.Ordinal)), string.Join('\n', database.Log));
        }
        database.Op.CreateForeignKey("fk1", "c", "p", ["x"], ["id"]);
        database.Op.CreateForeignKey("fk2", "c", "p", ["x", "y"], ["b", "a"]);
        database.Op.Execute("SET SESSION restrict_fk_on_non_standard_key = OFF");
        database.Op.CreateForeignKey("fk3", "c", "p", ["x"], ["a"]);
    }

    [TestMethod]
    public void A_schema_is_dropped_only_if_it_is_empty()
    {
        using var database = new MariaDbDatabase();
        database.Op.CreateSchema("alembic_schema_in_use");
        database.Op.CreateTable("item", [new Column("id", SqlType.Integer)], schema: "alembic_schema_in_use");
        var refused = Assert.ThrowsExactly<AlembicException>(() => database.Op.DropSchema("alembic_schema_in_use"));
        Assert.AreEqual("The schema 'alembic_schema_in_use' is not empty", refused.Message);
        database.Op.DropTable("item", schema: "alembic_schema_in_use");
        database.Op.DropSchema("alembic_schema_in_use");
    }

    [TestMethod]
    public void A_table_numbers_its_key_and_takes_rows()
    {
        using var database = WithRows();
        database.Op.BulkInsert("account", [new { name = "cyd 🐘 \\ 'x'", note = (string?)null }]);
        Assert.AreEqual("1|ada|x; 2|bob|∅; 3|cyd 🐘 \\ 'x'|∅", database.Rows("SELECT id, name, note FROM account ORDER BY id"));
    }

    [TestMethod]
    [DataRow("nullable", "NULL DEFAULT 'it''s \\\\' COMMENT 'shown, (to) ''all'''", "latin1_bin", "varchar(20)")]
    [DataRow("type", "NOT NULL DEFAULT 'it''s \\\\' COMMENT 'shown, (to) ''all'''", "latin1_bin", "varchar(40)")]
    [DataRow("default", "NOT NULL DEFAULT 'new' COMMENT 'shown, (to) ''all'''", "latin1_bin", "varchar(20)")]
    [DataRow("no default", "NOT NULL COMMENT 'shown, (to) ''all'''", "latin1_bin", "varchar(20)")]
    [DataRow("comment", "NOT NULL DEFAULT 'it''s \\\\' COMMENT 'new'", "latin1_bin", "varchar(20)")]
    [DataRow("no comment", "NOT NULL DEFAULT 'it''s \\\\'", "latin1_bin", "varchar(20)")]
    [DataRow("name", "NOT NULL DEFAULT 'it''s \\\\' COMMENT 'shown, (to) ''all'''", "latin1_bin", "varchar(20)")]
    public void A_facet_changes_alone(string facet, string rest, string collation, string type)
    {
        using var database = new MariaDbDatabase();
        database.Op.Execute($"CREATE TABLE t (id int PRIMARY KEY, a {Rich}, b int)");
        database.Op.Execute("INSERT INTO t VALUES (1, 'one', 2)");
        database.Op
            .Execute(
                $"CREATE TABLE wanted (id int PRIMARY KEY, {(facet == "name" ? "z" : "a")} {type} CHARACTER SET latin1 COLLATE "
                    + $"{collation} {rest}, b int)");
        database.Run([facet switch
        {
            "nullable" => new AlterColumn("t", "a") { Nullable = true },
            "type" => new AlterColumn("t", "a") { Type = SqlType.String(40) },
            "default" => new AlterColumn("t", "a") { ServerDefault = "new" },
            "no default" => new AlterColumn("t", "a") { ServerDefault = ServerDefault.None },
            "comment" => new AlterColumn("t", "a") { Comment = "new" },
            "no comment" => new AlterColumn("t", "a") { Comment = "" },
            _ => new AlterColumn("t", "a") { NewName = "z" },
        }]);
        Assert.AreEqual(database.Definition("wanted").Replace("`wanted`", "`t`"), database.Definition("t"));
        Assert.AreEqual("1|one|2", database.Rows("SELECT * FROM t"));
    }

    [TestMethod]
    [DataRow("timestamp(6) NULL DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6) COMMENT 'x'")]
    [DataRow("int(11) NOT NULL DEFAULT -1 COMMENT 'x'")]
    [DataRow("int(11) DEFAULT (1 + 2) COMMENT 'x' CHECK (`a` > 0 and `a` <> 5)")]
    [DataRow("longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL COMMENT 'x' CHECK (json_valid(`a`))")]
    [DataRow("int(11) GENERATED ALWAYS AS (`id` + 1) STORED COMMENT 'x'")]
    [DataRow("int(11) INVISIBLE DEFAULT 7 COMMENT 'x'")]
    [DataRow("enum('a,b','it''s','c)') NOT NULL DEFAULT 'it''s' COMMENT 'x'")]
    public void A_rename_and_a_comment_keep_what_is_special_about_a_column(string definition)
    {
        using var database = new MariaDbDatabase();
        database.Op.Execute($"CREATE TABLE t (id int PRIMARY KEY, a {definition})");
        var before = database.Definition("t");
        database.Op.AlterColumn("t", "a", newColumnName: "NULL", comment: "y");
        Assert.AreEqual(before.Replace("`a`", "`NULL`").Replace("COMMENT 'x'", "COMMENT 'y'"), database.Definition("t"));
        database.Op.AlterColumn("t", "NULL", newColumnName: "a", comment: "x");
        Assert.AreEqual(before, database.Definition("t"));
    }

    [TestMethod]
    public void Several_facets_change_at_once_and_rows_stay()
    {
        using var database = WithRows();
        database.Op.AlterColumn("account", "name", nullable: true, type: SqlType.Text, serverDefault: Sql.Text("upper('x')"),
            newColumnName: "title", comment: "it's \\ shown");
        var column = database.Column("account", "title");
        Assert.AreEqual((SqlType.Text, true, "it's \\ shown"), (column.Type, column.Nullable, column.Comment));
        database.Op.Execute("INSERT INTO account (note) VALUES ('n')");
        Assert.AreEqual("ada; bob; X", database.Rows("SELECT title FROM account ORDER BY id"));
    }

    [TestMethod]
    public void A_column_without_its_default_takes_rows_that_leave_it_out()
    {
        using var database = WithRows();
        database.Op.AlterColumn("account", "note", serverDefault: "d");
        database.Op.AlterColumn("account", "note", serverDefault: ServerDefault.None);
        database.Op.Execute("INSERT INTO account (name) VALUES ('cyd')");
        Assert.AreEqual("∅", database.Rows("SELECT note FROM account WHERE name = 'cyd'"));
    }

    [TestMethod]
    public void A_key_becomes_numbered_and_stays_so()
    {
        using var database = new MariaDbDatabase();
        database.Op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false)]);
        database.Op.AlterColumn("t", "id", autoincrement: true);
        database.Op.AlterColumn("t", "id", type: SqlType.BigInteger);
        Assert.IsTrue(database.Column("t", "id").Autoincrement);
        Assert.AreEqual(SqlType.BigInteger, database.Column("t", "id").Type);
    }

    [TestMethod]
    public void An_unknown_column_is_named()
    {
        using var database = WithRows();
        Assert.AreEqual("Table 'account' has no column 'nope'",
            Assert.ThrowsExactly<AlembicException>(() => database.Op.AlterColumn("account", "nope", nullable: true)).Message);
    }

    [TestMethod]
    public void Json_becomes_text_without_its_check()
    {
        using var database = new MariaDbDatabase();
        database.Op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("j", SqlType.Json)]);
        Assert.AreEqual(SqlType.Json, database.Column("t", "j").Type);
        database.Op.AlterColumn("t", "j", type: SqlType.Text);
        database.Op.Execute("INSERT INTO t VALUES (1, 'no json')");
        Assert.AreEqual((SqlType.Text, null), (database.Column("t", "j").Type, database.Column("t", "j").Collation));
    }

    [TestMethod]
    public void A_column_comes_with_what_stands_beside_it_and_goes()
    {
        using var database = WithRows();
        database.Op.AddColumn("account",
            new Column("boss", SqlType.Integer, index: true,
                foreignKey: new ForeignKey("account.id", name: "fk_boss", onDelete: "SET NULL"), comment: "who"));
        database.Op.AddColumn("account", new Column("boss", SqlType.Integer), ifNotExists: true);
        database.Op.Execute("UPDATE account SET boss = 1 WHERE id = @id", new { id = 2 });
        database.Op.Execute("DELETE FROM account WHERE id = 1");
        Assert.AreEqual("2|∅", database.Rows("SELECT id, boss FROM account"));
        Assert.AreEqual("who", database.Column("account", "boss").Comment);
        database.Op.DropConstraint("fk_boss", "account", ConstraintType.ForeignKey);
        database.Op.DropColumn("account", "boss");
        database.Op.DropColumn("account", "boss", ifExists: true);
        Assert.AreEqual("id, name, note", string.Join(", ", database.Inspect().Tables.Single().Columns.Select(c => c.Name)));
    }

    [TestMethod]
    public void A_numbered_key_can_be_added()
    {
        using var database = new MariaDbDatabase();
        database.Op.CreateTable("t", [new Column("a", SqlType.Integer)]);
        database.Op.Execute("INSERT INTO t VALUES (5), (6)");
        database.Op.AddColumn("t", new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true));
        Assert.AreEqual("5|1; 6|2", database.Rows("SELECT * FROM t"));
    }

    [TestMethod]
    public void Constraints_hold_and_can_be_dropped()
    {
        using var database = WithRows();
        database.Op.CreateUniqueConstraint("uq", "account", ["name"]);
        database.Op.CreateCheckConstraint("ck", "account", "length(name) > 1");
        database.Op.CreateTable("item",
            [new Column("a", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer, nullable: false)]);
        database.Op.CreatePrimaryKey(null, "item", ["b", "a"]);
        database.Op.CreateForeignKey("fk", "item", "account", ["a"], ["id"], onDelete: "CASCADE", onUpdate: "RESTRICT", deferrable: false,
            initially: "IMMEDIATE", match: "SIMPLE");
        var item = database.Inspect().Tables.Single(t => t.Name == "item");
        Assert.AreEqual("b, a", string.Join(", ", item.PrimaryKey!.Columns));
        Assert.AreEqual(new ForeignKeyConstraint(["a"], ["account.id"], "fk", "CASCADE"), item.ForeignKeys.Single());
        Assert.ThrowsExactly<MySqlException>(() => database.Op.Execute("INSERT INTO account (name) VALUES ('ada')"));
        Assert.ThrowsExactly<MySqlException>(() => database.Op.Execute("INSERT INTO account (name) VALUES ('a')"));
        Assert.ThrowsExactly<MySqlException>(() => database.Op.Execute("INSERT INTO item VALUES (99, 1)"));
        database.Op.DropConstraint("fk", "item", ConstraintType.ForeignKey);
        database.Op.DropConstraint("pk", "item", ConstraintType.PrimaryKey);
        database.Op.DropConstraint("uq", "account");
        database.Op.DropConstraint("ck", "account", ConstraintType.Check);
        database.Op.DropConstraint("ck", "account", ConstraintType.Check, ifExists: true);
        database.Op.Execute("INSERT INTO account (name) VALUES ('ada'), ('a')");
        database.Op.Execute("INSERT INTO item VALUES (99, 1)");
        Assert.IsNull(database.Inspect().Tables.Single(t => t.Name == "item").PrimaryKey);
    }

    [TestMethod]
    public void Indexes_have_prefixes_orders_and_methods()
    {
        using var database = WithRows();
        database.Op.CreateIndex("ix_note", "account", [Sql.Text("note(3)"), "name"]);
        database.Op.CreateIndex("ix_unique", "account", ["name", "id"], unique: true, method: "btree");
        database.Op.CreateIndex("ix_words", "account", ["name"], method: "fulltext");
        database.Op.CreateIndex("ix_note", "account", ["name"], ifNotExists: true);
        Assert.AreEqual(
            "ix_note(note(3), name) False ; ix_unique(name, id) True ; ix_words(name) False fulltext",
            string.Join("; ",
                database.Inspect().Tables.Single().Indexes.Select(i => $"{i.Name}({string.Join(", ", i.Columns)}) {i.Unique} {i.Method}")));
        database.Op.DropIndex("ix_note", "account");
        database.Op.DropIndex("ix_note", "account", ifExists: true);
        Assert.HasCount(2, database.Inspect().Tables.Single().Indexes);
    }

    [TestMethod]
    public void Enums_and_sets_keep_their_values()
    {
        using var database = new MariaDbDatabase();
        string[] values = ["a,b", "it's", "back\\slash", "(c)", "ü"];
        database.Op.CreateTable("t",
            [new Column("e", SqlType.Enum("mood", values), serverDefault: "it's"), new Column("s", MySqlType.Set(["x", "y'z", "\\"]))]);
        database.Op.Execute("INSERT INTO t (s) VALUES (@s)", new { s = "y'z,x" });
        Assert.AreEqual("it's|x,y'z", database.Rows("SELECT e, s FROM t"));
        Assert.AreEqual(SqlType.Enum(null, values), database.Column("t", "e").Type);
        Assert.AreEqual(MySqlType.Set(["x", "y'z", "\\"]), database.Column("t", "s").Type);
        database.Op.AlterColumn("t", "e", type: SqlType.Enum("mood", [.. values, "more"]));
        Assert.AreEqual((ServerDefault)"it's", database.Column("t", "e").ServerDefault);
    }

    [TestMethod]
    [DataRow("select")]
    [DataRow("rank")]
    [DataRow("back`tick two 'quo\"tes\" back\\slash @p; -- /* x */")]
    [DataRow("ünïcödé 日本")]
    [DataRow("Mixed")]
    [DataRow("a23456789012345678901234567890123456789012345678901234567890abcd")]
    public void Any_name_will_do(string name)
    {
        using var database = new MariaDbDatabase();
        var model = new MetaData(
            [new Table(name, [new Column("id", SqlType.Integer, primaryKey: true), new Column(name, SqlType.String(20), comment: name),
                new TableIndex(name, [name]), new CheckConstraint($"{Quoted(name)} <> ''", name)])]);
        database.Run(database.Compare(model).UpgradeOperations);
        MariaDbDatabase.Nothing(database.Compare(model));
        database.Op.AlterColumn(name, name, nullable: false, serverDefault: "x");
        database.Op.BulkInsert(name, ["id", name], [[1, "@parameter ?"]]);
        database.Op.DropIndex(name, name);
        database.Op.DropConstraint(name, name, ConstraintType.Check);
        database.Op.AlterColumn(name, name, newColumnName: "plain");
        Assert.AreEqual("@parameter ?", database.Rows($"SELECT plain FROM {Quoted(name)}"));
    }

    [TestMethod]
    public void A_mariadb_that_is_called_mysql_is_spoken_to_as_what_it_is()
    {
        using var database = new MariaDbDatabase(asMySql: true);
        database.Op.CreateTable("t", [new Column("a", SqlType.Integer), new CheckConstraint("a > 0", "ck")]);
        database.Op.DropConstraint("ck", "t", ConstraintType.Check);
        database.Op.DropColumn("t", "b", ifExists: true);
        Assert.IsEmpty(database.Inspect().Tables.Single().Checks);
    }

    [TestMethod]
    public void Later_changes_of_a_batch_see_the_earlier_ones()
    {
        using var database = WithRows();
        database.Op.BatchAlterTable("account", batch =>
        {
            batch.AlterColumn("name", comment: "c");
            batch.AlterColumn("name", newColumnName: "title");
            batch.AlterColumn("title", nullable: true);
        });
        Assert.AreEqual(("c", true), (database.Column("account", "title").Comment, database.Column("account", "title").Nullable));
    }

    [TestMethod]
    public void Backslashes_escape_whatever_the_server_was_told()
    {
        using var database = WithRows();
        database.Op.Execute("SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',NO_BACKSLASH_ESCAPES')");
        try
        {
            using var other = WithRows();
            other.Op.BulkInsert("account", [new { name = "a\\b" }]);
            Assert.AreEqual("a\\b", other.Rows("SELECT name FROM account WHERE id = 3"));
            // A script's client is told the same.
            other.Op.Execute("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'");
            other.Op.Execute(Scripts.Of(other.Op.Dialect,
                op => op.BulkInsert("account", [new { name = "plain" }, new { name = "c\\'d" }])));
            Assert.AreEqual("plain; c\\'d", other.Rows("SELECT name FROM account WHERE id > 3 ORDER BY id"));
        }
        finally
        {
            database.Op.Execute("SET GLOBAL sql_mode = REPLACE(@@GLOBAL.sql_mode, 'NO_BACKSLASH_ESCAPES', '')");
        }
    }

    private static string Quoted(string name) => $"`{name.Replace("`", "``")}`";

    private static MariaDbDatabase WithRows()
    {
        var database = new MariaDbDatabase();
        database.Op.CreateTable("account", [new Column("id", SqlType.Integer, primaryKey: true),
            new Column("name", SqlType.String(20), nullable: false), new Column("note", SqlType.Text)]);
        database.Op.BulkInsert("account", ["name", "note"], [["ada", "x"], ["bob", null]]);
        return database;
    }
}
