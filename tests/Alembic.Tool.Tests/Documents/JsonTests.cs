using System.Text.Json.Nodes;

namespace Alembic.Tool.Tests.Documents;

/// <summary>With <c>--json</c> stdout has one document, however the command ends. Its form is checked with each run of a test.</summary>
[TestClass]
public sealed class JsonTests : IDisposable
{
    private readonly Project _project = new();

    public JsonTests()
    {
        _project.Revision("aaa1", "make account", upgrade: """
            op.CreateTable("account", [new Column("id", SqlType.Integer, primaryKey: true), new Column("note", SqlType.Text)]);
            """, downgrade: """op.DropTable("account");""");
        _project.Revision("bbb2", "drop \"note\" of account", "aaa1", """op.DropColumn("account", "note");""");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("heads", "bbb2")]
    [DataRow("history", "bbb2 aaa1")]
    [DataRow("history -r aaa1:aaa1", "aaa1")]
    [DataRow("show aaa1", "aaa1")]
    [DataRow("branches", "")]
    public void Revisions_are_elements(string arguments, string ids) =>
        Assert.AreEqual(ids, string.Join(' ', Data(Run(arguments)).Select(r => (string)r["id"]!)));

    [TestMethod]
    public void A_revision_has_all_that_its_file_says()
    {
        var revision = Data(Run("show bbb2")).Single();
        Assert.AreEqual("drop \"note\" of account", (string)revision["message"]!);
        Assert.AreEqual("[\"aaa1\"]", revision["down"]!.ToJsonString());
        Assert.IsTrue((bool)revision["isHead"]!);
        StringAssert.EndsWith((string)revision["file"]!, "bbb2_dropnoteofaccount.cs");
    }

    [TestMethod]
    public void A_run_tells_its_steps_and_what_is_pending_is_told_before()
    {
        var status = Data(Run("status")).Single();
        Assert.AreEqual("aaa1 bbb2", string.Join(' ', status["pending"]!.AsArray().Select(p => (string)p!["revision"]!)));
        var plan = Data(Run("plan")).Single();
        Assert.AreEqual("[\"column account.note\"]", plan["steps"]![1]!["operations"]![0]!["lost"]!.ToJsonString());
        var run = Data(Run("upgrade heads")).Single();
        Assert.AreEqual("aaa1 bbb2", string.Join(' ', run["applied"]!.AsArray().Select(p => (string)p!["revision"]!)));
        Assert.AreEqual("[\"bbb2\"]", run["revisions"]!.ToJsonString());
        var current = Data(Run("current")).Single();
        Assert.IsTrue((bool)current["isAtHeads"]!);
        Assert.AreEqual("bbb2", (string)current["revisions"]![0]!["id"]!);
        Assert.AreEqual("downgrade", (string)Data(Run("downgrade base")).Single()["applied"]![0]!["kind"]!);
        Assert.AreEqual("stamp", (string)Data(Run("stamp aaa1")).Single()["applied"]![0]!["kind"]!);
        Assert.IsEmpty(Data(Run("ensure_version")).Single()["applied"]!.AsArray());
    }

    [TestMethod]
    public void A_dry_run_tells_its_steps_and_changes_nothing()
    {
        var run = Data(Run("upgrade heads --dry-run")).Single();
        Assert.AreEqual("aaa1 bbb2", string.Join(' ', run["applied"]!.AsArray().Select(p => (string)p!["revision"]!)));
        Assert.IsTrue((bool)run["isDryRun"]!);
        Assert.AreEqual("[] []", $"{run["revisions"]!.ToJsonString()} {run["notRun"]!.ToJsonString()}");
        Assert.IsFalse(File.Exists(_project.Path("test.db")));
        Assert.AreEqual(64, _project.Run("upgrade", "heads", "--dry-run", "--sql").Code);
    }

    [TestMethod]
    public void A_script_is_a_text_of_the_document()
    {
        var script = (string)Data(Run("upgrade aaa1 --sql")).Single()["script"]!;
        Assert.AreEqual(_project.Run("upgrade", "aaa1", "--sql").Ok().Out, script);
    }

    [TestMethod]
    public void A_new_revision_is_told_with_its_file()
    {
        var revision = Data(Run("revision -m more")).Single();
        Assert.IsTrue(File.Exists(((string)revision["file"]!).Replace("<DIR>", _project.Folder, StringComparison.Ordinal)));
        Assert.AreEqual("more", (string)revision["message"]!);
        Run("revision -m other --head aaa1 --splice");
        Assert.HasCount(2, Data(Run("merge heads -m joined")).Single()["down"]!.AsArray());
    }

    [TestMethod]
    public void A_new_project_is_told_by_its_files()
    {
        using var project = new Project(initialised: false);
        var files = Json(project.Run("init", "--json").Ok())["data"]!.AsArray().Select(f => Path.GetFileName((string)f!["file"]!)).ToList();
        CollectionAssert.Contains(files, "alembic.ini");
        CollectionAssert.Contains(files, "env.cs");
        var templates = project.Run("--json", "list_templates").Ok();
        Assert.IsNotEmpty(Json(templates)["data"]!.AsArray());
        Assert.AreEqual("", templates.Error);
    }

    [TestMethod]
    public void Nothing_else_is_on_stdout_whoever_writes()
    {
        _project.Write("alembic/env.cs", """
            using Alembic;

            public sealed class Env : MigrationEnvironment
            {
                public override void Configure(EnvironmentOptions options)
                {
                    System.Console.WriteLine("from the console");
                    Config.PrintStdout("from env.cs");
                }
            }
            """);
        var result = _project.Run("--json", "current").Ok();
        Assert.Contains("from env.cs", result.Error);
        Assert.DoesNotContain("from env.cs", result.Out);
    }

    [TestMethod]
    [DataRow("postgresql://me@127.0.0.1:1/shop", 1, "ALB3001")]
    [DataRow("nothing://known", 64, "ALB1007")]
    public void A_database_that_cannot_be_had_has_codes_of_its_own(string url, int code, string diagnostic)
    {
        _project.Write("alembic.ini", File.ReadAllText(_project.Path("alembic.ini"))
            .Replace("sqlalchemy.url = sqlite:///%(here)s/test.db", $"sqlalchemy.url = {url}", StringComparison.Ordinal));
        var result = _project.Run("--json", "current");
        Assert.AreEqual(code, result.Code, result.Error);
        Assert.AreEqual(diagnostic, (string)Json(result)["diagnostics"]![0]!["code"]!);
    }

    [TestMethod]
    [DataRow("current --nonsense", 64, "current", "ALB1001")]
    [DataRow("nonsense", 64, null, "ALB1001")]
    [DataRow("", 64, null, "ALB1001")]
    [DataRow("-c nowhere.ini current", 64, "current", "ALB1004")]
    [DataRow("upgrade", 64, "upgrade", "ALB1001")]
    [DataRow("current --json=yes", 64, "current", "ALB1001")]
    [DataRow("upgrade nowhere", 3, "upgrade", "ALB2002")]
    [DataRow("check", 64, "check", "ALB1008")]
    [DataRow("current --check-heads", 7, "current", "ALB4004")]
    [DataRow("repair --done", 1, "repair", "ALB9001")]
    [DataRow("lock release", 1, "lock", "ALB9001")]
    [DataRow("restore nowhere", 1, "restore", "ALB9001")]
    public void A_failure_is_a_document_too(string arguments, int code, string? command, string diagnostic)
    {
        if (arguments == "check")
            Run("upgrade heads");
        var result = _project.Run([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--json"]);
        var json = Json(result);
        Assert.AreEqual((code, command), (result.Code, (string?)json["command"]), result.Out);
        var last = json["diagnostics"]!.AsArray()[^1]!;
        Assert.AreEqual((diagnostic, "error"), ((string)last["code"]!, (string)last["severity"]!), result.Out);
        Assert.Contains($"FAILED: {(string)last["message"]!}", result.Error);
    }

    [TestMethod]
    public void What_a_failed_run_had_done_is_there_and_where_it_failed()
    {
        var file = _project.Revision("ccc3", "fails", "bbb2", """op.Execute("SELECT nothing");""");
        var result = _project.Run("upgrade", "heads", "--json");
        var json = Json(result);
        Assert.AreEqual(1, result.Code);
        var applied = json["data"]![0]!["applied"]!.AsArray().Select(p => (string)p!["revision"]!);
        Assert.AreEqual("aaa1 bbb2", string.Join(' ', applied), result.Out);
        var failure = json["diagnostics"]![0]!;
        Assert.AreEqual("ALB3003 ccc3 SELECT nothing", $"{failure["code"]} {failure["revision"]} {failure["statement"]}");
        Assert.AreEqual(Array.FindIndex(File.ReadAllLines(file), l => l.Contains("SELECT nothing", StringComparison.Ordinal)) + 1,
            (int)failure["line"]!);
        StringAssert.EndsWith((string)failure["file"]!, Path.GetFileName(file));
    }

    [TestMethod]
    public void Errors_of_the_compiler_have_their_places()
    {
        _project.Revision("ccc3", "does not compile", "bbb2", "op.Nonsense();");
        var json = Json(_project.Run("upgrade", "heads", "--json"));
        var first = json["diagnostics"]![0]!;
        Assert.AreEqual("ALB2102", (string)first["code"]!);
        StringAssert.StartsWith((string)first["message"]!, "CS1061: ");
        Assert.IsNotNull(first["line"]);
        var last = json["diagnostics"]!.AsArray()[^1]!;
        Assert.AreEqual($"ALB2101 {first["file"]} {first["line"]}", $"{last["code"]} {last["file"]} {last["line"]}");
    }

    [TestMethod]
    public void A_compile_error_of_what_is_pending_matters_only_where_it_is_run()
    {
        _project.Revision("ccc3", "does not compile", "bbb2", "op.Nonsense();");
        Run("upgrade bbb2");
        Assert.AreEqual("bbb2", (string)Data(Run("current")).Single()["revisions"]![0]!["id"]!);
        Assert.AreEqual("ccc3", (string)Data(Run("status")).Single()["pending"]![0]!["revision"]!);
    }

    [TestMethod]
    public void Warnings_are_diagnostics()
    {
        _project.Write("alembic.ini", File.ReadAllText(_project.Path("alembic.ini"))
            .Replace("[alembic]", "[alembic]\nsqlalchemy.ulr = x", StringComparison.Ordinal));
        var json = Run("heads");
        Assert.AreEqual("ALB1101 warning", $"{json["diagnostics"]![0]!["code"]} {json["diagnostics"]![0]!["severity"]}");
    }

    [TestMethod]
    public void A_secret_is_hidden_whatever_characters_it_has()
    {
        var json = Json(_project.Run("current", "--nonsense", "postgresql://me:s\"cr\\et\u00fc9@host/db", "--json")).ToJsonString();
        foreach (var part in new[] { "s\\\"cr", "et\\u00fc", "et\u00fc" })
            Assert.DoesNotContain(part, json);
    }

    [TestMethod]
    public void It_is_ASCII()
    {
        _project.Revision("ccc3", "Umlaut \u00e4 \U0001f600 \u202e", "bbb2");
        var result = _project.Run("heads", "--json").Ok();
        Assert.IsTrue(result.Out.All(char.IsAscii));
        Assert.AreEqual("Umlaut \u00e4 \U0001f600 \u202e", (string)Json(result)["data"]![0]!["message"]!);
    }

    [TestMethod]
    public void Help_and_version_are_documents()
    {
        Assert.AreEqual(ToolVersion.Text, (string)Data(Run("--version")).Single()["version"]!);
        StringAssert.Contains((string)Data(Run("upgrade --help")).Single()["text"]!, "--lock-timeout");
    }

    [TestMethod]
    public void Results_go_into_a_file()
    {
        var printed = _project.Run("history").Ok().Out;
        Assert.AreEqual("", _project.Run("history", "-o", "history.txt").Ok().Out);
        Assert.AreEqual(printed, File.ReadAllText(_project.Path("history.txt")));
        Assert.AreEqual("", _project.Run("upgrade", "heads", "--sql", "--output", "up.sql").Ok().Out);
        Assert.AreEqual(_project.Run("upgrade", "heads", "--sql").Ok().Out, File.ReadAllText(_project.Path("up.sql")));
        Assert.AreEqual("", _project.Run("heads", "--json", "-oheads.json").Ok().Out);
        DocumentSchemas.Check(File.ReadAllText(_project.Path("heads.json")), 0);
        Assert.AreNotEqual(0xEF, File.ReadAllBytes(_project.Path("heads.json"))[0]);
    }

    [TestMethod]
    public void Half_a_script_replaces_no_file()
    {
        _project.Write("up.sql", "whole");
        _project.Revision("ccc3", "asks", "bbb2", """op.Query("SELECT 1");""");
        _project.Run("upgrade", "heads", "--sql", "-o", "up.sql").Fails(1, "");
        Assert.AreEqual("whole", File.ReadAllText(_project.Path("up.sql")));
    }

    [TestMethod]
    public void A_file_that_cannot_be_written_is_an_error_with_a_document()
    {
        var result = _project.Run("heads", "--json", "-o", "nowhere/heads.json");
        Assert.AreEqual((1, 1), (result.Code, (int)Json(result)["exitCode"]!));
        var error = _project.Run("heads", "-o", "nowhere/heads.txt").Fails(1, "Can't write").Error;
        Assert.DoesNotContain(".tmp", error);
    }

    private JsonNode Run(string arguments) => Json(_project.Run([.. arguments.Split(' '), "--json"]).Ok());

    private static IEnumerable<JsonNode> Data(JsonNode document) => document["data"]!.AsArray().Select(d => d!);

    private static JsonNode Json(Result result) => JsonNode.Parse(result.Out)!;
}
