using System.Text.Json.Nodes;

namespace Alembic.Tool.Tests.Commands;

/// <summary>Build servers show errors, warnings and lint's findings beside the code, and a summary on the build's page.</summary>
[TestClass]
public sealed class AnnotationTests : IDisposable
{
    private readonly Project _project = new();

    public AnnotationTests()
    {
        Directory.CreateDirectory(_project.Path(".git"));
        _project.Revision("aaa1", "make | account", upgrade: """op.Execute("CREATE TABLE account (id INTEGER, note TEXT)");""",
            downgrade: """op.DropTable("account");""");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("GITHUB_ACTIONS", "true",
        "::error file=alembic/versions/bbb2_100%25 a%2C b%3A;].cs,line=<LINE>,title=ALB3003::bbb2: SQLite Error 1: "
        + "'no such table: 100%25")]
    [DataRow("TF_BUILD", "True",
        "##vso[task.logissue type=error;sourcepath=alembic/versions/bbb2_100%AZP25 a, b:%3B%5D.cs;linenumber=<LINE>;"
        + "code=ALB3003]bbb2: SQLite Error 1: 'no such table: 100%AZP25")]
    public void A_failure_is_told_with_its_file_from_the_root_of_the_repository(string variable, string value, string line)
    {
        _project.Environment[variable] = value;
        var file = _project.Revision("bbb2", "fails", "aaa1", """op.Execute("SELECT * FROM \"100%\"");""");
        File.Move(file, file = _project.Path("alembic/versions/bbb2_100% a, b:;].cs"));
        var at = Array.FindIndex(File.ReadAllLines(file), l => l.Contains("SELECT", StringComparison.Ordinal)) + 1;
        var told = Told(_project.Run("upgrade", "heads"));
        Assert.HasCount(1, told);
        Assert.StartsWith(line.Replace("<LINE>", $"{at}", StringComparison.Ordinal), told[0]);
        Assert.Contains("%0Ahint: ", told[0]);
    }

    [TestMethod]
    public void Findings_are_told_beside_their_lines_and_stdout_stays_what_it_is()
    {
        _project.Revision("bbb2", "drops", "aaa1", """op.DropColumn("account", "note");""",
            """op.Execute("ALTER TABLE account ADD note TEXT");""");
        var plain = _project.Run("lint");
        Assert.IsEmpty(Told(plain));
        _project.Environment["GITHUB_ACTIONS"] = "true";
        var result = _project.Run("lint");
        Assert.AreEqual(plain.Out, result.Out);
        var told = Told(result);
        Assert.StartsWith("::error file=alembic/versions/bbb2_drops.cs,line=16,title=ALB5102::the values of account.note are ", told[0]);
        Assert.Contains("%0A// in a release after the one whose code no longer names it%0A", told[0]);
        Assert.StartsWith("::error title=ALB4005::1 error", told[1]);
    }

    [TestMethod]
    public void A_compile_error_and_a_warning_are_told()
    {
        _project.Environment["GITHUB_ACTIONS"] = "true";
        _project.Revision("bbb2", "does not compile", "aaa1", "op.Nonsense();");
        _project.Write("alembic.ini", File.ReadAllText(_project.Path("alembic.ini"))
            .Replace("[alembic]", "[alembic]\nsqlalchemy.ulr = x", StringComparison.Ordinal));
        var told = Told(_project.Run("upgrade", "heads"));
        Assert.StartsWith("::warning title=ALB1101::", told[0]);
        Assert.StartsWith("::error file=alembic/versions/bbb2_doesnotcompile.cs,line=16,col=12,title=ALB2102::CS1061: ", told[1]);
    }

    [TestMethod]
    public void A_secret_is_hidden_before_it_is_escaped()
    {
        _project.Environment["GITHUB_ACTIONS"] = "true";
        var told = Told(_project.Run("current", "--nonsense", "postgresql://me:s%25ec%3Aret,word@host/db"));
        Assert.HasCount(1, told);
        foreach (var part in new[] { "s%25", "s%2525", "ret,word", "ret%2Cword", "s%ec" })
            Assert.DoesNotContain(part, told[0]);
    }

    [TestMethod]
    public void The_page_of_the_build_gets_what_was_found_planned_and_done()
    {
        _project.Environment["GITHUB_ACTIONS"] = "true";
        _project.Environment["GITHUB_STEP_SUMMARY"] = _project.Path("summary.md");
        _project.Run("heads").Ok();
        Assert.IsFalse(File.Exists(_project.Path("summary.md")));
        _project.Run("plan").Ok();
        _project.Run("upgrade", "heads").Ok();
        _project.Run("lint").Ok();
        _project.Run("upgrade", "nowhere");
        var page = File.ReadAllText(_project.Path("summary.md")).Replace(_project.Folder, "<DIR>", StringComparison.Ordinal);
        Assert.Contains("### dotnet alembic plan: done\n\n", page);
        Assert.Contains("| upgrade <code>aaa1</code> | make &#124; account | "
            + "<code>op.Execute(\"CREATE TABLE account (id INTEGER, note TEXT)\")", page);
        Assert.Contains("### dotnet alembic upgrade: done\n\n", page);
        Assert.Contains(" is at <code>aaa1</code>.\n\n| step | message | seconds |\n| --- | --- | --- |\n| upgrade <code>aaa1", page);
        Assert.Contains("### dotnet alembic lint: done\n\nNo findings.\n", page);
        Assert.Contains("### dotnet alembic upgrade: exit code 3\n\n", page);
        Assert.Contains("| <code>ALB2002</code> | error |", page);
        // A page that cannot be written fails no command.
        _project.Environment["GITHUB_STEP_SUMMARY"] = _project.Path("nowhere/summary.md");
        Assert.Contains("warning: can't write the summary", _project.Run("lint").Ok().Error);
    }

    [TestMethod]
    public void GitLab_takes_findings_as_its_code_quality_report()
    {
        var file = Drops("");
        var result = _project.Run("lint", "--format", "gitlab");
        Assert.AreEqual(2, result.Code);
        var findings = JsonNode.Parse(result.Out)!.AsArray();
        Assert.AreEqual("""{"path":"alembic/versions/bbb2_drops.cs","lines":{"begin":16}}""", findings[0]!["location"]!.ToJsonString());
        Assert.AreEqual("ALB5102 major", $"{findings[0]!["check_name"]} {findings[0]!["severity"]}");
        Assert.AreEqual(2, findings.Select(f => (string)f!["fingerprint"]!).Distinct().Count());
        // The same finding further down is no new one.
        Assert.AreEqual(file, Drops("// above\n        "));
        CollectionAssert.AreEqual(findings.Select(f => (string)f!["fingerprint"]!).ToList(),
            JsonNode.Parse(_project.Run("lint", "--format", "gitlab").Out)!.AsArray().Select(f => (string)f!["fingerprint"]!).ToList());
        _project.Run("lint", "--format", "gitlab", "-o", "report.json");
        Assert.HasCount(2, JsonNode.Parse(File.ReadAllText(_project.Path("report.json")))!.AsArray());
        File.Delete(file);
        Assert.AreEqual("[]\n", _project.Run("lint", "--format", "gitlab").Ok().Out);
    }

    [TestMethod]
    public void SARIF_has_the_rules_and_the_places()
    {
        Drops("");
        var log = JsonNode.Parse(_project.Run("lint", "--format", "sarif").Out)!;
        Assert.AreEqual("2.1.0", (string)log["version"]!);
        var run = log["runs"]![0]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray().Select(r => (string)r!["id"]!).ToList();
        CollectionAssert.AllItemsAreUnique(rules);
        foreach (var result in run["results"]!.AsArray())
        {
            CollectionAssert.Contains(rules, (string)result!["ruleId"]!);
            Assert.AreEqual("error", (string)result["level"]!);
            var place = result["locations"]![0]!["physicalLocation"]!;
            Assert.AreEqual("alembic/versions/bbb2_drops.cs", (string)place["artifactLocation"]!["uri"]!);
        }
        Assert.HasCount(2, run["results"]!.AsArray());
    }

    [TestMethod]
    [DataRow("--format xml", "--format xml: there is no such report")]
    [DataRow("--format sarif --json", "--format and --json cannot be combined")]
    public void A_report_of_another_form_is_refused(string options, string message)
    {
        var result = _project.Run(["lint", .. options.Split(' ')]);
        Assert.AreEqual(64, result.Code);
        Assert.Contains(message, result.Error);
    }

    private string Drops(string above) => _project.Revision(
        "bbb2", "drops", "aaa1", above + "op.DropColumn(\"account\", \"note\");\n        op.DropColumn(\"account\", \"note\");",
        """op.Execute("ALTER TABLE account ADD note TEXT");""");

    private static List<string> Told(Result result) => [.. result.Error.Split('\n')
        .Where(line => line.StartsWith("::", StringComparison.Ordinal) || line.StartsWith("##vso[", StringComparison.Ordinal))];
}
