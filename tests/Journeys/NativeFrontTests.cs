namespace Journeys;

/// <summary>
/// The native program that the package of this platform brings for what runs no code of the project: it changes how long commands take,
/// and nothing else.
/// </summary>
[TestClass]
public sealed class NativeFrontTests
{
    private const int NotHere = 250;

    // Comes on top of the command's own, so that nothing else is taken for it.
    private const int Done = 100;

    private static readonly Dictionary<string, string> Managed = new() { ["ALEMBIC_MANAGED"] = "1" };

    private static string Front { get; } = Path.Combine(InstalledTool.Files, "alembic-front");

    // Each test gets a copy.
    private static readonly Lazy<Project> Template = new(() =>
    {
        var project = new Project { Database = "app.db" };
        project.Alembic("init", "alembic").Ok();
        project.Edit("alembic.ini",
            project.Read("alembic.ini").Split('\n').Single(l => l.StartsWith("sqlalchemy.url", StringComparison.Ordinal)),
            "sqlalchemy.url = sqlite:///app.db");
        foreach (var slug in new[] { "first", "second" })
        {
            project.Alembic("revision", "-m", slug).Ok();
            project.Body(slug, $"op.CreateTable(\"{slug}\", [new Column(\"name\", SqlType.Text)]);", $"op.DropTable(\"{slug}\");");
        }
        project.Alembic("upgrade", "head").Ok();
        return project;
    });

    [TestMethod]
    [DataRow("current")]
    [DataRow("current -v")]
    [DataRow("current --check-heads")]
    [DataRow("-q current --json")]
    [DataRow("heads")]
    [DataRow("history")]
    [DataRow("history -v -i")]
    [DataRow("history --graph")]
    [DataRow("history --graph -v -i -r base:current")]
    [DataRow("history -r base:current --json")]
    [DataRow("branches")]
    [DataRow("show head")]
    [DataRow("show current --json")]
    [DataRow("status")]
    [DataRow("status --json")]
    [DataRow("plan")]
    [DataRow("plan head")]
    [DataRow("plan heads --json --exit-code")]
    [DataRow("upgrade head")]
    [DataRow("upgrade heads --json -v")]
    [DataRow("-c alembic.ini -x a=b upgrade head --strict")]
    [DataRow("upgrade zzz", DisplayName = "a revision that is not there")]
    [DataRow("show zzz --json", DisplayName = "the same, as a document")]
    [DataRow("-c other.ini current", DisplayName = "a file that is not there")]
    [DataRow("--url nonsense current", DisplayName = "a URL that is none")]
    [DataRow("--url sqlite:///nowhere/app.db current", DisplayName = "a folder that is not there")]
    [DataRow("--url postgresql://somebody:secret@localhost:1/app current", DisplayName = "no server")]
    [DataRow("--url mariadb://somebody:secret@localhost:1/app current", DisplayName = "no server of MariaDB")]
    [DataRow("-n nothing current", DisplayName = "a section that is not there")]
    public void Says_what_the_managed_program_says(string command)
    {
        NativePrograms.Need(Front);
        var project = Filled();
        var native = Ask(project, command.Split(' '));
        var managed = InstalledTool.Start(InstalledTool.Program, command.Split(' '), project.Folder, Managed);
        var tool = project.Alembic(command.Split(' '));

        Assert.AreEqual((managed.Code, managed.Out, managed.Error), (native.Code, native.Out, native.Error));
        Assert.AreEqual((managed.Code, managed.Out, managed.Error), (tool.Code, tool.Out, tool.Error));
    }

    [TestMethod]
    [DataRow("upgrade +1", DisplayName = "a migration to run")]
    [DataRow("upgrade head --sql", DisplayName = "a script")]
    [DataRow("plan +1", DisplayName = "a migration to foresee")]
    [DataRow("downgrade -1", DisplayName = "another command")]
    [DataRow("current --help", DisplayName = "help")]
    [DataRow("--raiseerr current", DisplayName = "what may show a stack trace")]
    [DataRow("current --timings", DisplayName = "where the time goes")]
    [DataRow("current --nonsense", DisplayName = "an option that is not there")]
    [DataRow("--url mssql://sa:secret@localhost/app current", DisplayName = "SQL Server")]
    public void Leaves_alone_what_it_cannot_do(string command)
    {
        NativePrograms.Need(Front);
        var project = Filled();
        project.Alembic("downgrade", "-1").Ok();
        var before = File.ReadAllBytes(Path.Combine(project.Folder, project.Database));
        var native = Ask(project, command.Split(' '));

        Assert.AreEqual((NotHere, "", ""), (native.Code, native.Out, native.Error));
        CollectionAssert.AreEqual(before, File.ReadAllBytes(Path.Combine(project.Folder, project.Database)));
    }

    [TestMethod]
    [DataRow("options.CompareType = false;", DisplayName = "an option")]
    [DataRow("throw new System.Exception(\"mine\");", DisplayName = "a failure")]
    public void An_environment_that_says_more_is_run(string statement)
    {
        NativePrograms.Need(Front);
        var project = Filled();
        project.Edit("alembic/env.cs", "        // options.CompareServerDefault = false;", $"        {statement}");

        Assert.AreEqual(NotHere, Ask(project, "current").Code);
        Assert.AreEqual(statement.StartsWith("throw", StringComparison.Ordinal) ? 1 : 0, project.Alembic("current").Code);
    }

    [TestMethod]
    public void A_variable_of_the_environment_names_the_database()
    {
        NativePrograms.Need(Front);
        var project = Filled();
        project.Edit("alembic/env.cs", "    // public override string Url", "    public override string Url");
        var url = new Dictionary<string, string> { ["DATABASE_URL"] = "sqlite:///other.db" };

        Assert.AreEqual("", Ask(project, ["current"], url).Ok().Out);
        Assert.AreNotEqual("", Ask(project, "current").Ok().Out);
    }

    [TestMethod]
    public void New_revisions_are_read_by_the_native_compiler()
    {
        NativePrograms.Need(Front);
        var project = Filled();
        project.Alembic("revision", "-m", "third").Ok();
        File.AppendAllText(Path.Combine(project.Folder, project.Revision("third")), "// changed\n");

        Assert.Contains("third", Ask(project, "history").Ok().Out);
    }

    [TestMethod]
    [DataRow("missing", false)]
    [DataRow("not executable", false)]
    [DataRow("exit 251", true, DisplayName = "fails")]
    [DataRow("exit 1", true, DisplayName = "cannot be loaded")]
    [DataRow("exit 127", true, DisplayName = "lacks a library")]
    [DataRow("kill -9 $$", true, DisplayName = "is killed")]
    public void Without_it_the_managed_program_does_the_work(string state, bool isTold)
    {
        NativePrograms.Need(Front);
        var folder = InstalledTool.CopyFiles(without: Front);
        var front = Path.Combine(folder, Path.GetFileName(Front));
        if (state != "missing")
        {
            File.WriteAllText(front, $"#!/bin/sh\n{state}\n");
            if (state != "not executable" && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(front, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var project = Filled();
        var result = InstalledTool.Start("dotnet", [Path.Combine(folder, "dotnet-alembic.dll"), "current"], project.Folder).Ok();

        Assert.Contains("(head)", result.Out);
        Assert.AreEqual(isTold, result.Error.Contains($"warning: {front} failed", StringComparison.Ordinal), result.Error);
    }

    [TestMethod]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void An_older_C_library_is_not_asked_to_load_it()
    {
        NativePrograms.Need(Front);
        var folder = InstalledTool.CopyFiles(without: Front);
        var front = Path.Combine(folder, Path.GetFileName(Front));
        File.WriteAllText(front, "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(front, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        NativePrograms.NeedNewerCLibrary(folder);

        var result = InstalledTool.Start("dotnet", [Path.Combine(folder, "dotnet-alembic.dll"), "current"], Filled().Folder).Ok();
        Assert.AreEqual("", result.Error);
    }

    [TestMethod]
    [DataRow(">&-")]
    [DataRow("2>&-")]
    [DataRow("<&-")]
    public void Without_a_standard_stream_it_leaves_the_command_alone(string closed)
    {
        NativePrograms.Need(Front);
        var result = InstalledTool.Start("sh", ["-c", $"'{Front}' @child current {closed}"], Filled().Folder);
        Assert.AreEqual(NotHere, result.Code, result.Error);
    }

    [TestMethod]
    public void By_itself_it_needs_no_dotnet_until_code_has_to_run()
    {
        NativePrograms.Need(Front);
        var project = Filled();
        var none = new Dictionary<string, string> { ["PATH"] = "/nowhere", ["DOTNET_ROOT"] = "/nowhere" };
        foreach (var command in new[] { "current", "history", "plan head" })
            InstalledTool.Start(Front, command.Split(' '), project.Folder, none).Ok();

        // It becomes the managed program: the same process, arguments and streams.
        project.Alembic("downgrade", "-1").Ok();
        InstalledTool.Start(Front, ["upgrade", "head"], project.Folder).Ok().Logs("Running upgrade");
    }

    [TestMethod]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Through_a_link_it_finds_what_is_beside_it()
    {
        NativePrograms.Need(Front);
        var project = Filled();
        var link = Path.Combine(project.Folder, "link");
        File.CreateSymbolicLink(link, Front);
        File.AppendAllText(Path.Combine(project.Folder, project.Revision("second")), "// changed\n");

        InstalledTool.Start(link, ["current"], project.Folder).Ok().Prints("(head)");
        InstalledTool.Start(link, ["downgrade", "-1"], project.Folder).Ok().Logs("Running downgrade");
        Assert.AreEqual(64, InstalledTool.Start(link, ["current", "--nonsense"], project.Folder).Code);
    }

    [TestMethod]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Who_may_only_read_the_programs_has_them_started_all_the_same()
    {
        NativePrograms.Need(Front);
        if (Environment.UserName != "root")
            Assert.Inconclusive("only root can be somebody else");
        const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        // Not in the folder of the other journeys, which is closed to others.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"alembic-front-{Guid.NewGuid():N}"), ForAll).FullName;
        try
        {
            var project = Filled();
            InstalledTool.Start("cp", ["-r", InstalledTool.Files, Path.Combine(folder, "tool")], folder).Ok();
            InstalledTool.Start("cp", ["-r", project.Folder, Path.Combine(folder, "project")], folder).Ok();
            InstalledTool.Start("chown", ["-R", "nobody", Path.Combine(folder, "project")], folder).Ok();
            var before = Current(folder);
            Assert.AreEqual("", before.Error);
            Assert.AreEqual(project.Alembic("current").Out, before.Out);

            // It is that file which answered, and read the headers.
            File.Copy("/usr/bin/true", Path.Combine(folder, "tool", "alembic-front"), overwrite: true);
            Current(folder).Prints("(head)").Logs("alembic-front failed");
            File.Delete(Path.Combine(folder, "tool", "alembic-front"));
            File.Copy("/usr/bin/true", Path.Combine(folder, "tool", "alembic-compiler"), overwrite: true);
            Current(folder).Prints("(head)").Logs("alembic-compiler does not work");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static Result Current(string folder)
    {
        foreach (var program in Directory.EnumerateFiles(Path.Combine(folder, "tool"), "alembic-*"))
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var project = Path.Combine(folder, "project");
        var surroundings = new Dictionary<string, string>
        {
            ["ALEMBIC_CACHE_DIR"] = Path.Combine(project, Guid.NewGuid().ToString("N")), ["HOME"] = project, ["XDG_CONFIG_HOME"] = project,
        };
        return InstalledTool.Start("runuser",
            ["-u", "nobody", "--", "dotnet", Path.Combine(folder, "tool", "dotnet-alembic.dll"), "current"], project, surroundings).Ok();
    }

    private static Result Ask(Project project, params string[] command) => Ask(project, command, []);

    private static Result Ask(Project project, string[] command, Dictionary<string, string> environment)
    {
        var result = InstalledTool.Start(Front, ["@child", .. command], project.Folder, environment);
        return result.Code == NotHere ? result : result with { Code = result.Code - Done };
    }

    private static Project Filled()
    {
        var project = new Project { Database = "app.db" };
        InstalledTool.Start("cp", ["-a", "--", Template.Value.Folder + "/.", project.Folder], project.Folder).Ok();
        return project;
    }
}
