using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Connections;

/// <summary>Changes in three phases: old and new code of an application work at each of them.</summary>
[TestClass]
public sealed class ZeroDowntimeTests
{
    private const string Before = """
        new Table("team", [new Column("id", SqlType.Integer, primaryKey: true)]),
        new Table("account", [
            new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false),
            new Column("name", SqlType.String(50), nullable: false),
            new Column("nick", SqlType.String(20)),
            new Column("legacy", SqlType.String(10), nullable: false),
            new Column("email", SqlType.String(90)),
            new Column("team", SqlType.Integer)])
        """;

    private const string After = """
        new Table("team", [new Column("id", SqlType.Integer, primaryKey: true)]),
        new Table("account", [
            new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false),
            new Column("full_name", SqlType.String(50), nullable: false),
            new Column("nick", SqlType.String(20), nullable: false),
            new Column("email", SqlType.String(90)),
            new Column("team", SqlType.Integer),
            new Column("level", SqlType.Integer, nullable: false),
            new Column("code", SqlType.String(90), nullable: false),
            new TableIndex("ix_email", ["email"]),
            new CheckConstraint("level >= 0", "ck_level"),
            new ForeignKeyConstraint(["team"], ["team.id"], "fk_team")])
        """;

    private static readonly string[] Change =
    [
        "revision", "--autogenerate", "--zero-downtime", "-m", "new names", "--rename", "account.name:full_name",
        "--fill", "account.nick=none", "--fill", "account.level=7", "--fill", "account.code=sql:coalesce(email, 'none')",
        "--fill", "account.legacy=gone",
    ];

    [TestMethod]
    [DynamicData(nameof(LiveProject.Dialects), typeof(LiveProject))]
    public void Old_and_new_code_work_in_each_phase(string dialect)
    {
        using var database = new LiveProject(dialect);
        var project = database.Project;
        Model(project, Before);
        project.Run("revision", "--autogenerate", "-m", "one").Ok();
        project.Run("upgrade", "head").Ok();
        OldCode(1);
        Model(project, After);
        project.Run(Change).Ok();
        var files = Directory.GetFiles(project.Path("alembic/versions")).Order().Select(File.ReadAllText).ToList();
        CollectionAssert.AreEqual(
            new[] { "// one", "// new names (expand)", "// new names (fill)", "// new names (contract)" },
            files.Select(f => f.Split('\n')[0]).ToArray());
        Assert.Contains("[Phase(Phase.Expand)]", files[1]);
        Assert.Contains("[Phase(Phase.Contract)]", files[3]);

        // No lock is held while rows are read.
        if (dialect == "postgresql")
            Assert.DoesNotContain("ALB52", project.Run("lint").Out);

        Assert.Contains("Stopped before 000000000004", project.Run("upgrade", "head", "--phase", "expand").Ok().Error);
        Assert.AreEqual("old1 old1 7 e none", Row(1));
        OldCode(2);
        NewCode(3);
        Assert.AreEqual("old2", database.Row("SELECT full_name FROM account WHERE id = 2"));
        Assert.AreEqual("new3", database.Row("SELECT name FROM account WHERE id = 3"));
        // Each reads what the other has written; letters in another case are another value.
        database.Execute("UPDATE account SET name = 'ADA' WHERE id = 3");
        database.Execute("UPDATE account SET name = 'ada' WHERE id = 3");
        Assert.AreEqual("ada ada 1 c n", Row(3));
        database.Execute("UPDATE account SET full_name = 'Ada' WHERE id = 3");
        Assert.AreEqual("Ada Ada 1 c n", Row(3));

        project.Run("downgrade", "-1").Ok();
        project.Run("downgrade", "-1").Ok();
        Assert.AreEqual("Ada gone", database.Row("SELECT concat(name, ' ', legacy) FROM account WHERE id = 3"));
        project.Run("upgrade", "head").Ok();
        NewCode(4);
        project.Run("check").Ok();
        Assert.AreEqual("old2", database.Row("SELECT full_name FROM account WHERE id = 2"));
        project.Run("downgrade", "000000000001").Ok();
        Assert.AreEqual("old1 old2 Ada new4", string.Join(' ', Enumerable.Range(1, 4)
            .Select(id => database.Row($"SELECT name FROM account WHERE id = {id}"))));

        string Row(int id) =>
            database.Row($"SELECT concat(name, ' ', full_name, ' ', level, ' ', code, ' ', nick) FROM account WHERE id = {id}");

        void OldCode(int id)
        {
            database.Execute($"INSERT INTO account (id, name, legacy, email) VALUES ({id}, 'x', 'l', 'e')");
            database.Execute($"UPDATE account SET name = 'old{id}' WHERE id = {id}");
            Assert.AreEqual($"old{id}", database.Row($"SELECT name FROM account WHERE id = {id} AND legacy = 'l'"));
        }

        void NewCode(int id)
        {
            database.Execute($"INSERT INTO account (id, full_name, nick, level, code) VALUES ({id}, 'x', 'n', 1, 'c')");
            database.Execute($"UPDATE account SET full_name = 'new{id}' WHERE id = {id}");
            Assert.AreEqual($"new{id}", database.Row($"SELECT full_name FROM account WHERE id = {id} AND level = 1"));
        }
    }

    [TestMethod]
    public void What_breaks_nothing_is_one_revision_without_a_phase_and_other_changes_need_a_template_that_writes_it()
    {
        using var project = new Project();
        project.Run("revision", "--zero-downtime", "-m", "x").Fails(64, "--zero-downtime is for --autogenerate");
        Model(project, Before);
        project.Run("revision", "--autogenerate", "--zero-downtime", "-m", "one").Ok();
        var first = Directory.GetFiles(project.Path("alembic/versions")).Single();
        Assert.StartsWith("// one\n", File.ReadAllText(first));
        Assert.DoesNotContain("[Phase", File.ReadAllText(first));
        project.Run("upgrade", "head").Ok();
        Model(project, After);
        var template = project.Path("alembic/script.cs.scriban");
        File.WriteAllText(template, File.ReadAllText(template).Replace("[Phase(Phase.{{ phase }})]\n", "", StringComparison.Ordinal));
        project.Run(Change).Fails(1, "The project's script.cs.scriban does not write the phase of a revision");
        Assert.HasCount(1, Directory.GetFiles(project.Path("alembic/versions"), "*.cs"));
    }

    private static void Model(Project project, string tables) => project.Write("alembic/env.cs",
        $$"""
        using Alembic;
        using Alembic.Schema;

        public sealed class Env : MigrationEnvironment
        {
            public override MetaData? TargetMetadata => new([{{tables}}]);
        }
        """);
}
