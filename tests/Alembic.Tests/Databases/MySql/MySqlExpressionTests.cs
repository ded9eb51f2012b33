using Alembic.Databases.MySql;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Databases.MySql;

/// <summary>Expressions as MySQL gives them, which MariaDB writes in another way.</summary>
[TestClass]
public sealed class MySqlExpressionTests
{
    [TestMethod]
    [DataRow(@"concat(`a`,_utf8mb4\'it\\\'s \\\\ \\n\')", @"concat(`a`,'it\'s \\ \n')")]
    [DataRow(@"`a` in (_latin1\'a\',_binary\'b\',_utf16\'\0a\')", "`a` in ('a',_binary'b',_utf16'\0a')")]
    [DataRow("`Ã¼` > 0", "`ü` > 0")]
    [DataRow("`è¡¨` <> _utf8mb4\\'â‚¬\\'", "`表` <> '€'")]
    [DataRow("`ü` > 0", "`ü` > 0")]
    [DataRow("`表` > 0", "`表` > 0")]
    public void An_expression_is_read_as_it_was_written(string text, string expected) =>
        Assert.AreEqual(expected, MySqlExpressionText.Read(text));

    // A text in each of the four places; the downgrade that brings it back must not be an error of syntax.
    [TestMethod]
    public void What_is_dropped_with_a_text_in_it_comes_back()
    {
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        database.Op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true)]);
        var empty = database.Inspect();
        database.Op
            .Execute(
                @"ALTER TABLE t ADD `ü` VARCHAR(20) DEFAULT (concat('it''s ', 'ü')), ADD g VARCHAR(50) AS (concat(`ü`, 'z''\\')), ADD CONSTRAINT ck CHECK (`ü` <> 'q''\\'), ADD INDEX ix ((concat(`ü`, 'i''')))");
        var full = database.Inspect();
        var before = database.Definition("t");
        var there = database.Compare(empty);
        database.Run(there.UpgradeOperations);
        database.Run(there.DowngradeOperations);
        Assert.AreEqual(before, database.Definition("t"));
        MariaDbDatabase.Nothing(database.Compare(full));
    }

    [TestMethod]
    [DataRow("text")]
    [DataRow("json")]
    [DataRow("blob")]
    [DataRow("longtext")]
    public void A_long_column_gets_a_literal_default_in_every_way(string type)
    {
        var value = type == "json" ? "[1]" : "it's";
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        var dialect = database.Dialect;
        var of = dialect.ReadType(type, new Dictionary<string, SqlType>());
        database.Op.CreateTable("t",
            [new Column("id", SqlType.Integer, primaryKey: true), new Column("a", of, serverDefault: value), new Column("b", of)]);
        database.Op.AddColumn("t", new Column("c", of, serverDefault: value));
        database.Op.AlterColumn("t", "b", serverDefault: value);
        database.Op.Execute(Scripts.Of(dialect, op =>
        {
            op.AlterColumn("t", "c", serverDefault: ServerDefault.None, existingType: of);
            op.AlterColumn("t", "c", serverDefault: value, existingType: of);
            op.AlterColumn("t", "b", nullable: true, comment: "x", existingType: of, existingServerDefault: value);
        }));
        foreach (var name in new[] { "a", "b", "c" })
            Assert.AreEqual<ServerDefault?>(value, database.Column("t", name).ServerDefault, name);
    }

    [TestMethod]
    public void A_restriction_is_kept_where_it_was_said()
    {
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        database.Op.CreateTable("t",
            [new Column("id", SqlType.Integer, primaryKey: true), new Column("a", SqlType.Integer), new Column("b", SqlType.Integer)]);
        database.Op.CreateForeignKey("fk_a", "t", "t", ["a"], ["id"], onDelete: "RESTRICT");
        database.Op.CreateForeignKey("fk_b", "t", "t", ["b"], ["id"]);
        Assert.AreEqual("RESTRICT, ",
            string.Join(", ", database.Inspect().Tables.Single().ForeignKeys.OrderBy(k => k.Name).Select(k => k.OnDelete)));
    }

    [TestMethod]
    public void A_name_in_a_check_may_have_other_letters()
    {
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        database.Op.Execute("CREATE TABLE t (id INT PRIMARY KEY, a INT, CONSTRAINT ck CHECK (A > 0))");
        MariaDbDatabase.Nothing(
            database.Compare(
                new MetaData([new Table("t", [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false),
                    new Column("a", SqlType.Integer), new CheckConstraint("a > 0", name: "ck")])])));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_column_that_expressions_name_is_renamed(bool offline)
    {
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        database.Op.Execute(
            "CREATE TABLE t (id INT PRIMARY KEY, a INT, g INT AS (a + 1), CONSTRAINT ck CHECK (a > 0), INDEX ix ((a + 2)), INDEX ig (g))");
        database.Op.Execute("INSERT INTO t (id, a) VALUES (1, 7)");
        var start = database.Inspect();
        var model = start.Tables.Single();
        var renamed = Alembic.Autogenerate.Compare.Schemas(
            new MetaData([model with { Items = [.. model.Items.Select(i => i is Column { Name: "a" } c ? c with { Name = "b" } : i)] }]),
            start, database.Dialect,
            new() { Renames = [new Alembic.Autogenerate.Rename("t", "a", "b")] });
        if (offline)
            database.Op.Execute(Scripts.Of(database.Dialect, op => renamed.UpgradeOperations.ToList().ForEach(op.Invoke)));
        else
            database.Run(renamed.UpgradeOperations);
        Assert.AreEqual("1|7|8", database.Rows("SELECT id, b, g FROM t"));
        database.Run(renamed.DowngradeOperations);
        MariaDbDatabase.Nothing(database.Compare(start));
    }

    [TestMethod]
    public void A_script_takes_the_index_of_a_foreign_key_along()
    {
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        database.Op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("a", SqlType.Integer)]);
        database.Op.CreateForeignKey("fk", "t", "t", ["a"], ["id"]);
        database.Op.Execute(Scripts.Of(database.Dialect, op => op.DropConstraint("fk", "t", type: ConstraintType.ForeignKey)));
        Assert.IsEmpty(database.Inspect().Tables.Single().Indexes);
    }

    // The scratch place makes tables in memory, all in one statement; one that does not fit would cost a statement for each table.
    [TestMethod]
    public void A_table_with_an_expression_for_a_default_is_spelled_at_once()
    {
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        database.Log.Clear();
        var spelled = database.Dialect.RoundTrip(database.Session,
            [new Table("t", [new Column("a", SqlType.Integer, serverDefault: Sql.Text("1 + 1"))]),
                new Table("u", [new Column("a", SqlType.Integer)])]);
        Assert.HasCount(2, spelled);
        Assert.AreEqual(1, database.Log.Count(s => s.Contains("CREATE TABLE", StringComparison.Ordinal)), string.Join('\n', database.Log));
    }

    [TestMethod]
    public void A_URL_of_MariaDB_leads_to_a_MySQL_too()
    {
        var connection = MySqlServer.MySql.NewDatabase();
        using var database = new MariaDbDatabase(new MySqlDialect(isMariaDb: true), connection);
        var error = Assert.ThrowsExactly<AlembicException>(
            () => database.Op.AddColumn("t", new Column("a", SqlType.Integer), ifNotExists: true));
        Assert.AreEqual("MySQL has no ADD COLUMN IF NOT EXISTS", error.Message);
    }

    [TestMethod]
    public void A_text_in_a_check_takes_the_character_set_of_its_column()
    {
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        var model = new MetaData([new Table("select",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("a text", SqlType.String(20), nullable: false, serverDefault: "it's \\", collation: "latin1_german1_ci"),
            new CheckConstraint("`a text` in ('a', 'b')", name: "ck_text"), new Column("mood", SqlType.Enum("mood", ["happy", "sad"])),
            new Column("other", SqlType.Json), new Column("n", SqlType.Numeric(10, 2)),
        ])]);
        database.Run(database.Compare(model).UpgradeOperations);
        database.Log.Clear();
        var found = database.Compare(model);
        Assert.IsTrue(found.IsEmpty, string.Join('\n', database.Log) + "\n" + database.Definition("select"));
    }

    // Any change of a table has MySQL calculate what its checks compare a bigint, a year or a time with.
    [TestMethod]
    [DataRow("`size` < 10 * 1024 * 1024")]
    [DataRow("`size` > -(-3) AND `size` <> 1e3 AND `size` < pow(2, 20)")]
    [DataRow("`size` > cast('5' AS signed) OR `size` BETWEEN 1 + 1 AND length('abc')")]
    [DataRow("`built` > 2000 + 5 AND `opens` > '10:00'")]
    public void A_check_that_the_server_has_calculated_is_no_other(string condition)
    {
        using var database = new MariaDbDatabase(MySqlServer.MySql);
        var model = new MetaData([new Table("t",
        [
            new Column("size", SqlType.BigInteger), new Column("built", MySqlType.Year), new Column("opens", SqlType.Time),
            new CheckConstraint(condition, "named"), new CheckConstraint(condition),
        ])]);
        database.Run(database.Compare(model).UpgradeOperations);
        MariaDbDatabase.Nothing(database.Compare(model));
        database.Op.AddColumn("t", new Column("later", SqlType.Integer));
        database.Op.DropColumn("t", "later");
        MariaDbDatabase.Nothing(database.Compare(model));
        var other = model.Tables[0] with { Items = [.. model.Tables[0].Columns, new CheckConstraint("`size` < 10 * 1024", "named")] };
        Assert.IsFalse(database.Compare(new MetaData([other])).IsEmpty);
    }

    [TestMethod]
    [DataRow("mysql")]
    [DataRow("mariadb")]
    public void A_default_may_begin_with_the_clock(string kind)
    {
        using var database = new MariaDbDatabase(MySqlServer.Of(kind));
        var model = new MetaData([new Table("t",
            [new Column("id", SqlType.Integer, primaryKey: true),
                new Column("due", SqlType.DateTime, serverDefault: Sql.Text("now() + interval 1 day"))])]);
        database.Run(database.Compare(model).UpgradeOperations);
        MariaDbDatabase.Nothing(database.Compare(model));
        Assert.Contains("interval 1 day", database.Column("t", "due").ServerDefault!.Value.ToLowerInvariant());
        database.Op.Execute("INSERT INTO t (id) VALUES (1)");
        Assert.AreEqual("1", database.Rows("SELECT count(*) FROM t WHERE due > now()"));
        var plain = new MetaData([new Table("t",
            [new Column("id", SqlType.Integer, primaryKey: true),
                new Column("due", SqlType.DateTime, serverDefault: Sql.Text("now()"))])]);
        var there = database.Compare(plain);
        Assert.IsFalse(there.IsEmpty);
        database.Run(there.UpgradeOperations);
        database.Run(there.DowngradeOperations);
        MariaDbDatabase.Nothing(database.Compare(model));
    }
}
