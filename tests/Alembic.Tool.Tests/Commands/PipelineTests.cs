using System.Diagnostics;
using System.Text.Json.Nodes;
using Alembic.Tool.Bundles;
using Alembic.Tool.Tests.Connections;

namespace Alembic.Tool.Tests.Commands;

/// <summary>
/// A repository with two pull requests goes through its pipeline as a build server runs it: everything by --json, and each document is held
/// against its schema.
/// </summary>
[TestClass]
public sealed class PipelineTests
{
    public static IEnumerable<object[]> Dialects => LiveProject.Dialects;

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void Two_pull_requests_reach_production(string dialect)
    {
        using var repository = new PullRequests(dialect);
        repository.Git("checkout", "-qb", "notes");
        repository.AddNote();
        repository.Check(0);
        Assert.HasCount(0, repository.Data("lint", "--since", "main"));
        repository.Merge("notes");
        repository.Release("bbb200000002");
        repository.Git("checkout", "-qb", "orders");
        repository.AddOrders("bbb200000002");
        repository.Check(0);
        repository.Merge("orders");
        repository.Release("ccc300000003");
        Assert.AreEqual("[]", repository.Data("check")[0]!["differences"]!.ToJsonString());
        // What is merged is not judged once more.
        Assert.HasCount(0, repository.Data("lint", "--since", "main"));
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void Two_heads_are_found_and_a_merge_puts_them_right(string dialect)
    {
        using var repository = new PullRequests(dialect);
        repository.Git("checkout", "-qb", "notes");
        repository.AddNote();
        repository.Check(0);
        // The other one does not know of it.
        repository.Git("checkout", "-q", "main");
        repository.Git("checkout", "-qb", "orders");
        repository.AddOrders("aaa100000001");
        repository.Check(0);
        repository.Merge("orders");
        repository.Git("merge", "-q", "--no-edit", "-X", "theirs", "notes");
        repository.WriteModel(hasNote: true, hasOrders: true);
        repository.Check(2, "revisions");
        Assert.AreEqual(3, repository.Run("plan", "head").Code);
        Assert.AreEqual(3, repository.Run("upgrade", "head").Code);
        repository.Run("merge", "-m", "both", "heads").Ok();
        repository.Check(0);
        repository.Release(null);
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void What_a_pull_request_does_wrong_stops_it(string dialect)
    {
        using var repository = new PullRequests(dialect);
        repository.Git("checkout", "-qb", "notes");
        repository.AddNote("op.DropColumn(\"shop\", \"name\");", "op.AddColumn(\"shop\", new Column(\"name\", SqlType.String(50)));");
        // The model still has the column, and an application may still read it.
        repository.Check(2, "model", "lint");
        Assert.AreEqual("ALB5102", (string)repository.Document(2, "lint", "--since", "main")["data"]![0]!["code"]!);
        repository.AddNote(downgrade: "op.Execute(\"SELECT 1\");", comesBack: false);
        repository.Check(2, "round trip");
        repository.AddNote();
        repository.WriteModel(hasNote: false, hasOrders: false);
        repository.Check(2, "model");
        Assert.Contains("note", repository.Document(2, "check", "--replay").ToJsonString());
        repository.WriteModel(hasNote: true, hasOrders: false);
        repository.Check(0);
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_plan_that_is_out_of_date_is_refused(string dialect)
    {
        using var repository = new PullRequests(dialect);
        repository.AddNote();
        repository.Document(2, "plan", "--exit-code", "--out", "plan.json");
        // Approved, and then somebody edits the revision, or another release comes first.
        repository.AddNote("op.Execute(\"SELECT 1\");");
        Assert.AreEqual("ALB4003", Last(repository.Document(5, "upgrade", "--plan", "plan.json")));
        repository.AddNote();
        repository.Run("upgrade", "heads").Ok();
        Assert.AreEqual("ALB4003", Last(repository.Document(5, "upgrade", "--plan", "plan.json")));
        repository.Release(null);
    }

    private static string Last(JsonNode document) => (string)document["diagnostics"]!.AsArray()[^1]!["code"]!;

    /// <summary>A repository with a released revision.</summary>
    private sealed class PullRequests : IDisposable
    {
        private readonly LiveProject _live;

        public PullRequests(string dialect)
        {
            _live = new LiveProject(dialect);
            _live.Project.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
            _live.Project.Revision("aaa100000001", "shop", null, """
                op.CreateTable("shop",
                    [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(50))]);
                """, """op.DropTable("shop");""");
            WriteModel(hasNote: false, hasOrders: false);
            _live.Project.Write(".gitignore", "*.db\nplan.json\nci.xml\ndist/\n");
            Git("init", "-q", "-b", "main");
            Commit();
            Run("upgrade", "heads").Ok();
        }

        public void Dispose() => _live.Dispose();

        public void Git(params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo("git", ["-c", "user.name=a", "-c", "user.email=a@b", .. arguments])
            {
                WorkingDirectory = _live.Project.Folder, RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.AreEqual(0, process.ExitCode, error);
        }

        public void AddNote(string upgrade = "", string downgrade = "", bool comesBack = true)
        {
            _live.Project.Revision("bbb200000002", "note", "aaa100000001",
                "op.AddColumn(\"shop\", new Column(\"note\", SqlType.String(80)));" + upgrade,
                downgrade + (comesBack ? "op.DropColumn(\"shop\", \"note\");" : ""));
            WriteModel(hasNote: true, hasOrders: false);
        }

        public void AddOrders(string down)
        {
            _live.Project.Revision("ccc300000003", "orders", down,
                "op.CreateTable(\"orders\", [new Column(\"id\", SqlType.Integer, primaryKey: true)]);", "op.DropTable(\"orders\");");
            WriteModel(hasNote: down != "aaa100000001", hasOrders: true);
        }

        public void WriteModel(bool hasNote, bool hasOrders) => _live.Project.Write("alembic/env.cs", $$"""
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata { get; } = new(
                [
                    new Table("shop",
                    [
                        new Column("id", SqlType.Integer, primaryKey: true),
                        new Column("name", SqlType.String(50)),
                        {{(hasNote ? "new Column(\"note\", SqlType.String(80))," : "")}}
                    ]),
                    {{(hasOrders ? "new Table(\"orders\", [new Column(\"id\", SqlType.Integer, primaryKey: true)])," : "")}}
                ]);
            }
            """);

        public void Merge(string branch)
        {
            Commit();
            Git("checkout", "-q", "main");
            Git("merge", "-q", "--ff-only", branch);
        }

        /// <summary>Runs ci, in which exactly these checks fail.</summary>
        public void Check(int code, params string[] failing)
        {
            Commit();
            var document = Document(code, "ci", "--junit", "ci.xml");
            CollectionAssert.AreEqual(failing, document["data"]!.AsArray().Where(c => (string)c!["result"]! != "ok")
                .Select(c => (string)c!["check"]!).ToList(), document.ToJsonString());
        }

        /// <summary>Plans what is pending, and carries exactly that out.</summary>
        public void Release(string? revision)
        {
            var planned = Data("plan", "--out", "plan.json")[0]!["steps"]!.AsArray().Select(s => (string)s!["revision"]!).ToList();
            if (planned.Count == 0)
                return;
            // What is shipped is a program without the repository.
            Data("bundle", "-o", "dist");
            _live.Project.Bundle = Bundle.In(_live.Project.Path("dist"));
            _live.Project.Environment["ALEMBIC_URL"] = _live.Url;
            var applied = Data("upgrade", "--plan", "plan.json")[0]!["applied"]!.AsArray().Select(s => (string)s!["revision"]!).ToList();
            CollectionAssert.AreEqual(planned, applied);
            if (revision is not null)
                CollectionAssert.AreEqual(new[] { revision }, applied);
            Assert.IsTrue((bool)Data("current", "--check-heads")[0]!["isAtHeads"]!);
            Assert.HasCount(0, Data("plan", "--exit-code")[0]!["steps"]!.AsArray());
            (_live.Project.Bundle, _live.Project.Environment["ALEMBIC_URL"]) = (null, null);
        }

        public JsonArray Data(params string[] arguments) => Document(0, arguments)["data"]!.AsArray();

        public JsonNode Document(int code, params string[] arguments)
        {
            var result = Run([.. arguments, "--json"]);
            Assert.AreEqual(code, result.Code, $"{string.Join(' ', arguments)}: {result.Out}{result.Error}");
            return JsonNode.Parse(result.Out)!;
        }

        public Result Run(params string[] arguments) => _live.Project.Run(arguments);

        private void Commit()
        {
            Git("add", "-A");
            Git("commit", "-q", "--allow-empty", "-m", "next");
        }
    }
}
