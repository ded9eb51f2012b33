namespace Journeys;

/// <summary>The guide, section by section, typed into the installed tool.</summary>
[TestClass]
public sealed class GuideTests
{
    internal const string Model = """
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using System.ComponentModel.DataAnnotations.Schema;

        [Table("timeline")]
        public sealed class Timeline
        {
            [Key] public int Id { get; set; }
            [MaxLength(100)] public required string Name { get; set; }
            // more
        }
        """;

    [TestMethod]
    public void Adding_requires_approval_keeps_every_row()
    {
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "Initial schema").Ok().Logs("Detected added table 'timeline'");
        project.Alembic("upgrade", "head").Ok();
        project.Sql("INSERT INTO timeline (name) VALUES ('my life'), ('our house')");

        project.Edit("Models.cs", "    // more", "    [DefaultValue(false)] public bool RequiresApproval { get; set; }");
        project.Alembic("revision", "--autogenerate", "-m", "Add requires_approval to Timeline").Ok()
            .Logs("info: Detected added column 'timeline.requires_approval'");
        var file = project.Read(project.Revision("add_requires_approval_to_timeline"));
        Assert.Contains(
            """op.AddColumn("timeline", new Column("requires_approval", SqlType.Boolean, nullable: false, serverDefault: false));""", file);
        Assert.Contains("""op.DropColumn("timeline", "requires_approval");""", file);

        project.Alembic("upgrade", "head").Ok()
            .Logs(
                $"Running upgrade {project.Id("initial_schema")} -> {project.Id("add_requires_approval_to_timeline")}, Add "
                    + "requires_approval to Timeline");
        Assert.AreEqual("1|my life|0\n2|our house|0", project.Rows("SELECT id, name, requires_approval FROM timeline"));
        project.Alembic("check").Ok().Prints("No new upgrade operations detected.");

        project.Alembic("downgrade", "-1").Ok();
        Assert.AreEqual("1|my life\n2|our house", project.Rows("SELECT * FROM timeline"));
        var differs = project.Alembic("revision", "--autogenerate", "-m", "again");
        differs.Fails(7, "Target database is not up to date.", "dotnet alembic upgrade head");
    }

    [TestMethod]
    public void Every_command_of_the_reference_does_what_it_says()
    {
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "one").Ok();
        project.Alembic("revision", "-m", "two").Ok();
        project.Body("two", """op.Execute("INSERT INTO timeline (name) VALUES ('from two')");""",
            """op.Execute("DELETE FROM timeline WHERE name = 'from two'");""");
        var (one, two) = (project.Id("one"), project.Id("two"));

        project.Alembic("upgrade", "+1").Ok();
        Assert.AreEqual($"{one}\n", project.Alembic("current").Ok().Out);
        project.Sql("INSERT INTO timeline (name) VALUES ('mine')");
        project.Alembic("upgrade", "head").Ok();
        Assert.AreEqual($"{two} (head)\n", project.Alembic("current").Ok().Out);
        Assert.AreEqual("mine\nfrom two", project.Rows("SELECT name FROM timeline ORDER BY id"));

        Assert.AreEqual($"{one} -> {two} (head), two\n<base> -> {one}, one\n", project.Alembic("history").Ok().Out);
        project.Alembic("history", "--verbose").Ok().Prints($"Rev: {two} (head)\nParent: {one}\nPath: ").Prints("\n    two\n");
        project.Alembic("show", one[..6]).Ok().Prints($"Rev: {one}\nParent: <base>\n");

        project.Alembic("downgrade", "-1").Ok();
        Assert.AreEqual("mine", project.Rows("SELECT name FROM timeline"));
        project.Alembic("stamp", "head").Ok();
        Assert.AreEqual($"{two} (head)\n", project.Alembic("current").Ok().Out);
        Assert.AreEqual("mine", project.Rows("SELECT name FROM timeline"));
        project.Alembic("downgrade", "base").Ok();
        Assert.AreEqual("alembic_version\nalembic_history",
            project.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"));
        Assert.AreEqual("", project.Alembic("current").Ok().Out);
    }

    [TestMethod]
    public void A_database_that_is_not_up_to_date_is_told_with_the_way_out()
    {
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "one").Ok();
        project.Sql(
            "CREATE TABLE timeline (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(100) NOT NULL); INSERT INTO timeline VALUES (1, 'old')");
        project.Alembic("check").Fails(7, "Target database is not up to date.",
            "dotnet alembic upgrade head; or, if the database has those changes already, dotnet alembic stamp head");
        project.Alembic("stamp", "head").Ok();
        project.Alembic("check").Ok();
        Assert.AreEqual("1|old", project.Rows("SELECT * FROM timeline"));
    }

    [TestMethod]
    public void A_revision_that_is_not_there_is_told_with_the_way_out()
    {
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "one").Ok();
        project.Alembic("upgrade", "head").Ok();
        project.Sql("UPDATE alembic_version SET version_num = 'abcdef012345'");
        project.Alembic("upgrade", "head")
            .Fails(3, "Can't locate revision identified by 'abcdef012345'",
                "the database is at a revision that is not among the files: get the newest files, or reset its table with dotnet "
                    + "alembic stamp --purge head");
        project.Alembic("stamp", "--purge", "head").Ok();
        Assert.AreEqual($"{project.Id("one")} (head)\n", project.Alembic("current").Ok().Out);
    }

    [TestMethod]
    public void Two_heads_are_merged_with_the_command_that_the_message_gives()
    {
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "one").Ok();
        project.Alembic("revision", "-m", "mine").Ok();
        project.Alembic("revision", "-m", "theirs", "--head", project.Id("one"), "--splice").Ok();
        project.Alembic("upgrade", "head")
            .Fails(3, "Multiple head revisions are present for given argument 'head'", "dotnet alembic merge -m \"Merge migrations\" ")
            .Logs(project.Id("mine")).Logs(project.Id("theirs"));
        project.Alembic("merge", "-m", "Merge migrations", project.Id("mine"), project.Id("theirs")).Ok();
        project.Alembic("upgrade", "head").Ok();
        Assert.AreEqual($"{project.Id("merge_migrations")} (head) (mergepoint)\n", project.Alembic("current").Ok().Out);
    }

    [TestMethod]
    public void The_three_phases_keep_ten_thousand_rows_an_index_a_trigger_and_a_view()
    {
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "one").Ok();
        project.Alembic("upgrade", "head").Ok();
        project.Sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) INSERT INTO timeline (id, name) SELECT i, 'timeline ' || i FROM n;
            CREATE INDEX ix_name ON timeline (name DESC) WHERE id > 10;
            CREATE TABLE log (entry TEXT);
            CREATE TRIGGER tr_timeline AFTER INSERT ON timeline BEGIN INSERT INTO log VALUES ('added ' || new.name); END;
            CREATE VIEW names AS SELECT name FROM timeline WHERE id <= 3;
            """);
        var objects = project.Rows("SELECT type, name, sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY 1, 2");

        project.Alembic("revision", "-m", "phase 1").Ok();
        project.Body("phase_1", """op.AddColumn("timeline", new Column("requires_approval", SqlType.Boolean, nullable: true));""",
            """op.DropColumn("timeline", "requires_approval");""");
        project.Alembic("revision", "-m", "phase 2").Ok();
        project.Body("phase_2", """op.Execute("UPDATE timeline SET requires_approval = 0 WHERE requires_approval IS NULL");""");
        project.Alembic("revision", "-m", "phase 3").Ok();
        project.Body("phase_3", """op.AlterColumn("timeline", "requires_approval", nullable: false);""",
            """op.AlterColumn("timeline", "requires_approval", nullable: true);""");
        project.Alembic("upgrade", "head").Ok();

        Assert.AreEqual("10000|50005000|0|timeline 9999",
            project.Rows("SELECT count(*), sum(id), sum(requires_approval), max(name) FROM timeline"));
        Assert.AreEqual("1", project.Rows("SELECT \"notnull\" FROM pragma_table_info('timeline') WHERE name = 'requires_approval'"));
        Assert.AreEqual(objects,
            project.Rows("SELECT type, name, sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY 1, 2"));
        Assert.AreEqual("timeline 1\ntimeline 2\ntimeline 3", project.Rows("SELECT * FROM names"));
        project.Sql("INSERT INTO timeline (name, requires_approval) VALUES ('new', 1)");
        Assert.AreEqual("added new", project.Rows("SELECT * FROM log"));
        Assert.AreEqual("ok", project.Rows("PRAGMA integrity_check"));

        project.Alembic("downgrade", "-3").Ok();
        Assert.AreEqual("10001", project.Rows("SELECT count(*) FROM timeline"));
        Assert.AreEqual("id\nname", project.Rows("SELECT name FROM pragma_table_info('timeline')"));
    }

    [TestMethod]
    public void What_migrations_print_does_not_spoil_a_script()
    {
        var project = Project.Begun();
        project.Alembic("revision", "-m", "loud").Ok();
        project.Body("loud", "Console.WriteLine(\"hello from the migration\"); op.Execute(\"SELECT 1\");");
        var script = project.Alembic("upgrade", "head", "--sql").Ok().Logs("hello from the migration");
        Assert.DoesNotContain("hello", script.Out);
        Assert.DoesNotContain("info: ", script.Out);
    }
}
