using System.Diagnostics;
using System.Text.Json.Nodes;
using Alembic.Compiler;
using Alembic.Tool.Bundles;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.Tests.Bundles;

/// <summary>What is in a bundle, and when none is written.</summary>
[TestClass]
public sealed class BundleCommandTests
{
    private const long Most = 20_000_000;

    [TestMethod]
    public void It_has_one_driver_no_compiler_and_no_file_that_its_list_does_not_name()
    {
        using var project = Filled();
        var data = JsonNode.Parse(project.Run("bundle", "-o", "out/dist", "--json").Ok().Out)!["data"]![0]!;
        Assert.AreEqual("<DIR>/out/dist", (string)data["folder"]!);
        Assert.AreEqual("<DIR>/out/dist/migrate", (string)data["program"]![0]!);
        Assert.AreEqual("""["sqlite"]""", data["dialects"]!.ToJsonString());
        Assert.AreEqual(2, (int)data["revisions"]!);
        Assert.IsLessThan(Most, (long)data["size"]!);

        var files = Files(project.Path("out/dist"));
        string[] unwanted = ["CodeAnalysis", "Scriban", "Npgsql", "MySql", "SqlClient", "Testing", "templates", "probe", "osx", "win-"];
        foreach (var part in unwanted)
            Assert.IsEmpty(files.Where(file => file.Contains(part, StringComparison.Ordinal)).ToList());
        var list = JsonNode.Parse(File.ReadAllText(project.Path("out/dist/dotnet-alembic.deps.json")))!;
        var named = list["targets"]![".NETCoreApp,Version=v10.0"]!.AsObject().SelectMany(library =>
            Names(library.Value!["runtime"]).Select(Path.GetFileName).Concat(Names(library.Value["runtimeTargets"]))).ToList();
        CollectionAssert.AreEquivalent(
            files.Where(file => Path.GetExtension(file) is ".dll" or ".so"
                && !file.StartsWith("project", StringComparison.Ordinal)).ToList(),
            named);
        Assert.HasCount(list["libraries"]!.AsObject().Count, list["targets"]![".NETCoreApp,Version=v10.0"]!.AsObject());

        static IEnumerable<string> Names(JsonNode? assets) => (assets as JsonObject ?? []).Select(asset => asset.Key);
    }

    [TestMethod]
    public void It_takes_along_the_assemblies_that_migrations_need_and_no_model()
    {
        using var project = Filled();
        Library(project, "Base", "public static class Base { public const int Six = 6; public static string Name => \"base\"; }");
        Library(project, "Needed", "public static class Needed { public static string Name => Base.Name; }", project.Path("Base.dll"));
        Library(project, "Model", "public sealed class Model;");
        project.Write("alembic.ini", $"""
            [alembic]
            script_location = alembic
            sqlalchemy.url = sqlite:///test.db
            references = %(here)s/Needed.dll %(here)s/Model.dll
            path_separator = space
            model = ef:nowhere/Shop.csproj
            """);
        project.Write("alembic/env.cs", """
            public sealed class Env : Alembic.MigrationEnvironment
            {
                public override Alembic.Schema.MetaData? TargetMetadata => throw new System.Exception(new Model().ToString());
            }


            internal static class Beside
            {
                public const string Table = "shop";
            }
            """);
        project.Revision("ccc300000003", "names", "bbb200000002", """op.BulkInsert("shop", [new { id = 2, name = Needed.Name }]);""");
        using var bundle = BundleTests.Elsewhere(project);
        CollectionAssert.AreEquivalent(new[] { "Base.dll", "Needed.dll" }, Files(bundle.Path("bundle/project/references")));
        foreach (var file in Directory.EnumerateFiles(project.Folder, "*.dll"))
            File.Delete(file);
        bundle.Run("upgrade", "heads").Ok();
        Assert.AreEqual("base", bundle.Rows("SELECT name FROM shop WHERE id = 2").Single());
    }

    [TestMethod]
    public void A_self_contained_one_runs_on_its_own_runtime_with_the_framework_that_migrations_need()
    {
        using var project = Filled();
        var web = SharedFrameworks.Find(SharedFrameworks.AspNetCore)!;
        Library(project, "Web", "public static class Web { public static string Get => Microsoft.AspNetCore.Http.HttpMethods.Get; }",
            Path.Combine(web, "Microsoft.AspNetCore.Http.Abstractions.dll"));
        project.Write("alembic.ini", File.ReadAllText(project.Path("alembic.ini"))
            .Replace("[alembic]\n", "[alembic]\nreferences = %(here)s/Web.dll\n", StringComparison.Ordinal));
        project.Revision("ccc300000003", "names", "bbb200000002", """op.BulkInsert("shop", [new { id = 2, name = Web.Get }]);""");
        var result = project.Run("bundle", "-o", "dist", "--self-contained", "--json").Ok();
        var runtime = (string)JsonNode.Parse(result.Out)!["data"]![0]!["runtime"]!;
        Assert.IsTrue(File.Exists(project.Path($"dist/dotnet/shared/Microsoft.NETCore.App/{runtime}/System.Private.CoreLib.dll")), runtime);
        Assert.IsTrue(Directory.Exists(project.Path($"dist/dotnet/shared/{SharedFrameworks.AspNetCore}")));

        // Only the start program of a packed tool looks beside itself.
        var start = new ProcessStartInfo(project.Path("dist/migrate"), ["upgrade", "heads"]) { RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["DOTNET_ROOT"] = project.Path("dist/dotnet");
        start.Environment["ALEMBIC_URL"] = $"sqlite:///{project.Path("test.db")}";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, error);
        Assert.AreEqual("GET", project.Rows("SELECT name FROM shop WHERE id = 2").Single());

        Assert.Contains($"in {project.Path("dist").Replace(project.Folder, "<DIR>", StringComparison.Ordinal)}, ",
            project.Run("bundle", "-o", "dist").Ok().Out);
        Assert.IsFalse(Directory.Exists(project.Path("dist/dotnet")));
    }

    [TestMethod]
    public void A_runtime_that_cannot_be_copied_is_told_in_one_line()
    {
        using var project = new Project(initialised: false);
        var runtime = project.Path("shared/Microsoft.NETCore.App/10.0.0");
        Directory.CreateDirectory(runtime);
        var refused = Assert.ThrowsExactly<AlembicException>(() => new RuntimeFiles(runtime, []));
        Assert.AreEqual($"--self-contained copies the .NET that this tool runs on, and {project.Folder} has no host/fxr", refused.Message);
    }

    [TestMethod]
    public void A_driver_that_migrations_use_comes_along()
    {
        using var project = Filled();
        project.Revision("ccc300000003", "types", "bbb200000002", "op.Execute($\"SELECT '{typeof(Npgsql.NpgsqlConnection).Name}'\");");
        using var bundle = BundleTests.Elsewhere(project);
        CollectionAssert.Contains(Files(bundle.Path("bundle")), "Npgsql.dll");
        CollectionAssert.DoesNotContain(Files(bundle.Path("bundle")), "Alembic.PostgreSql.dll");
    }

    [TestMethod]
    public void Secrets_and_comments_of_the_ini_file_stay_behind()
    {
        using var project = Filled();
        project.Write("alembic.ini", """
            # was postgresql://shop:hunter2@db/shop
            [DEFAULT]
            api_key = hunter2
            [alembic]
            script_location = alembic
            sqlalchemy.url = postgresql://shop:hunter2@db/shop
            history_table = true
            note = one
                two
            [tenant]
            sqlalchemy.url = postgresql://shop:%(TENANT_PASSWORD)s@db/tenant
            connection_string = Host=db;Password=hunter2
            [post_write_hooks]
            hooks = format
            """);
        using var bundle = new Project(initialised: false);
        var result = project.Run("bundle", "-o", bundle.Path("b")).Ok();
        Assert.AreEqual("""
            [DEFAULT]

            [alembic]
            history_table = true
            note = one
                two

            [tenant]
            sqlalchemy.url = postgresql://shop:%(TENANT_PASSWORD)s@db/tenant


            """, File.ReadAllText(bundle.Path("b/alembic.ini")));
        string[] keys = ["api_key of section [DEFAULT]", "sqlalchemy.url of section [alembic]", "connection_string of section [tenant]"];
        foreach (var key in keys)
            Assert.Contains($"warning: {key} has a secret and is not copied into the bundle: name the database with", result.Error);
        Assert.DoesNotContain("hunter2", result.Error);
    }

    [TestMethod]
    public void What_the_configuration_cannot_tell_is_asked_for()
    {
        using var project = Filled();
        project.Write("alembic.ini", "[alembic]\nscript_location = alembic\nsqlalchemy.url = %(DATABASE_URL)s\n");
        project.Run("bundle").Fails(64, "<DIR>/alembic.ini, section [alembic], key 'sqlalchemy.url': "
            + "there is neither a key nor an environment variable DATABASE_URL; "
            + "a bundle is for one kind of database", "name it: --dialect, and one of sqlite, postgresql, ");
        Assert.IsFalse(Directory.Exists(project.Path("bundle")));
        project.Run("bundle", "--dialect", "oracle").Fails(64, "the dialect 'oracle' is not known; known are sqlite, postgresql, ");
        Assert.Contains("for mariadb, sqlite in", project.Run("bundle", "--dialect", "mariadb", "--dialect", "sqlite").Ok().Out);
        project.Environment["DATABASE_URL"] = "mysql://db/shop";
        Assert.Contains("for mysql in", project.Run("bundle").Ok().Out);
    }

    [TestMethod]
    public void What_does_not_compile_stops_it()
    {
        using var project = Filled();
        project.Revision("ccc300000003", "wrong", "bbb200000002", "op.Nothing();");
        var result = project.Run("bundle").Fails(1, "1 error in <DIR>/alembic/versions/ccc300000003_wrong.cs");
        Assert.Contains("error CS1061", result.Error);
        File.Delete(project.Path("alembic/versions/ccc300000003_wrong.cs"));
        project.Write("alembic/versions/ccc300000003_wrong.cs",
            "[Alembic.Revision(\"ccc300000003\"), Alembic.Revises(\"bbb200000002\")] class C;");
        project.Run("bundle").Fails(1, "<DIR>/alembic/versions/ccc300000003_wrong.cs: the class with [Revision(\"ccc300000003\")] does not "
            + "derive from Migration");
        Assert.IsEmpty(Directory.GetDirectories(project.Folder, "bundle*"));
    }

    [TestMethod]
    public void A_folder_that_holds_something_else_is_left_as_it_is()
    {
        using var project = Filled();
        project.Run("bundle", "-o", "alembic")
            .Fails(64, "<DIR>/alembic/", "name a new folder: -o FOLDER");
        project.Run("bundle", "-o", "alembic.ini")
            .Fails(64, "<DIR>/alembic.ini exists and is not part of an earlier bundle; nothing was written",
                "name a new folder: -o FOLDER");
        Directory.CreateDirectory(project.Path("dist"));
        project.Run("bundle", "-o", "dist/").Ok();
        project.Revision("ccc300000003", "three", "bbb200000002");
        Assert.Contains("3 revisions", project.Run("bundle", "-o", "dist").Ok().Out);
        project.Write("dist/app.db", "somebody's");
        project.Run("bundle", "-o", "dist").Fails(64, "<DIR>/dist/app.db exists and is not part of an earlier bundle", "name a new folder");
        Assert.AreEqual("somebody's", File.ReadAllText(project.Path("dist/app.db")));
        Assert.HasCount(2, Directory.GetDirectories(project.Folder));
    }

    [TestMethod]
    public void The_output_before_the_name_of_the_command_is_no_folder()
    {
        using var project = Filled();
        foreach (var line in new string[][] { ["-o", "dist", "bundle"], ["--output=dist", "bundle"], ["-o", "dist", "bundle", "-o", "x"] })
        {
            project.Run(line).Fails(64, "Before 'bundle', -o names a file for the output, not the folder; nothing was written",
                "after the command, -o names the folder: dotnet alembic bundle -o dist");
        }
        Assert.IsEmpty(Directory.GetDirectories(project.Folder, "[bdx]*"));
        Assert.IsFalse(File.Exists(project.Path("dist")));

        project.Run("-o", "result.json", "bundle", "--json", "-o", "dist").Ok();
        Assert.Contains("\"revisions\": 2", File.ReadAllText(project.Path("result.json")));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_told_in_one_line()
    {
        using var project = Filled();
        project.Run("bundle", "-o", "alembic.ini/below").Fails(1, "Can't write <DIR>/alembic.ini/below: ");
    }

    [TestMethod]
    public void Without_a_revision_there_is_nothing_to_bundle()
    {
        using var project = new Project();
        project.Run("bundle").Fails(64, "There is no revision", "dotnet alembic revision");
    }

    private static Project Filled()
    {
        var project = new Project();
        BundleTests.Fill(project);
        return project;
    }

    private static void Library(Project project, string name, string text, params IEnumerable<string> references)
    {
        var platform = Directory.EnumerateFiles(SharedFrameworks.Own, "System*.dll");
        var compiled = new SourceCompiler().Compile(new CompileRequest(
            name, [new SourceFile($"/{name}.cs", text)], [.. platform, .. references]));
        Assert.IsEmpty(compiled.Errors, string.Join('\n', compiled.Errors));
        File.WriteAllBytes(project.Path($"{name}.dll"), compiled.Assembly);
    }

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))];
}
