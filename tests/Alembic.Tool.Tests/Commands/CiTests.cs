using System.Diagnostics;
using System.Xml.Linq;
using Alembic.Tool.Tests.Connections;

namespace Alembic.Tool.Tests.Commands;

/// <summary>ci makes five checks on databases of its own, and tells of each what is wrong.</summary>
[TestClass]
public sealed class CiTests
{
    private const string Create = """op.CreateTable("shop", [new Column("id", SqlType.Integer, primaryKey: true)]);""";
    private const string Drop = """op.DropTable("shop");""";
    private const string Add = """op.AddColumn("shop", new Column("name", SqlType.String(50)));""";
    private const string Remove = """op.DropColumn("shop", "name");""";

    private static readonly string[] Names = ["revisions", "round trip", "model", "lint", "scripts"];

    public static IEnumerable<object[]> Dialects => LiveProject.Dialects;

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void Revisions_that_are_right_pass_and_leave_nothing(string dialect)
    {
        using var live = Good(dialect);
        var result = live.Project.Run("ci").Ok();
        CollectionAssert.AreEqual(
            new[]
            {
                "revisions ok: 2 revisions, 1 head", "round trip ok", "model ok", "lint ok: nothing in 2 revisions", "scripts ok",
            },
            result.Lines.Select(WithoutTime).ToList(), result.Out);
        Assert.AreEqual("", result.Error);
        Assert.AreEqual("", live.Tables());
        live.Project.Run("ci", "--json").Ok();
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_second_head_is_told(string dialect) => Fails(
        dialect, "revisions", "'upgrade head' fails, because there are several heads: ",
        live => live.Project.Revision("ccc300000003", "three", "aaa100000001", "op.Execute(\"SELECT 1\");", "op.Execute(\"SELECT 1\");"));

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_file_that_looks_like_a_revision_and_is_none_is_told(string dialect) => Fails(
        dialect, "revisions", "it is not a revision",
        live => File.WriteAllText(live.Project.Path("alembic/versions/lost.cs"), ""));

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_schema_that_does_not_come_back_is_told(string dialect)
    {
        var result = Fails(
            dialect, "round trip", "bbb200000002: downgrade does not restore the schema from before upgrade",
            live => live.Project.Revision("bbb200000002", "two", "aaa100000001", Add, "op.Execute(\"SELECT 1\");"));
        Assert.Contains("\n    op.DropColumn(\"shop\", \"name\")\n", result.Out);
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_model_that_disagrees_is_told(string dialect)
    {
        var result = Fails(
            dialect, "model", "2 differences",
            live => live.Project.Write("alembic/env.cs",
                File.ReadAllText(live.Project.Path("alembic/env.cs")).Replace("\"name\"", "\"title\"", StringComparison.Ordinal)));
        Assert.Contains("\n    Detected added column 'shop.title'\n", result.Out);
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_finding_of_lint_is_told_with_file_and_line(string dialect)
    {
        var result = Fails(
            dialect, "lint", "1 error in 2 revisions",
            live => live.Project.Revision("bbb200000002", "two", "aaa100000001",
                Add + """op.AddColumn("shop", new Column("old", SqlType.Text)); op.DropColumn("shop", "old");""", Remove));
        Assert.Contains("error ALB5102: ", result.Out);
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_script_that_does_something_else_than_a_run_is_told(string dialect) => Fails(
        dialect, "scripts", "The script leaves different rows than a run, which leaves:",
        live => live.Project.Revision("bbb200000002", "two", "aaa100000001",
            Add + "if (!op.IsOffline) op.Execute(\"INSERT INTO shop (id) VALUES (1)\");", "op.Execute(\"DELETE FROM shop\");" + Remove));

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_revision_that_fails_is_told_by_each_check_that_runs_it(string dialect)
    {
        using var live = Good(dialect);
        live.Project.Revision("bbb200000002", "two", "aaa100000001", "op.Execute(\"SELECT * FROM nowhere\");", Remove);
        var result = live.Project.Run("ci");
        Assert.AreEqual(2, result.Code, result.Out + result.Error);
        Assert.Contains("FAILED: 3 of 5 checks failed", result.Error);
        Assert.Contains("\n    SELECT * FROM nowhere\n", result.Out);
        Assert.AreEqual("", live.Tables());
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void What_cannot_be_checked_says_why(string dialect)
    {
        using var live = Good(dialect);
        File.Delete(live.Project.Path("alembic/env.cs"));
        live.Project.Revision("bbb200000002", "two", "aaa100000001",
            Add + "foreach (var row in op.Query(\"SELECT id FROM shop\")) op.Execute(\"SELECT 1\");", Remove);
        var lines = live.Project.Run("ci", "--skip", "lint").Ok().Lines.Select(WithoutTime).ToList();
        Assert.AreEqual("model not checked: neither env.cs nor the ini file names a model", lines[2]);
        Assert.AreEqual("lint not checked: --skip", lines[3]);
        Assert.StartsWith("scripts not checked: ", lines[4]);
        Assert.Contains("op.Query", lines[4]);
        live.Project.Run("ci", "--skip", "everything").Fails(64, "--skip everything: there is no such check");
        File.Delete(live.Project.Path("alembic.ini"));
        live.Project.Run("ci").Fails(64, "No 'script_location' key found in configuration.", "there is no ");
    }

    [TestMethod]
    public void Files_that_make_no_graph_fail_the_first_check_and_the_others_are_not_made()
    {
        using var live = Good("sqlite");
        File.Copy(live.Project.Path("alembic/versions/bbb200000002_two.cs"), live.Project.Path("alembic/versions/copy.cs"));
        var result = live.Project.Run("ci", "--json");
        Assert.AreEqual(2, result.Code, result.Out);
        Assert.Contains("Revision bbb200000002 is present more than once", result.Out);
        Assert.Contains("\"message\": \"no graph of revisions\"", result.Out);
    }

    [TestMethod]
    public void Revisions_that_are_not_where_they_are_looked_for_fail()
    {
        using var live = Good("sqlite");
        Directory.Move(live.Project.Path("alembic/versions"), live.Project.Path("alembic/revisions"));
        var result = live.Project.Run("ci");
        Assert.AreEqual(2, result.Code, result.Out);
        Assert.StartsWith("revisions FAILED: There is no revision, and no folder <DIR>/alembic/versions", WithoutTime(result.Lines[0]));
    }

    [TestMethod]
    public void A_role_that_may_create_no_database_fails_what_needs_one()
    {
        using var live = Good("postgresql");
        live.Execute("CREATE ROLE ci_poor LOGIN");
        try
        {
            var url = new UriBuilder(live.Url) { UserName = "ci_poor", Password = "" };
            live.Project.Write("alembic.ini", string.Join('\n', File.ReadLines(live.Project.Path("alembic.ini")).Select(line =>
                line.StartsWith("sqlalchemy.url", StringComparison.Ordinal) ? $"sqlalchemy.url = {url.Uri.OriginalString}" : line)));
            var result = live.Project.Run("ci");
            Assert.AreEqual(2, result.Code);
            Assert.HasCount(3, result.Lines.Where(l => l.Contains("FAILED: cannot create a scratch database", StringComparison.Ordinal)));
        }
        finally
        {
            live.Execute("DROP ROLE ci_poor");
        }
    }

    [TestMethod]
    public void Of_several_databases_each_line_says_which()
    {
        using var project = new Project();
        project.Write("alembic/env.cs", """
            using Alembic;

            public sealed class Env : MigrationEnvironment
            {
                public override void Run(MigrationRunner runner)
                {
                    runner.Run("one", "sqlite:///one.db");
                    runner.Run("two", "sqlite:///two.db");
                }
            }
            """);
        project.Revision("aaa100000001", "one", null, Create, Drop);
        var lines = project.Run("ci").Ok().Lines.Select(WithoutTime).ToList();
        Assert.HasCount(9, lines);
        Assert.AreEqual("round trip ok, sqlite:///one.db", lines[1]);
        Assert.AreEqual("scripts ok, sqlite:///two.db", lines[8]);
    }

    [TestMethod]
    public void A_check_is_shown_as_soon_as_it_is_made()
    {
        using var live = Good("sqlite");
        // The round trip breaks off the command, as Ctrl-C does.
        live.Project.OnInterrupt = interrupt =>
        {
            AppDomain.CurrentDomain.SetData(live.Project.Folder, interrupt);
            return null;
        };
        live.Project.Revision("bbb200000002", "two", "aaa100000001",
            $"((System.Action)System.AppDomain.CurrentDomain.GetData(\"{live.Project.Folder}\")!)();" + Add, Remove);
        var result = live.Project.Run("ci");
        Assert.AreEqual(130, result.Code, result.Out + result.Error);
        Assert.AreEqual("revisions ok: 2 revisions, 1 head", WithoutTime(result.Lines.Single()));
        // The document has it, too, and is one.
        result = live.Project.Run("ci", "--json");
        Assert.AreEqual(130, result.Code, result.Out + result.Error);
        Assert.Contains("\"message\": \"2 revisions, 1 head\"", result.Out);
    }

    [TestMethod]
    public void The_report_has_a_case_for_each_check_and_no_password()
    {
        using var live = Good("sqlite");
        live.Project.Revision("bbb200000002", "two", "aaa100000001", "throw new System.Exception(\"\\u0001 <of> s3cret\");", Remove);
        live.Project.Environment["GITHUB_STEP_SUMMARY"] = live.Project.Path("summary.md");
        live.Project.Environment["GITHUB_ACTIONS"] = "true";
        var result = live.Project.Run("-x", "password=s3cret", "ci", "--junit", "ci.xml");
        Assert.AreEqual(2, result.Code);
        var suite = XDocument.Load(live.Project.Path("ci.xml")).Descendants("testsuite").Single();
        CollectionAssert.AreEqual(Names, suite.Elements("testcase").Select(c => c.Attribute("name")!.Value).ToList());
        Assert.AreEqual("3", suite.Attribute("failures")!.Value);
        var failure = suite.Elements("testcase").ElementAt(1).Element("failure")!;
        Assert.Contains("\\u0001 <of> ", failure.Attribute("message")!.Value);
        Assert.DoesNotContain("s3cret", File.ReadAllText(live.Project.Path("ci.xml")));
        Assert.Contains("| round trip | failed |", File.ReadAllText(live.Project.Path("summary.md")));
        Assert.Contains("::error file=", result.Error);
    }

    [TestMethod]
    public void Without_a_word_lint_judges_what_the_branch_adds()
    {
        using var live = Good("sqlite");
        live.Project.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        Git("init", "-q", "-b", "main");
        Git("add", ".");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
        Git("checkout", "-qb", "pull");
        live.Project.Revision("ccc300000003", "three", "bbb200000002", "op.Execute(\"SELECT 1\");", "op.Execute(\"SELECT 1\");");
        Assert.AreEqual("lint ok: nothing in 1 revision since main", WithoutTime(live.Project.Run("ci").Ok().Lines[3]));
        live.Project.Run("ci", "--since", "nowhere").Fails(64, "git merge-base: ", "--since takes a branch");

        void Git(params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = live.Project.Folder })!;
            process.WaitForExit();
            Assert.AreEqual(0, process.ExitCode);
        }
    }

    private static Result Fails(string dialect, string check, string message, Action<LiveProject> spoil)
    {
        using var live = Good(dialect);
        spoil(live);
        var result = live.Project.Run("ci");
        Assert.AreEqual(2, result.Code, result.Out + result.Error);
        var failed = result.Lines.Take(5).Select(WithoutTime).Where(l => l.Contains(" FAILED", StringComparison.Ordinal)).ToList();
        Assert.HasCount(1, failed, result.Out);
        Assert.StartsWith($"{check} FAILED: ", failed[0]);
        Assert.Contains(message, failed[0]);
        Assert.Contains("FAILED: 1 of 5 checks failed", result.Error);
        Assert.AreEqual(2, live.Project.Run("ci", "--json").Code);
        Assert.AreEqual("", live.Tables());
        return result;
    }

    private static string WithoutTime(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^2]);

    private static LiveProject Good(string dialect)
    {
        var live = new LiveProject(dialect);
        live.Project.Write("alembic/env.cs", """
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata { get; } = new(
                [
                    new Table("shop", [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(50))]),
                ]);
            }
            """);
        live.Project.Revision("aaa100000001", "one", null, Create, Drop);
        live.Project.Revision("bbb200000002", "two", "aaa100000001", Add, Remove);
        return live;
    }
}
