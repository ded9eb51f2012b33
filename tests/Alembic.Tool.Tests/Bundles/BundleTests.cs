using Alembic.Tool.Bundles;
using Alembic.Tool.Commands;
using Alembic.Tool.Tests.Connections;

namespace Alembic.Tool.Tests.Bundles;

/// <summary>What a bundle does where the project is not. That it does so without the tool's other files is seen by the journeys.</summary>
[TestClass]
public sealed class BundleTests
{
    public static IEnumerable<object[]> Dialects => LiveProject.Dialects;

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void It_migrates_as_the_tool_does(string dialect)
    {
        using var live = new LiveProject(dialect);
        Fill(live.Project);
        if (dialect != "sqlite")
            File.AppendAllText(live.Project.Path("alembic.ini"), "\n[DEFAULT]\nhistory_table = true\n");
        using var bundle = Elsewhere(live.Project);
        bundle.Environment["ALEMBIC_URL"] = live.Url;
        var plan = live.Project.Run("plan", "--out", "plan.json").Ok();
        File.Copy(live.Project.Path("plan.json"), bundle.Path("plan.json"));
        Directory.Delete(live.Project.Path("alembic"), recursive: true);

        CollectionAssert.AreEqual(plan.Lines.Skip(1).ToList(), bundle.Run("plan").Ok().Lines.Skip(1).ToList());
        Assert.HasCount(2, bundle.Run("upgrade", "--plan", "plan.json").Ok().Steps);
        Assert.AreEqual("shared", live.Row("SELECT name FROM shop"));
        Assert.AreEqual("bbb200000002 (head)", bundle.Run("current").Ok().Lines.Single());
        bundle.Run("current", "--check-heads").Ok();
        Assert.Contains("The files are those that were applied.", bundle.Run("verify").Ok().Out);
        Assert.Contains("free", bundle.Run("lock", "status").Ok().Out);
        Assert.Contains("pending     nothing", bundle.Run("status").Ok().Out);
        Assert.Contains("bbb200000002 (head) (current), names", bundle.Run("history", "-i").Ok().Out);
        bundle.Run("downgrade", "base").Ok();
        Assert.Contains("CREATE TABLE", bundle.Run("upgrade", "heads", "--sql").Ok().Out);
        bundle.Run("stamp", "heads").Ok();
        Assert.Contains("nothing to do", bundle.Run("plan").Ok().Out);
    }

    [TestMethod]
    public void A_database_that_is_ahead_is_told_as_the_tool_tells_it()
    {
        using var project = new Project();
        Fill(project);
        using var bundle = Elsewhere(project);
        bundle.Environment["ALEMBIC_URL"] = $"sqlite:///{project.Path("test.db")}";
        project.Revision("ccc300000003", "later", "bbb200000002");
        project.Run("upgrade", "heads").Ok();

        bundle.Run("upgrade", "heads").Fails(3, "Can't locate revision identified by 'ccc300000003'",
            "the database is ahead of these files");
        bundle.Run("upgrade", "heads", "--if-behind").Ok();
    }

    [TestMethod]
    public void A_migration_that_fails_is_told_with_its_line()
    {
        using var project = new Project();
        var file = project.Revision("aaa100000001", "one", null, "op.Execute(\"SELECT nothing\");");
        using var bundle = Elsewhere(project);
        bundle.Environment["ALEMBIC_URL"] = $"sqlite:///{bundle.Path("b.db")}";

        var failed = bundle.Run("upgrade", "heads");
        Assert.AreEqual(1, failed.Code);
        Assert.Contains($"{Path.GetFileName(file)}:line 16", failed.Error);
    }

    [TestMethod]
    public void A_command_that_needs_the_project_is_refused_by_name()
    {
        using var project = new Project();
        Fill(project);
        using var bundle = Elsewhere(project);
        foreach (var name in RootCommand.Names.Where(RootCommand.NeedsProject))
            bundle.Run(name).Fails(64, $"'{name}' needs the project, but this is a bundle", $"dotnet alembic {name}, in the project");
        Assert.AreEqual(64, bundle.Run("--json", "list-templates").Code);
        var help = bundle.Run("--help").Ok().Out;
        Assert.Contains("Usage: migrate ", help);
        Assert.DoesNotContain("list_templates", help);
        Assert.Contains("  migrate upgrade head\n", bundle.Run("upgrade", "--help").Ok().Out);
        bundle.Run("nosuch").Fails(64, "There is no command 'nosuch'", "migrate --help");
    }

    [TestMethod]
    public void A_database_that_it_has_no_driver_for_is_refused()
    {
        using var project = new Project();
        Fill(project);
        using var bundle = Elsewhere(project);
        bundle.Run("upgrade", "heads", "--url", "postgresql://localhost/shop")
            .Fails(64, "this bundle is not for postgresql",
                "dotnet alembic bundle --dialect postgresql, in the project, writes one for it");
    }

    [TestMethod]
    public void Without_a_database_it_says_how_to_name_one()
    {
        using var project = new Project();
        Fill(project);
        project.Write("alembic.ini", "[alembic]\nscript_location = alembic\n");
        using var bundle = Elsewhere(project, "--dialect", "sqlite");
        bundle.Run("upgrade", "heads").Fails(64, "No database URL", "write 'sqlalchemy.url = sqlite:///app.db' into alembic.ini, "
            + "override Url in env.cs, or give --url");
    }

    [TestMethod]
    public void The_application_s_settings_are_those_of_production_unless_they_say_otherwise()
    {
        using var project = new Project();
        Fill(project);
        project.Write("alembic.ini",
            "[alembic]\nscript_location = alembic\nappsettings_dir = src\nconnection_string = Name=Shop\ndialect = sqlite\n");
        using var bundle = Elsewhere(project, "--dialect", "sqlite");
        bundle.Write("appsettings.json", """{ "ConnectionStrings": { "Shop": "Data Source=usual.db" } }""");
        bundle.Write("appsettings.Production.json", """{ "ConnectionStrings": { "Shop": "Data Source=production.db" } }""");
        bundle.Write("appsettings.Development.json", """{ "ConnectionStrings": { "Shop": "Data Source=development.db" } }""");
        bundle.Run("upgrade", "heads").Ok();
        Assert.IsTrue(File.Exists(bundle.Path("production.db")));
        bundle.Environment["DOTNET_ENVIRONMENT"] = "Development";
        bundle.Run("upgrade", "heads").Ok();
        Assert.IsTrue(File.Exists(bundle.Path("development.db")));
    }

    [TestMethod]
    public void It_uses_the_section_that_it_was_made_for_and_another_file_if_one_is_named()
    {
        using var project = new Project();
        Fill(project);
        project.Write("alembic.ini", """
            [alembic]
            script_location = nowhere
            [shop]
            script_location = alembic
            sqlalchemy.url = sqlite:///shop.db
            """);
        using var bundle = new Project(initialised: false);
        project.Run("-n", "shop", "bundle", "-o", bundle.Path("bundle")).Ok();
        bundle.Bundle = Bundle.In(bundle.Path("bundle"));
        bundle.Run("upgrade", "heads").Ok();
        Assert.IsTrue(File.Exists(bundle.Path("shop.db")));
        bundle.Write("other.ini", "[shop]\nsqlalchemy.url = sqlite:///other.db\n");
        bundle.Run("-c", "other.ini", "upgrade", "heads").Ok();
        Assert.IsTrue(File.Exists(bundle.Path("other.db")));
    }

    [TestMethod]
    public void A_bundle_whose_data_was_damaged_says_so()
    {
        using var project = new Project();
        Fill(project);
        using var bundle = Elsewhere(project);
        bundle.Write("bundle/project/bundle.json", "{");
        bundle.Run("heads").Fails(1, "<DIR>/bundle/project/bundle.json can't be read: ",
            "dotnet alembic bundle, in the project, writes the bundle again");
    }

    /// <summary>Two revisions, which share a helper and use what env.cs and the sources have.</summary>
    internal static void Fill(Project project)
    {
        project.Write("alembic/env.cs", """
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata => throw new InvalidOperationException("a bundle has no model");
            }

            internal static class Beside
            {
                public const string Table = "shop";
            }
            """);
        project.Write("alembic/versions/helper.cs", "internal static class Names { public static string First => \"shared\"; }");
        project.Revision("aaa100000001", "one", null, """
            op.CreateTable(Beside.Table,
                [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(50))]);
            """, "op.DropTable(Beside.Table);");
        project.Revision("bbb200000002", "names", "aaa100000001",
            "op.BulkInsert(\"shop\", [new { id = 1, name = Names.First }]);", "op.Execute(\"DELETE FROM shop\");");
    }

    /// <summary>A folder with a bundle, which is run there in place of the tool.</summary>
    internal static Project Elsewhere(Project project, params string[] arguments)
    {
        var elsewhere = new Project(initialised: false);
        project.Run(["bundle", "-o", elsewhere.Path("bundle"), .. arguments]).Ok();
        elsewhere.Bundle = Bundle.In(elsewhere.Path("bundle"));
        return elsewhere;
    }
}
