namespace Journeys;

/// <summary>
/// The native program that a package for Linux may bring for what runs no code of the project: it changes how long commands take, and
/// nothing else. By hand, with the variable ALEMBIC_TEST_FEED, on a package made with -p:WithNativeFront=true.
/// </summary>
[TestClass]
[TestCategory("ByHand")]
public sealed class NativeFrontTests
{
    private const int NotHere = 250;

    private static readonly Dictionary<string, string> Managed = new() { ["ALEMBIC_MANAGED"] = "1" };

    private static string Front { get; } = Path.Combine(InstalledTool.Files, "alembic-front");

    [TestMethod]
    [DataRow("current")]
    [DataRow("current -v")]
    [DataRow("current --check-heads")]
    [DataRow("-q current --json")]
    [DataRow("heads")]
    [DataRow("history")]
    [DataRow("history -v -i")]
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
        Needed();
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
    [DataRow("current --nonsense", DisplayName = "an option that is not there")]
    [DataRow("--url mssql://sa:secret@localhost/app current", DisplayName = "SQL Server")]
    public void Leaves_alone_what_it_cannot_do(string command)
    {
        Needed();
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
        Needed();
        var project = Filled();
        project.Edit("alembic/env.cs", "        // options.CompareServerDefault = false;", $"        {statement}");

        Assert.AreEqual(NotHere, Ask(project, "current").Code);
        Assert.AreEqual(statement.StartsWith("throw", StringComparison.Ordinal) ? 1 : 0, project.Alembic("current").Code);
    }

    [TestMethod]
    public void A_variable_of_the_environment_names_the_database()
    {
        Needed();
        var project = Filled();
        project.Edit("alembic/env.cs", "    // public override string Url", "    public override string Url");
        var url = new Dictionary<string, string> { ["DATABASE_URL"] = "sqlite:///other.db" };

        Assert.AreEqual("", InstalledTool.Start(Front, ["@child", "current"], project.Folder, url).Ok().Out);
        Assert.AreNotEqual("", Ask(project, "current").Ok().Out);
    }

    [TestMethod]
    public void New_revisions_are_read_by_the_native_compiler()
    {
        Needed();
        var project = Filled();
        project.Alembic("revision", "-m", "third").Ok();
        File.AppendAllText(Path.Combine(project.Folder, project.Revision("third")), "// changed\n");

        Assert.Contains("third", Ask(project, "history").Ok().Out);
    }

    [TestMethod]
    [DataRow("missing", false)]
    [DataRow("not executable", false)]
    [DataRow("fails", true)]
    [DataRow("is killed", true)]
    public void Without_it_the_managed_program_does_the_work(string state, bool isTold)
    {
        Needed();
        var folder = InstalledTool.CopyFiles(without: Front);
        var front = Path.Combine(folder, Path.GetFileName(Front));
        if (state != "missing")
        {
            File.WriteAllText(front, state == "fails" ? "#!/bin/sh\nexit 251\n" : "#!/bin/sh\nkill -9 $$\n");
            if (state != "not executable" && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(front, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var project = Filled();
        var result = InstalledTool.Start("dotnet", [Path.Combine(folder, "dotnet-alembic.dll"), "current"], project.Folder).Ok();

        Assert.Contains("(head)", result.Out);
        Assert.AreEqual(isTold, result.Error.Contains($"warning: {front} failed", StringComparison.Ordinal), result.Error);
    }

    [TestMethod]
    public void By_itself_it_needs_no_dotnet_until_code_has_to_run()
    {
        Needed();
        var project = Filled();
        var none = new Dictionary<string, string> { ["PATH"] = "/nowhere", ["DOTNET_ROOT"] = "/nowhere" };
        foreach (var command in new[] { "current", "history", "plan head" })
            InstalledTool.Start(Front, command.Split(' '), project.Folder, none).Ok();

        // It becomes the managed program: the same process, arguments and streams.
        project.Alembic("downgrade", "-1").Ok();
        InstalledTool.Start(Front, ["upgrade", "head"], project.Folder).Ok().Logs("Running upgrade");
    }

    private static Result Ask(Project project, params string[] command) =>
        InstalledTool.Start(Front, ["@child", .. command], project.Folder);

    private static Project Filled()
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
    }

    // Where the package could be built with it, it must have come.
    private static void Needed()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("only on Linux there is one");
        Assert.IsTrue(File.Exists(Front), $"{Front} is not in the package: a C compiler to link with (gcc, clang) makes it");
    }
}
