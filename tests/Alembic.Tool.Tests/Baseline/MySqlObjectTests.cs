using Alembic.Schema;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Baseline;

/// <summary>
/// What MySQL and MariaDB print of an object in a way of their own, or do not print everywhere: it comes back to the letter.
/// </summary>
[TestClass]
public sealed class MySqlObjectTests
{
    [TestMethod]
    [DataRow("mysql")]
    [DataRow("mariadb")]
    public void Names_with_the_own_database_lead_to_the_new_one(string kind)
    {
        using var far = new SchemaServer(kind);
        using var source = new SchemaServer(kind);
        using var target = new SchemaServer(kind);
        far.Execute("CREATE TABLE far (id int PRIMARY KEY)");
        source.Execute($"""
            CREATE TABLE item (id int PRIMARY KEY, n int);
            CREATE FUNCTION f(x int) RETURNS int DETERMINISTIC RETURN x;
            CREATE TRIGGER {source.Database}.t BEFORE INSERT ON `{source.Database}`.`item` FOR EACH ROW SET NEW.n = 7;
            CREATE VIEW far_view AS SELECT item.id, i.n FROM item JOIN item i ON i.id = item.id JOIN {far.Database}.far ON far.id = item.id;
            CREATE VIEW f_view AS SELECT {source.Database}.f(id) AS x FROM item;
            """);
        using var project = new Project();
        Write(project, source);
        BaselineTests.Point(project, target);
        project.Run("upgrade", "head").Ok();
        foreach (var name in new[] { "VIEW far_view", "VIEW f_view", "TRIGGER t" })
        {
            var text = string.Join('\n', target.Query($"SHOW CREATE {name}")[0].Values.OfType<string>());
            Assert.DoesNotContain(source.Database, text);
        }
        target.Execute("INSERT INTO item (id) VALUES (1)");
        Assert.AreEqual(7, Convert.ToInt32(target.Query("SELECT n FROM item")[0]["n"], null));
        Assert.HasCount(1, target.Query("SELECT * FROM f_view"));
    }

    [TestMethod]
    [DataRow("mysql")]
    [DataRow("mariadb")]
    public void The_character_set_of_the_database_comes_along(string kind)
    {
        using var source = new SchemaServer(kind);
        using var target = new SchemaServer(kind);
        source.Execute("ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_bin");
        source.Execute("CREATE TABLE item (id int PRIMARY KEY, name varchar(10)); "
            + "SET SESSION default_storage_engine = MyISAM; CREATE TABLE other (id int PRIMARY KEY)");
        source.Execute("CREATE FUNCTION f(x varchar(9)) RETURNS int DETERMINISTIC RETURN 1");
        using var project = new Project();
        Write(project, source);
        BaselineTests.Point(project, target);
        project.Run("upgrade", "head").Ok();
        // The dump is one without the tool's own tables.
        Assert.AreEqual(source.Dump(), target.Dump());
        foreach (var name in new[] { "TABLE item", "TABLE other", "FUNCTION f" })
            Assert.AreEqual(Shown(source, name), Shown(target, name));
        project.Run("stamp", "head").Ok();
        project.Run("downgrade", "base").Ok();
        Assert.AreNotEqual("latin1_bin", target.Query("SELECT @@collation_database AS c")[0]["c"]);
    }

    [TestMethod]
    [DataRow("mysql")]
    [DataRow("mariadb")]
    public void What_the_session_gave_an_object_stays_and_its_body_ends_where_it_ended(string kind)
    {
        using var source = new SchemaServer(kind);
        using var target = new SchemaServer(kind);
        source.Execute("CREATE TABLE item (id int PRIMARY KEY)");
        source.Execute("SET time_zone = '+05:00'; "
            + "CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO DELETE FROM item");
        source.Execute(
            "SET collation_connection = utf8mb4_bin; CREATE FUNCTION f(x int) RETURNS int DETERMINISTIC RETURN x");
        source.Execute("CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW SET NEW.id = 1");
        using var project = new Project();
        Write(project, source);
        BaselineTests.Point(project, target);
        project.Run("upgrade", "head").Ok();
        foreach (var name in new[] { "EVENT e", "FUNCTION f", "TRIGGER t" })
            Assert.AreEqual(Shown(source, name), Shown(target, name));
        project.Run("downgrade", "base").Ok();
        Assert.IsEmpty(target.Query("SELECT 1 FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()"));
    }

    [TestMethod]
    [DataRow("mysql", "ANSI_QUOTES")]
    [DataRow("mariadb", "ANSI_QUOTES,NO_TABLE_OPTIONS,NO_FIELD_OPTIONS")]
    public void A_session_that_prints_otherwise_reads_the_same(string kind, string mode)
    {
        using var source = new SchemaServer(kind);
        using var target = new SchemaServer(kind);
        source.Execute("CREATE TABLE item (id int PRIMARY KEY AUTO_INCREMENT, n int) ENGINE=MyISAM");
        source.Execute("SET sql_mode = ''; CREATE TRIGGER t BEFORE INSERT ON item FOR EACH ROW SET NEW.n = \"1\"");
        source.Execute("SET sql_mode = ''; "
            + "CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO DELETE FROM item");
        source.Execute("CREATE VIEW v AS SELECT id FROM item");
        using var project = new Project();
        project.Write("alembic/env.cs", $$"""
            public sealed class Env : Alembic.MigrationEnvironment
            {
                public override void Configure(Alembic.EnvironmentOptions options) => options.OnConnected = connection =>
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "SET SESSION sql_mode = '{{mode}}'";
                    command.ExecuteNonQuery();
                };
            }
            """);
        Write(project, source);
        BaselineTests.Point(project, target);
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual(source.Dump(), target.Dump());
    }

    [TestMethod]
    [DataRow("mysql", "FULLTEXT KEY ft (a) /*!50100 WITH PARSER ngram */, FULLTEXT KEY fi (b) INVISIBLE")]
    [DataRow("mysql", "p point NOT NULL, SPATIAL KEY sp (p) COMMENT 'where' INVISIBLE")]
    [DataRow("mariadb", "FULLTEXT KEY ft (a) COMMENT 'it''s' IGNORED")]
    public void An_index_that_no_copy_has_comes_with_all_that_it_says(string kind, string index)
    {
        using var source = new SchemaServer(kind);
        using var target = new SchemaServer(kind);
        source.Execute($"CREATE TABLE item (id int PRIMARY KEY, a varchar(20), b text, {index})");
        using var project = new Project();
        Write(project, source);
        BaselineTests.Point(project, target);
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual(source.Dump(), target.Dump());
    }

    [TestMethod]
    public void A_check_that_is_not_enforced_stays_so_over_rows_that_break_it()
    {
        using var source = new SchemaServer("mysql");
        source.Execute("CREATE TABLE item (id int PRIMARY KEY, a int, CONSTRAINT ck CHECK (a > 0) NOT ENFORCED); "
            + "INSERT INTO item VALUES (1, -1)");
        var before = source.Dump();
        using var project = new Project();
        BaselineTests.Point(project, source);
        BaselineTests.Model(project, source.Inspect());
        project.Run("check").Ok();
        BaselineTests.Model(project, new MetaData(
        [
            new Table("item",
            [
                new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false), new Column("a", SqlType.BigInteger),
                new CheckConstraint("a > 0", "ck", notEnforced: true),
            ]),
        ]));
        project.Run("revision", "--autogenerate", "-m", "wider").Ok();
        project.Run("upgrade", "head").Ok();
        project.Run("check").Ok();
        project.Run("downgrade", "base").Ok();
        Assert.AreEqual(before, source.Dump());
    }

    private static void Write(Project project, SchemaServer source)
    {
        BaselineTests.Point(project, source);
        Assert.DoesNotContain("is not written", project.Run("revision", "--from-database", "-m", "baseline").Ok().Error);
    }

    // Without the moment of its creation and the clients' own settings.
    private static string Shown(SchemaServer server, string name) => string.Join('\n',
        server.Query($"SHOW CREATE {name}")[0].Where(c => c.Key is not ("Created" or "character_set_client")).Select(c => $"{c.Value}"));
}
