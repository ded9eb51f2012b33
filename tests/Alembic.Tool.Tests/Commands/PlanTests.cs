using Alembic.Tool.Tests.Connections;

namespace Alembic.Tool.Tests.Commands;

/// <summary>A plan shows what would be done, and a saved one is done or refused.</summary>
[TestClass]
public sealed class PlanTests : IDisposable
{
    private readonly Project _project = new();

    public PlanTests()
    {
        _project.Revision(
            "aaa100000001", "one", upgrade: """
            op.CreateTable("account", [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.Text), new Column("old", SqlType.Text)]);
            op.Execute("INSERT INTO account VALUES (1, 'a', 'b'), (2, 'c', 'd')");
            """, downgrade: """op.DropTable("account");""");
        _project.Revision(
            "bbb200000002", "two", "aaa100000001", upgrade: """
            op.AlterColumn("account", "name", nullable: false, existingType: SqlType.Text);
            op.DropColumn("account", "old");
            """);
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void It_shows_operations_rebuilt_tables_with_their_rows_and_what_is_lost()
    {
        _project.Run("upgrade", "aaa100000001").Ok();
        var before = File.ReadAllBytes(_project.Path("test.db"));
        Assert.AreEqual(
            """
            revision    aaa100000001
            plan        1 step

            upgrade bbb200000002, two
              op.AlterColumn("account", "name", nullable: false, existingType: SqlType.Text)
                ! rebuilds the table account, which has 2 rows
              op.DropColumn("account", "old")
                ! loses column account.old

            """.ReplaceLineEndings("\n"),
            Shown("plan"));
        CollectionAssert.AreEqual(before, File.ReadAllBytes(_project.Path("test.db")));
    }

    [TestMethod]
    public void A_database_that_is_not_there_is_not_created()
    {
        Assert.Contains("plan        2 steps\n", Shown("plan"));
        Assert.IsFalse(File.Exists(_project.Path("test.db")));
    }

    [TestMethod]
    public void Its_statements_are_those_that_the_upgrade_sends()
    {
        var planned = Shown("plan", "--sql").Split('\n').Where(l => l.StartsWith("      ", StringComparison.Ordinal)).Select(l => l.Trim());
        _project.Write("alembic.ini", File.ReadAllText(_project.Path("alembic.ini")).Replace(
            "[logger_sqlalchemy]\nlevel = WARNING", "[logger_sqlalchemy]\nlevel = INFO", StringComparison.Ordinal));
        var run = _project.Run("upgrade", "heads").Ok().Error;
        foreach (var line in planned)
            Assert.Contains(line.TrimEnd(';'), run);
    }

    [TestMethod]
    [DataRow("postgresql",
        "nobody can read or write account until all its rows and indexes are rewritten and the migration is committed")]
    [DataRow("mariadb", "nobody can write to account until all its rows are copied")]
    [DataRow("mysql", "nobody can write to account until all its rows are copied")]
    public void It_shows_what_blocks_others_and_until_when(string dialect, string sentence)
    {
        const string Widen = """op.AlterColumn("account", "n", type: SqlType.BigInteger, existingType: SqlType.Integer)""";
        using var live = new LiveProject(dialect);
        live.Project.Revision("aaa100000001", "one", upgrade:
            """op.CreateTable("account", [new Column("id", SqlType.Integer, primaryKey: true), new Column("n", SqlType.Integer)]);""");
        live.Project.Revision("bbb200000002", "two", "aaa100000001", upgrade: $"{Widen};");
        // Nobody reads a table yet that the plan creates.
        Assert.DoesNotContain("nobody can", live.Project.Run("plan").Ok().Out);
        live.Project.Run("upgrade", "aaa100000001").Ok();
        Assert.Contains($"  {Widen}\n    ! {sentence}\n", live.Project.Run("plan").Ok().Out);
        Assert.Contains($"\"{sentence}\"", live.Project.Run("plan", "--json").Ok().Out);
        live.Project.Write("alembic.ini",
            File.ReadAllText(live.Project.Path("alembic.ini")) + "\n[lint]\nALB5207 = off\nALB5221 = off\n");
        Assert.DoesNotContain("nobody can", live.Project.Run("plan").Ok().Out);
    }

    [TestMethod]
    public void It_shows_what_SQL_and_a_batch_block_too()
    {
        using var live = new LiveProject("postgresql");
        live.Execute("CREATE TABLE account (id integer PRIMARY KEY, n integer)");
        live.Project.Revision("aaa100000001", "one", upgrade: """
            op.Execute("CREATE INDEX ix ON account (n)");
            op.BatchAlterTable("account", batch => batch.CreateCheckConstraint("ck", "n > 0"));
            """);
        var shown = live.Project.Run("plan").Ok().Out;
        Assert.Contains(
            "(n)\")\n    ! nobody can write to account until the index is built and the migration is committed\n", shown);
        Assert.Contains("    ! nobody can read or write account until all rows are checked and the migration is committed\n", shown);
    }

    [TestMethod]
    public void What_asks_the_database_is_marked_and_the_rest_shown()
    {
        _project.Revision("ccc300000003", "three", "bbb200000002", upgrade: """
            op.Execute("UPDATE account SET name = upper(name)");
            if (op.Query("SELECT 1 FROM account").Count > 0)
                op.DropTable("account");
            """);
        Assert.EndsWith(
            """
            upgrade ccc300000003, three
              op.Execute("UPDATE account SET name = upper(name)")
              ? what comes next cannot be predicted: op.Query asks the database while it runs

            """.ReplaceLineEndings("\n"),
            Shown("plan"));
    }

    [TestMethod]
    public void It_plans_down_too()
    {
        _project.Run("upgrade", "heads").Ok();
        var shown = Shown("plan", "--down", "base");
        Assert.Contains("downgrade bbb200000002, two\n  no operations\n", shown);
        Assert.Contains("  op.DropTable(\"account\")\n    ! loses table account\n", shown);
        Assert.Contains("plan        nothing to do\n", Shown("plan"));
    }

    [TestMethod]
    public void Its_exit_code_says_whether_there_is_anything_to_do()
    {
        Assert.AreEqual(2, _project.Run("plan", "--exit-code").Code);
        _project.Run("upgrade", "heads").Ok();
        Assert.AreEqual(0, _project.Run("plan", "--exit-code").Code);
    }

    [TestMethod]
    public void A_saved_plan_is_carried_out()
    {
        _project.Run("plan", "aaa100000001", "--out", "plan.json").Ok();
        _project.Run("upgrade", "--plan", "plan.json").Ok();
        Assert.Contains("aaa100000001", _project.Run("current").Ok().Out);
        _project.Run("plan", "--down", "base", "--out", "down.json").Ok();
        _project.Run("downgrade", "--plan", "down.json").Ok();
        Assert.AreEqual("", _project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void A_saved_plan_is_refused_when_the_database_has_moved()
    {
        _project.Run("plan", "--out", "plan.json").Ok();
        _project.Run("upgrade", "aaa100000001").Ok();
        _project.Run("upgrade", "--plan", "plan.json")
            .Fails(5, "The plan is out of date: it starts at the base, but ", "check a new one: dotnet alembic plan --out FILE");
        Assert.DoesNotContain("bbb200000002", _project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void A_saved_plan_is_refused_when_the_files_have_changed()
    {
        _project.Run("plan", "--out", "plan.json").Ok();
        _project.Revision("bbb200000002", "two", "aaa100000001", upgrade: """op.DropTable("account");""");
        _project.Run("upgrade", "--plan", "plan.json")
            .Fails(5,
                "The plan is out of date: the files now have the step 'upgrade aaa100000001 -> bbb200000002', which it does not have");
        _project.Revision("ccc300000003", "three", "bbb200000002");
        _project.Run("upgrade", "--plan", "plan.json").Fails(5, "The plan is out of date");
        Assert.IsFalse(File.Exists(_project.Path("test.db")));
    }

    [TestMethod]
    [DataRow("{", "is not a plan")]
    [DataRow("[]", "is not a plan")]
    [DataRow("{\"format\": 1}", "is not a plan")]
    [DataRow("{\"format\": 1, \"tool\": \"0.0.1\", \"plans\": []}", "dotnet-alembic 0.0.1 wrote it")]
    public void What_is_no_plan_is_refused(string text, string message)
    {
        _project.Write("plan.json", text);
        var result = _project.Run("upgrade", "--plan", "plan.json");
        Assert.AreNotEqual(0, result.Code);
        Assert.Contains(message, result.Error);
    }

    [TestMethod]
    [DataRow("upgrade --plan nope.json", "nope.json")]
    [DataRow("upgrade head --plan plan.json", "--plan names the target already: give no revision")]
    [DataRow("upgrade --plan plan.json --sql", "--plan and --sql cannot be combined: a plan is for runs on a database")]
    [DataRow("downgrade --plan plan.json", "is the plan of an upgrade")]
    [DataRow("upgrade", "the following arguments are required: revision")]
    [DataRow("plan head --down base", "a plan goes up or down: give a revision or --down, not both")]
    public void Arguments_that_contradict_each_other_are_refused(string line, string message)
    {
        _project.Run("plan", "--out", "plan.json").Ok();
        var result = _project.Run(line.Split(' '));
        Assert.AreEqual(64, result.Code, result.Error);
        Assert.Contains(message, result.Error);
    }

    // Without the line that names the file of this test.
    private string Shown(params string[] arguments)
    {
        var text = _project.Run(arguments).Ok().Out;
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
