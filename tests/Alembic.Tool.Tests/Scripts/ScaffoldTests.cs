using Alembic.Tool.Configuration;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Tests.Scripts;

[TestClass]
public sealed class ScaffoldTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string[] Init(string directory, string ini = "alembic.ini", string template = "generic", bool quiet = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new Scaffold(Template.Find(Template.Root, template), _folder.Path, new Status(output, quiet)).Create(directory, ini);
        return output.ToString().Replace(_folder.Path, "<DIR>", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Settings Settings(string ini = "alembic.ini") => new(IniFile.Read(_folder.At(ini), _ => null), "alembic", _folder.Path);

    [TestMethod]
    public void Init_writes_the_environment_and_says_so()
    {
        CollectionAssert.AreEqual(
            new[]
            {
                "Creating directory <DIR>/alembic ...  done",
                "Creating directory <DIR>/alembic/versions ...  done",
                "Generating <DIR>/alembic.ini ...  done",
                "Generating <DIR>/alembic/.gitattributes ...  done",
                "Generating <DIR>/alembic/README ...  done",
                "Generating <DIR>/alembic/env.cs ...  done",
                "Generating <DIR>/alembic/script.cs.scriban ...  done",
                "Please edit configuration/connection/logging settings in <DIR>/alembic.ini before proceeding.",
            },
            Init("alembic"));
        CollectionAssert.AreEqual(new[]
        {
            "alembic.ini", "alembic/.gitattributes", "alembic/README", "alembic/env.cs", "alembic/script.cs.scriban"
        }, _folder.Files().ToArray());
        Assert.AreEqual(_folder.At("alembic"), Settings().ScriptDirectory);
        StringAssert.StartsWith(Settings().FileTemplate, "%(year)d");
        Assert.AreEqual("%(here)s/alembic", Settings().Ini.Raw("alembic", "script_location"));
    }

    [TestMethod]
    [DataRow("100% (new)/ß", "my.ini")]
    [DataRow("x", "a/../my.ini")]
    [DataRow("../{0}/y", "my.ini")]
    public void The_script_location_leads_from_the_ini_file_to_the_environment(string directory, string ini)
    {
        directory = string.Format(System.Globalization.CultureInfo.InvariantCulture, directory, Path.GetFileName(_folder.Path));
        Init(directory, ini);
        Assert.AreEqual(Path.GetFullPath(directory, _folder.Path), Settings("my.ini").ScriptDirectory);
    }

    [TestMethod]
    public void An_absolute_directory_stays_absolute()
    {
        Init(_folder.At("abs"));
        Assert.AreEqual(_folder.At("abs").Replace('\\', '/'), Settings().Ini.Raw("alembic", "script_location"));
    }

    [TestMethod]
    public void An_existing_ini_file_is_kept()
    {
        _folder.Write("alembic.ini", "[alembic]\n");
        Assert.Contains("File <DIR>/alembic.ini already exists, skipping", Init("migrations"));
        Assert.AreEqual("[alembic]\n", File.ReadAllText(_folder.At("alembic.ini")));
    }

    [TestMethod]
    public void What_was_broken_off_is_finished_by_the_same_command()
    {
        Init("migrations");
        var files = _folder.Files();
        File.Delete(_folder.At("migrations/script.cs.scriban"));
        File.Move(_folder.At("migrations/env.cs"), _folder.At("migrations/env.cs.0123.tmp"));
        CollectionAssert.AreEqual(
            new[]
            {
                "File <DIR>/alembic.ini already exists, skipping", "Generating <DIR>/migrations/env.cs ...  done",
                "Generating <DIR>/migrations/script.cs.scriban ...  done"
            }, Init("migrations")[..3]);
        CollectionAssert.AreEqual(files.ToList(), _folder.Files().Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    [DataRow("README", "my own")]
    [DataRow("env.cs", "my own")]
    [DataRow("versions/a.cs", "my own")]
    public void What_was_not_left_by_it_is_not_touched(string file, string text)
    {
        _folder.Write($"migrations/{file}", text);
        Assert.AreEqual("Directory migrations already exists and is not empty",
            Assert.ThrowsExactly<AlembicException>(() => Init("migrations")).Message);
    }

    [TestMethod]
    public void A_folder_with_something_in_it_is_refused_and_stays_as_it_is()
    {
        _folder.Write("migrations/x.txt", "x");
        Assert.AreEqual("Directory migrations already exists and is not empty",
            Assert.ThrowsExactly<AlembicException>(() => Init("migrations")).Message);
        CollectionAssert.AreEqual(new[] { "migrations/x.txt" }, _folder.Files().ToArray());
    }

    [TestMethod]
    [DataRow("file")]
    [DataRow("a\nb")]
    public void What_can_be_no_folder_is_refused(string directory)
    {
        _folder.Write("file", "x");
        Assert.ThrowsExactly<AlembicException>(() => Init(directory));
        CollectionAssert.AreEqual(new[] { "file" }, _folder.Files().ToArray());
    }

    [TestMethod]
    public void The_folder_of_the_ini_file_must_be_there()
    {
        Assert.ThrowsExactly<AlembicException>(() => Init("migrations", "none/alembic.ini"));
        Assert.IsFalse(Directory.Exists(_folder.At("migrations")));
    }

    [TestMethod]
    public void An_empty_folder_is_taken()
    {
        Directory.CreateDirectory(_folder.At("migrations"));
        Assert.AreEqual("Creating directory <DIR>/migrations/versions ...  done", Init("migrations/")[0]);
    }

    [TestMethod]
    public void Quiet_says_nothing() => Assert.IsEmpty(Init("migrations", quiet: true));

    [TestMethod]
    [DataRow("nosuch")]
    [DataRow("../templates/generic")]
    [DataRow("")]
    public void An_unknown_template_is_named(string name)
    {
        var error = Assert.ThrowsExactly<AlembicException>(() => Init("migrations", template: name));
        StringAssert.EndsWith(error.Message.Replace('\\', '/'), $"/alembic/templates/{name}");
        Assert.IsEmpty(_folder.Files());
    }

    [TestMethod]
    public void The_listing_names_each_template_with_its_synopsis()
    {
        using var project = new Project(initialised: false);
        var lines = project.Run("list_templates").Ok().Out.TrimEnd('\n').Split('\n');
        Assert.AreEqual("Available templates:", lines[0]);
        Assert.AreEqual("generic - One database: the template to start with.", lines[2]);
        StringAssert.StartsWith(lines[3], "multidb - ");
        Assert.AreEqual("  dotnet alembic init --template generic ./scripts", lines[^1]);
    }

    [TestMethod]
    [DataRow("<Project Sdk=\"Microsoft.NET.Sdk\">\r\n  <PropertyGroup />\r\n</Project>\r\n", true)]
    [DataRow("\uFEFF<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>", true)]
    [DataRow(
        "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <ItemGroup>\n    <Compile Remove=\"data &amp; more\\alembic\\**\" />\n  "
            + "</ItemGroup>\n</Project>", false)]
    [DataRow("<Project>\n  <ItemGroup>\n    <Compile Include=\"Program.cs\" />\n  </ItemGroup>\n</Project>", false)]
    public void A_project_around_it_gets_the_line_that_keeps_it_from_compiling_the_migrations(string text, bool changes)
    {
        _folder.Write("app/App.csproj", text);
        Init("app/data & more/alembic");
        var line = $"  <ItemGroup><Compile Remove=\"data &amp; more/alembic/**\" /></ItemGroup>{(text.Contains('\r') ? "\r\n" : "\n")}";
        Assert.AreEqual(changes ? text.Replace("</Project>", line + "</Project>", StringComparison.Ordinal) : text,
            System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_folder.At("app/App.csproj"))));
        Assert.Contains("<ProjectReference Include=\"../../App.csproj\" />",
            File.ReadAllText(_folder.At("app/data & more/alembic/alembic.csproj")));
    }

    [TestMethod]
    public void A_project_that_is_to_stay_as_it_is_does()
    {
        const string Text = "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n";
        _folder.Write("App.csproj", Text);
        new Scaffold(Template.Find(Template.Root, "generic"), _folder.Path, new Status(TextWriter.Null, quiet: true))
        {
            MayEdit = _ => false
        }.Create("alembic", "alembic.ini");
        Assert.AreEqual(Text, File.ReadAllText(_folder.At("App.csproj")));
    }

    [TestMethod]
    public void A_project_outside_of_the_repository_is_none_of_ours()
    {
        _folder.Write("Outer.csproj", "<Project />");
        Directory.CreateDirectory(_folder.At("repository/.git"));
        StringAssert.StartsWith(Init("repository/alembic", "repository/alembic.ini")[^1], "Please edit");
    }

    [TestMethod]
    [DataRow("generic")]
    [DataRow("multidb")]
    public void The_ini_file_explains_every_setting(string template)
    {
        Init("migrations", template: template);
        var text = File.ReadAllText(_folder.At("alembic.ini"));
        foreach (var property in typeof(Settings).GetProperties().Select(property => property.Name)
            .Except(["Ini", "Section", "ScriptDirectory", "NamesVersionLocations", "Folder", "Misspellings", "Lint", "IsBundled"]))
        {
            var key = property == "Url"
                ? "sqlalchemy.url"
                : string.Concat(property.Select(c => char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}")).TrimStart('_');
            Assert.Contains(key, text);
            Assert.Contains(key, Alembic.Tool.Configuration.Settings.Keys);
        }
        Assert.Contains("\n[lint]\n", text);
        Assert.AreEqual("newline", Settings().PathSeparator);
    }

    [TestMethod]
    public void The_ini_file_of_multidb_has_a_section_for_each_database()
    {
        Init("migrations", template: "multidb");
        foreach (var name in Settings().Option("databases")!.Split(", "))
        {
            Assert.IsNotNull(Settings().Ini.Value(name, "sqlalchemy.url"));
        }
    }

    [TestMethod]
    public void The_script_of_multidb_has_a_case_for_each_database_until_there_are_directives()
    {
        Init("migrations", template: "multidb");
        var script = new RevisionScript { Id = "a", CreateDate = CreateDate.Now(TimeProvider.System, null), Upgrades = "op.A();\nop.B();" };
        var text = script.Render(ScribanTemplate.Read(_folder.At("migrations/script.cs.scriban")));
        Assert.Contains("    public override void Upgrade(Op op)\n    {\n        op.A();\n        op.B();\n    }\n", text);
        Assert.Contains(
            "    public override void Downgrade(Op op)\n    {\n        switch (op.EngineName)\n        {\n            case \"engine1\":\n",
            text);
    }
}
