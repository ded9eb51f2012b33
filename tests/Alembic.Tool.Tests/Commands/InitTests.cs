using System.Diagnostics;

namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class InitTests
{
    [TestMethod]
    public void Without_any_argument_it_leaves_a_project_that_works()
    {
        using var project = new Project(initialised: false);
        project.Run("init").Ok();
        project.Run("revision", "-m", "one").Ok();
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("000000000001 (head)\n", project.Run("current").Ok().Out);
        Assert.IsTrue(File.Exists(project.Path("app.db")));
    }

    [TestMethod]
    public void The_databases_of_multidb_work_too()
    {
        using var project = new Project(initialised: false);
        project.Run("init", "-t", "multidb").Ok();
        project.Run("revision", "-m", "one").Ok();
        project.Run("upgrade", "head").Ok();
        Assert.IsTrue(File.Exists(project.Path("engine1.db")) && File.Exists(project.Path("engine2.db")));
        Assert.IsFalse(File.Exists(project.Path("alembic/databases")));
        project.Run("init", "-t", "multidb", "--url", "sqlite:///x.db", "other").Fails(64, "--url names one database", "write their URLs");
    }

    [TestMethod]
    [DataRow("sqlite:///%(here)s/my.db", "sqlite:///%(here)s/my.db")]
    [DataRow("postgresql://me:a%40b@localhost/shop", "postgresql://me:a%%40b@localhost/shop")]
    [DataRow("mysql://me:%(DB_PASSWORD)s@localhost/shop", "mysql://me:%(DB_PASSWORD)s@localhost/shop")]
    public void A_URL_is_written_as_the_ini_file_is_to_hold_it(string url, string expected)
    {
        using var project = new Project(initialised: false);
        var result = project.Run("init", "--url", url).Ok();
        Assert.Contains($"\nsqlalchemy.url = {expected}\n", File.ReadAllText(project.Path("alembic.ini")));
        Assert.AreEqual(url.Contains("a%40b", StringComparison.Ordinal),
            result.Error.Contains("hint: the password is now in the ini file", StringComparison.Ordinal), result.Error);
    }

    [TestMethod]
    [DataRow("oracle://localhost/shop", "the dialect 'oracle' is not known")]
    [DataRow("shop.db", "expected dialect://")]
    public void A_URL_that_no_command_could_use_writes_nothing(string url, string message)
    {
        using var project = new Project(initialised: false);
        Assert.Contains(message, project.Run("init", "--url", url).Error);
        Assert.IsEmpty(Directory.GetFileSystemEntries(project.Folder));
    }

    [TestMethod]
    [DataRow("", true)]
    [DataRow("y", true)]
    [DataRow("n", false)]
    [DataRow(null, false)]
    public void In_a_terminal_it_asks_before_it_changes_a_project(string? answer, bool changes)
    {
        using var project = new Project(initialised: false) { Ask = _ => answer };
        project.Write("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n");
        var result = project.Run("init").Ok();
        Assert.AreEqual(changes,
            File.ReadAllText(project.Path("App.csproj")).Contains("<Compile Remove=\"alembic/**\" />", StringComparison.Ordinal));
        Assert.Contains("<Compile Remove=\"alembic/**\" />", result.Out);
    }

    [TestMethod]
    public void Every_project_of_the_folder_leaves_the_migrations_out()
    {
        using var project = new Project(initialised: false);
        project.Write("App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"/>\n");
        project.Write("Other.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n");
        project.Run("init").Ok();
        foreach (var name in new[] { "App.csproj", "Other.csproj" })
        {
            var text = File.ReadAllText(project.Path(name));
            Assert.Contains("<Compile Remove=\"alembic/**\" />", text);
            Assert.EndsWith("</Project>\n", text);
            System.Xml.Linq.XDocument.Parse(text);
        }
    }

    [TestMethod]
    public void With_editor_project_it_does_not_ask()
    {
        using var project = new Project(initialised: false) { Ask = question => throw new AssertFailedException(question) };
        project.Write("App.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\">\n<PropertyGroup><TargetFramework>net10.0-windows</TargetFramework></PropertyGroup></Project>\n");
        project.Run("init", "--keep-project", "--editor-project")
            .Fails(64, "--keep-project leaves the project as it is, and --editor-project changes it");
        project.Run("init", "--editor-project").Ok();
        Assert.Contains("<Compile Remove=\"alembic/**\" />", File.ReadAllText(project.Path("App.csproj")));
        Assert.Contains("<TargetFramework>net10.0-windows</TargetFramework>", File.ReadAllText(project.Path("alembic/alembic.csproj")));
    }

    [TestMethod]
    public void An_application_around_it_builds_as_before()
    {
        using var project = new Project(initialised: false);
        project.Write("Shop.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
            </Project>
            """);
        project.Write("Program.cs", "System.Console.WriteLine();");
        project.Run("init").Ok();
        project.Run("revision", "-m", "one").Ok();
        Assert.IsTrue(File.Exists(project.Path("alembic/alembic.csproj")));

        var start = new ProcessStartInfo("dotnet", ["build", "-v", "q"])
        {
            WorkingDirectory = project.Folder, RedirectStandardOutput = true
        };
        using var build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.AreEqual(0, build.ExitCode, output);
    }
}
