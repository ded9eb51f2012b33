using System.Diagnostics;
using Alembic.Tests.Databases.MySql;
using Alembic.Tool.Tests.Commands;
using MySqlConnector;

namespace Alembic.Tool.Tests.Connections;

/// <summary>The tool on a project whose database is a real MariaDB or MySQL. The URL says mysql for both.</summary>
[TestClass]
public sealed class MySqlProjectTests
{
    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void Migrations_go_up_and_down(string kind)
    {
        using var database = new MySqlProject(kind);
        database.Project.Revision("aaa100000001", "one",
            upgrade: "op.CreateTable(\"account\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"m\", "
                + "SqlType.Boolean)]);", downgrade: "op.DropTable(\"account\");");
        database.Project.Revision("bbb200000002", "two", "aaa100000001",
            upgrade: "op.BulkInsert(\"account\", [new { m = true }]); foreach (var row in op.Query(\"SELECT m FROM account\")) "
                + "op.Execute(\"UPDATE account SET m = @m\", new { m = !(bool)row[\"m\"]! }); op.Execute(\"SET @x = 1\");",
            downgrade: "op.Execute(\"DELETE FROM account\");");
        var result = database.Project.Run("upgrade", "head", "-v").Ok();
        Assert.Contains("Will assume non-transactional DDL.", result.Error);
        Assert.AreEqual("bbb200000002|1|0", database.Row("SELECT CONCAT_WS('|', version_num, id, m) FROM alembic_version, account"));
        database.Project.Run("downgrade", "base").Ok();
        Assert.AreEqual("0", database.Row("SELECT count(*) FROM alembic_version"));
        database.Project.Run("upgrade", "head").Ok();
        Assert.StartsWith("bbb200000002 (head)", database.Project.Run("current").Ok().Out);
    }

    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void What_autogenerate_writes_compiles_and_leaves_nothing_to_be_found(string kind)
    {
        using var database = new MySqlProject(kind);
        database.Project.Write("alembic/env.cs",
            """
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata => new(
                [
                    new Table("t",
                    [
                        new Column("id", SqlType.BigInteger, primaryKey: true), new Column("a", SqlType.Json), new Column("b", MySqlType.Set(["x", "it's"]), nullable: false, serverDefault: "x"),
                        new Column("c", SqlType.Enum("mood", ["happy", "it's \\ sad"])), new Column("d", MySqlType.Timestamp(3), index: true), new Column("e", SqlType.String(9), unique: true, comment: "it's \\ \"e\""),
                        new Column("f", MySqlType.UnsignedInteger), new Column("t_id", SqlType.BigInteger, foreignKey: new ForeignKey("t.id", onDelete: "CASCADE")),
                        new CheckConstraint("f > 0"), new TableIndex("prefix", [Sql.Text("e(3)")]),
                    ], comment: "a table"),
                ]);

                public override void Configure(EnvironmentOptions options) => options.CompareServerDefault = true;
            }
            """);
        database.Project.Run("revision", "--autogenerate", "-m", "all of it").Ok();
        Assert.Contains("MySqlType.Set([\"x\", \"it's\"])",
            File.ReadAllText(Directory.GetFiles(database.Project.Path("alembic/versions"), "*.cs").Single()));
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("No new upgrade operations detected.\n", database.Project.Run("check").Ok().Out);

        database.Execute(
            "ALTER TABLE t DROP COLUMN c, ADD COLUMN g year(4), MODIFY e varchar(20) NOT NULL DEFAULT 'q' COMMENT 'theirs', DROP INDEX "
                + "prefix");
        database.Project.Run("revision", "--autogenerate", "-m", "back again").Ok();
        database.Project.Run("upgrade", "head").Ok();
        database.Project.Run("check").Ok();
        database.Project.Run("downgrade", "-1").Ok();
        Assert.AreEqual($"varchar(20) NO {(kind == "mysql" ? "q" : "'q'")} theirs",
            database.Row(
                "SELECT CONCAT_WS(' ', COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, COLUMN_COMMENT) FROM information_schema.COLUMNS WHERE "
                    + "TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 't' AND COLUMN_NAME = 'e'"));
        database.Project.Run("upgrade", "head").Ok();
        database.Project.Run("downgrade", "base").Ok();
    }

    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void A_script_does_in_the_client_what_the_run_does(string kind)
    {
        using var database = new MySqlProject(kind);
        using var scripted = new MySqlProject(kind);
        database.Project.Revision("aaa100000001", "one",
            upgrade: "op.CreateTable(\"a\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"m\", "
                + "SqlType.String(20), serverDefault: \"it's \\\\ sad\", comment: \"c\\\\d; -- e\")], comment: \"`t`\");"
                + "op.BulkInsert(\"a\", [new { id = 1, m = \"it's \\\\ ünï 🐘\" }]); op.Execute(\"INSERT INTO a VALUES (@id, @m)\", new "
                + "{ id = 2, m = \"line\\nfeed; -- x\" });",
            downgrade: "op.DropTable(\"a\");");
        database.Project.Revision("bbb200000002", "two", "aaa100000001",
            upgrade: "op.AlterColumn(\"a\", \"m\", type: SqlType.Text, newColumnName: \"n\", existingType: SqlType.String(20), "
                + "existingServerDefault: \"it's \\\\ sad\", existingComment: \"c\\\\d; -- e\"); op.AddColumn(\"a\", new "
                + "Column(\"a_id\", SqlType.Integer, foreignKey: new ForeignKey(\"a.id\", name: \"fk\")));",
            downgrade: "op.DropConstraint(\"fk\", \"a\", ConstraintType.ForeignKey); op.DropColumn(\"a\", \"a_id\"); "
                + "op.AlterColumn(\"a\", \"n\", newColumnName: \"m\", existingType: SqlType.Text, "
                + "existingServerDefault: \"it's \\\\ sad\", "
                + "existingComment: \"c\\\\d; -- e\");");
        database.Project.Run("upgrade", "head").Ok();
        Client("mariadb", scripted, database.Project.Run("upgrade", "head", "--sql").Ok().Out, "--default-character-set=utf8mb4");
        Assert.AreEqual(Dump(database), Dump(scripted));
        database.Project.Run("downgrade", "base").Ok();
        Client("mariadb", scripted, database.Project.Run("downgrade", "head:base", "--sql").Ok().Out, "--default-character-set=utf8mb4");
        Assert.AreEqual(Dump(database), Dump(scripted));
    }

    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void A_database_that_is_missing_is_said_in_one_line(string kind)
    {
        using var database = new MySqlProject(kind, "_missing");
        database.Project.Run("upgrade", "head")
            .Fails(1, "unable to connect to 'mysql://", $"CREATE DATABASE `{database.Settings.Database}_missing`");
    }

    [TestMethod]
    [DataRow("mariadb", "", "nothing of aaa100000001 was changed; the database is at base")]
    [DataRow("mysql", "", "nothing of aaa100000001 was changed; the database is at base")]
    [DataRow("mariadb", "op.Execute(\"CREATE TABLE first (id int)\"); ",
        "what aaa100000001 had done is kept and recorded: fix the rest, then the same command continues from there")]
    public void What_is_left_of_a_refused_migration_is_told_as_it_is(string kind, string before, string hint)
    {
        using var database = new MySqlProject(kind);
        database.Project.Revision("aaa100000001", "one", upgrade: before + "op.Execute(\"CREATE TABLE second (id no_such_type)\");");
        var result = database.Project.Run("upgrade", "head");
        Assert.AreEqual(1, result.Code);
        Assert.Contains($"hint: {hint}", result.Error);
    }

    // MySQL refuses such defaults, and each change of a table that has one; MariaDB does if its mode says so.
    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void Dates_without_a_day_stay_on_a_strict_server(string kind)
    {
        using var database = new MySqlProject(kind);
        database.Execute(
            """
            SET sql_mode = '';
            CREATE TABLE a (id INT PRIMARY KEY, d DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', n INT);
            CREATE TABLE b (id INT PRIMARY KEY, d DATE NOT NULL DEFAULT '2020-00-00');
            INSERT INTO a (id, n) VALUES (1, 2)
            """);
        using var copy = new MySqlProject(kind);
        var baseline = database.Project.Run("revision", "--from-database", "-m", "baseline").Ok();
        Assert.DoesNotContain("warning: ", baseline.Error);
        foreach (var file in Directory.GetFiles(database.Project.Path("alembic/versions"), "*.cs"))
            File.Move(file, copy.Project.Path("alembic/versions/" + Path.GetFileName(file)));
        copy.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual(Dump(copy, "--no-data", "--ignore-table=" + copy.Settings.Database + ".alembic_version"),
            Dump(database, "--no-data"));

        const string Two = "new Column(\"id\", SqlType.Integer, primaryKey: true, autoincrement: false)";
        database.Project.Write("alembic/env.cs",
            $$"""
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata => new(
                [
                    new Table("a", [{{Two}}, new Column("d", SqlType.DateTime, nullable: false, serverDefault: "0000-00-00 00:00:00"),
                        new Column("n", SqlType.BigInteger), new Column("t", SqlType.Text)]),
                ]);
            }
            """);
        var before = Dump(database);
        database.Project.Run("revision", "--autogenerate", "-m", "change").Ok();
        database.Project.Run("upgrade", "head").Ok();
        database.Project.Run("check").Ok();
        Assert.AreEqual("0000-00-00 00:00:00", database.Row("SELECT CAST(d AS CHAR) FROM a"));
        database.Project.Run("downgrade", "base").Ok();
        database.Execute("DROP TABLE alembic_version");
        Assert.AreEqual(before, Dump(database));
    }

    // A script has no journal: nothing tells it that it was broken off.
    private static string Dump(MySqlProject database, params string[] arguments) =>
        Client("mariadb-dump", database, "", ["--skip-dump-date", "--skip-comments", "--default-character-set=utf8mb4",
            $"--ignore-table={database.Settings.Database}.alembic_journal", .. arguments]);

    private static string Client(string program, MySqlProject database, string input, params string[] arguments)
    {
        var settings = database.Settings;
        string[] login = [$"--host={settings.Server}", $"--port={settings.Port}", $"--user={settings.UserID}",
            $"--password={settings.Password}", "--protocol=tcp", settings.Database];
        var start = new ProcessStartInfo(program, ["--no-defaults", .. arguments, .. login])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, text + error.Result + input);
        return text;
    }

    [TestMethod]
    [DataRow("mariadb", "CREATE TRIGGER item_n BEFORE INSERT ON item FOR EACH ROW BEGIN SET NEW.n = 1; SET NEW.n = NEW.n + 1; END")]
    [DataRow("mysql",
        "CREATE DEFINER = CURRENT_USER TRIGGER item_n BEFORE INSERT ON item FOR EACH ROW BEGIN /* // */ SET NEW.n = 1; SET NEW.n = NEW.n "
            + "+ 1; END -- done")]
    [DataRow("mariadb",
        "DROP TRIGGER IF EXISTS item_n; CREATE TRIGGER item_n BEFORE INSERT ON item FOR EACH ROW BEGIN SET NEW.n = 1; SET NEW.n = NEW.n "
            + "+ 1; END; SET @done = 1")]
    public void A_script_with_a_body_of_statements_runs_through_the_client(string kind, string trigger)
    {
        using var database = new MySqlProject(kind);
        database.Project.Revision("aaa100000001", "one",
            upgrade: $"op.Execute(\"CREATE TABLE item (n INT)\"); op.Execute(\"{trigger}\"); op.Execute(\"INSERT INTO item VALUES (0)\");");
        Client("mariadb", database, database.Project.Run("upgrade", "head", "--sql").Ok().Out);
        Assert.AreEqual("2 aaa100000001", database.Row("SELECT CONCAT(n, ' ', version_num) FROM item, alembic_version"));
    }
}
