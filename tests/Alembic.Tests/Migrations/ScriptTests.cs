using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Data.Sqlite;

namespace Alembic.Tests.Migrations;

/// <summary>A script, run by the database alone, does what the online run does.</summary>
[TestClass]
public sealed class ScriptTests
{
    private static Story Everything() => new Story()
        .Then("a1", op =>
        {
            op.CreateTable("owner", [new Column("id", SqlType.Integer, primaryKey: true),
                new Column("name", SqlType.String(20), nullable: false, unique: true)]);
            op.CreateTable("order", [
                new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true),
                new Column("name", SqlType.Text, index: true, serverDefault: "it's"),
                new Column("owner_id", SqlType.Integer, foreignKey: new ForeignKey("owner.id", onDelete: "CASCADE")),
                new CheckConstraint("id > 0", name: "ck")]);
            op.BulkInsert("owner", [new { id = 1, name = "ada; -- x" }, new { id = 2, name = "tab\there" }]);
        }, op => { op.DropTable("order"); op.DropTable("owner"); })
        .Then("b2", op =>
        {
            op.AddColumn("order", new Column("flag", SqlType.Boolean, nullable: false, serverDefault: false));
            op.CreateIndex("ix flag", "order", ["flag", Sql.Text("lower(name)")], unique: true, where: "flag > 0");
            op.Execute("INSERT INTO \"order\" (name, owner_id) SELECT name || @suffix || ' @suffix', id FROM owner -- @suffix",
                new { suffix = "'; @name" });
            op.RenameTable("owner", "person");
            op.AlterColumn("order", "name", newColumnName: "title");
        }, op => { op.AlterColumn("order", "title", newColumnName: "name"); op.RenameTable("person",
            "owner"); op.Execute("DELETE FROM \"order\""); op.DropIndex("ix flag"); op.DropColumn("order", "flag"); })
        .Then("c3", op => op.Execute("CREATE TABLE c3 (a);"), op => op.DropTable("c3"), after: ["a1"])
        .Then("d4", _ => { }, after: ["b2", "c3"]);

    [TestMethod]
    public void The_script_makes_what_the_run_makes()
    {
        using var online = Everything();
        using var offline = Everything();
        online.Upgrade();
        offline.Ask(offline.Script());
        Assert.AreEqual(Dump(online), Dump(offline));
        Assert.AreEqual("d4", offline.Versions());

        online.Downgrade("a1");
        offline.Ask(offline.ScriptDown("a1", "d4"));
        Assert.AreEqual(Dump(online), Dump(offline));
        Assert.AreEqual("a1", offline.Versions());

        offline.Ask(offline.Script(start: "a1"));
        online.Upgrade();
        Assert.AreEqual(Dump(online), Dump(offline));

        offline.Ask(offline.ScriptDown("base", "d4"));
        Assert.AreEqual(("", ""), (offline.Tables().Replace("sqlite_sequence", "", StringComparison.Ordinal), offline.Versions()));
    }

    [TestMethod]
    public void Statements_stand_in_the_order_of_the_migration_under_its_name()
    {
        using var story = new Story().Then("a1", op => op.Execute("SELECT 1"))
            .Then("b2", op => { op.Execute("SELECT 2;\n"); op.Execute("SELECT 3 -- three"); op.Execute("SELECT 'x -- y'"); });
        Assert.AreEqual(
            """
            CREATE TABLE alembic_version (
                version_num VARCHAR(32) NOT NULL,
                CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
            );

            -- Running upgrade  -> a1

            SELECT 1;

            INSERT INTO alembic_version (version_num) VALUES ('a1') RETURNING version_num;

            -- Running upgrade a1 -> b2

            SELECT 2;

            SELECT 3 -- three
            ;

            SELECT 'x -- y';

            UPDATE alembic_version SET version_num='b2' WHERE alembic_version.version_num = 'a1';


            """.ReplaceLineEndings("\n"),
            story.Script());
        Assert.IsFalse(story.HasFile);
    }

    [TestMethod]
    public void Transactions_are_written_where_they_are_asked_for()
    {
        using var story = new Story().Then("a1", op => op.Execute("SELECT 1"))
            .Then("b2", op => { op.Execute("SELECT 2"); op.AutocommitBlock(() => op.Execute("VACUUM")); });
        static string Frame(string script) =>
            string.Join(' ',
                script.Split('\n').Where(l => l is "BEGIN;" or "COMMIT;" or "VACUUM;" || l.StartsWith("SELECT", StringComparison.Ordinal)));
        Assert.AreEqual("SELECT 1; SELECT 2; VACUUM;", Frame(story.Script()));
        story.Options = options => options.TransactionalDdl = true;
        Assert.AreEqual("BEGIN; SELECT 1; SELECT 2; COMMIT; VACUUM; BEGIN; COMMIT;", Frame(story.Script()));
        story.Options = options => (options.TransactionalDdl, options.TransactionPerMigration) = (true, true);
        Assert.AreEqual("BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; COMMIT; VACUUM; BEGIN; COMMIT;", Frame(story.Script()));
        story.Ask(story.Script());
        Assert.AreEqual("b2", story.Versions());
    }

    [TestMethod]
    public void What_needs_a_database_says_so()
    {
        static string Refused(Action<Op> upgrade)
        {
            using var story = new Story().Then("a1", upgrade);
            return Assert.Throws<AlembicException>(() => story.Script()).Message;
        }
        Assert.AreEqual("a1: op.Query needs a database and cannot be used with --sql", Refused(op => op.Query("SELECT 1")));
        using var query = new Story().Then("a1", op => op.Query("SELECT 1"));
        Assert.AreEqual(
            "run the migration on the database, write the change as SQL with op.Execute, or leave it out of scripts with if "
                + "(!op.IsOffline)",
            Assert.Throws<AlembicException>(() => query.Script()).Hint);
        Assert.AreEqual("a1: op.Connection needs a database and cannot be used with --sql", Refused(op => _ = op.Connection));
        Assert.AreEqual("a1: op.Transaction needs a database and cannot be used with --sql", Refused(op => _ = op.Transaction));
        Assert.AreEqual("a1: The statement's parameter '@b' has no value", Refused(op => op.Execute("SELECT @a, @b", new { a = 1 })));
        Assert.AreEqual(
            "a1: This operation cannot proceed in --sql mode; AlterColumn with dialect sqlite rebuilds the table \"t\", which requires a "
                + "live database connection to read what it looks like.",
            Refused(op => op.AlterColumn("t", "a", nullable: false)));
        foreach (var change in new Action<Op>[]
        {
            op => op.CreateCheckConstraint("ck", "t", "a > 0"), op => op.DropConstraint("ck", "t"),
            op => op.AddColumn("t", new Column("a", SqlType.Text, unique: true)),
            op => op.AddColumn("t", new Column("a", SqlType.DateTime, serverDefault: Sql.Text("CURRENT_TIMESTAMP"))),
            op => op.CreatePrimaryKey("pk", "t", ["a"]),
            op => op.BatchAlterTable("t", batch => batch.DropConstraint("ck")),
        })
        {
            Assert.Contains("rebuilds the table \"t\"", Refused(change));
        }
    }

    [TestMethod]
    public void A_failure_in_a_script_names_the_migration()
    {
        using var story = new Story().Then("a1", op => op.Execute("SELECT 1")).Then("b2", _ => throw new InvalidOperationException("no"));
        Assert.AreEqual("b2: InvalidOperationException: no", Assert.Throws<MigrationFailedException>(() => story.Script()).Message);
    }

    [TestMethod]
    public void The_dialect_may_be_named_instead_of_a_database()
    {
        using var story = new Story().Then("a1", op => op.Execute($"-- {op.Dialect.Name} {op.IsOffline}"));
        story.Options = options => options.DialectName = "sqlite";
        Assert.Contains("-- sqlite True\n;", story.Script());
        story.Options = options => options.DialectName = "SQLite";
        Assert.Contains("-- sqlite True\n;", story.Script());
        story.Options = options => options.DialectName = "oracle";
        Assert.StartsWith("the dialect 'oracle' is not known; known are ", Assert.Throws<AlembicException>(() => story.Script()).Message);
    }

    [TestMethod]
    [DataRow("SELECT @a", "SELECT 'v'")]
    [DataRow("SELECT @a,@b", "SELECT 'v',NULL")]
    [DataRow("SELECT @ab, @a_b, @a", "SELECT 1, 2, 'v'")]
    [DataRow("SELECT '@a', \"@a\", `@a`, [@a]", "SELECT '@a', \"@a\", `@a`, [@a]")]
    [DataRow("SELECT 'it''s @a' || @a", "SELECT 'it''s @a' || 'v'")]
    [DataRow("SELECT 1 -- @a\n, @a", "SELECT 1 -- @a\n, 'v'")]
    [DataRow("SELECT 1 /* @a ' */, @a", "SELECT 1 /* @a ' */, 'v'")]
    [DataRow("SELECT @@version, @a", "SELECT @@version, 'v'")]
    [DataRow("SELECT @ a, a@", "SELECT @ a, a@")]
    [DataRow("SELECT '@a", "SELECT '@a")]
    [DataRow("SELECT @ä", "SELECT 3")]
    public void Parameters_are_put_in_where_they_are_parameters(string sql, string expected)
    {
        var statement = new Statement(sql)
        {
            Parameters = new Dictionary<string, object?> { ["a"] = "v", ["b"] = null, ["ab"] = 1, ["a_b"] = 2, ["ä"] = 3 }
        };
        Assert.AreEqual(expected, ScriptParameters.Inline(statement, new Alembic.Databases.Sqlite.SqliteDialect()));
    }

    private static string Dump(Story story)
    {
        using var connection = story.Open();
        return string.Join('\n', Story.Ask(connection, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            , Rows(connection, "owner"), Rows(connection, "person"), Rows(connection, "order"), Rows(connection, "alembic_version"));
    }

    private static string Rows(SqliteConnection connection, string table) =>
        Story.Ask(connection, $"SELECT count(*) FROM sqlite_schema WHERE name = '{table}'") == "0"
        ? ""
        : Story.Ask(connection, $"SELECT * FROM \"{table}\" ORDER BY 1");
}
