using Alembic.Tests;

namespace Journeys;

/// <summary>The tool that is packed for Windows, driven as a user there does.</summary>
[TestClass]
public sealed class WindowsTests
{
    [TestMethod]
    public void The_guides_loop_runs_in_a_folder_with_a_blank()
    {
        var project = Begun();
        project.Alembic("revision", "-m", "Grüße").Ok().Prints(@"\my app\alembic\versions\");
        project.Body("grüße", "op.CreateTable(\"account\", [new Column(\"id\", SqlType.Integer, primaryKey: true)]);",
            "op.DropTable(\"account\");");
        project.Alembic("upgrade", "head").Ok().Logs("Running upgrade  -> ");
        project.Alembic("current").Ok().Prints("(head)");
        project.Alembic("history", "--verbose").Ok().Prints("Grüße");
        Assert.AreEqual("account", project.Rows("SELECT name FROM sqlite_schema WHERE name = 'account'"));
        project.Alembic("downgrade", "-1").Ok();
        Assert.AreEqual("", project.Rows("SELECT name FROM sqlite_schema WHERE name = 'account'"));
        foreach (var file in Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".ini" or ".scriban"))
            Assert.DoesNotContain("\r", File.ReadAllText(file), file);
    }

    [TestMethod]
    public void What_runs_outside_of_a_transaction_ends_well_and_goes_down_again()
    {
        var project = Begun();
        project.Alembic("revision", "-m", "fill").Ok();
        project.Body("fill", """
            op.Execute("CREATE TABLE account (id INTEGER PRIMARY KEY, note TEXT)");
                    op.Execute("INSERT INTO account VALUES (1, 'one'), (2, 'two')");
                    op.AutocommitBlock(() => op.Backfill("account", "id",
                        "UPDATE account SET note = upper(note) WHERE id BETWEEN @from AND @to", batch: 1));
            """, "op.DropTable(\"account\");");
        project.Alembic("upgrade", "head").Ok().Logs("Backfill of account: 2 rows");
        Assert.AreEqual("1|ONE\n2|TWO", project.Rows("SELECT * FROM account ORDER BY id"));
        project.Alembic("downgrade", "base").Ok().Logs("dotnet alembic restore restores it");
        project.Alembic("restore").Ok().Prints(".backup (");
        var copy = Path.GetFileName(Directory.GetFiles(project.Folder, "*.backup").Single());
        project.Alembic("restore", copy).Ok();
        Assert.AreEqual("1|ONE\n2|TWO", project.Rows("SELECT * FROM account ORDER BY id"));
        Assert.IsEmpty(Directory.GetFiles(project.Folder, "*-lock"));
    }

    [TestMethod]
    public void A_strict_run_says_what_it_cannot_find_out()
    {
        var project = Begun();
        project.Alembic("revision", "-m", "one").Ok();
        project.Alembic("upgrade", "head", "--strict").Ok().Logs("alembic is unknown: this system does not say it");
    }

    [TestMethod]
    public void A_checkout_with_other_line_ends_is_no_edit()
    {
        var project = Begun();
        project.Alembic("revision", "-m", "text").Ok();
        project.Body("text", "op.Execute(\"\"\"\n            CREATE TABLE account\n                (id INTEGER)\n            \"\"\");");
        project.Alembic("upgrade", "head").Ok();
        project.Write(project.Revision("text"), project.Read(project.Revision("text")).Replace("\n", "\r\n", StringComparison.Ordinal));
        project.Alembic("verify").Ok().Prints("The files are those that were applied.");
    }

    [TestMethod]
    public void A_database_is_copied_whatever_its_path_looks_like()
    {
        var project = Begun();
        var share = @"\\%%3F\C:\work\" + Path.GetFileName(Path.GetDirectoryName(project.Folder)!) + @"\my app\app.db";
        project.Edit("alembic.ini", "sqlalchemy.url = sqlite:///app.db", $"sqlalchemy.url = sqlite:///{share}");
        project.Alembic("revision", "-m", "one").Ok();
        project.Body("one", "op.Execute(\"CREATE TABLE account (id INTEGER)\"); op.Execute(\"INSERT INTO account VALUES (1)\");",
            "op.DropTable(\"account\");");
        project.Alembic("upgrade", "head").Ok();
        project.Alembic("downgrade", "base").Ok();
        Assert.HasCount(1, Directory.GetFiles(project.Folder, "*.backup"));
    }

    [TestMethod]
    public void A_hook_starts_a_program_of_Windows_and_its_output_is_UTF8()
    {
        var project = Begun();
        project.Write("say.txt", "Grüße");
        project.Edit("alembic.ini", "[post_write_hooks]",
            "[post_write_hooks]\nhooks = say\nsay.type = exec\nsay.executable = cmd.exe\nsay.options = /c type say.txt\n");
        project.Alembic("revision", "-m", "one").Ok().Prints("Grüße");
    }

    [TestMethod]
    public void Lists_written_for_Linux_are_not_passed_over_in_silence()
    {
        var project = Begun();
        project.Edit("alembic.ini", "path_separator = newline", "path_separator = os\nversion_locations = %(here)s/a:%(here)s/b");
        project.Alembic("upgrade", "head").Fails(64, @"There is no revision, and no folder C:\work\", "dotnet alembic revision -m")
            .Logs("warning: there is no ");
    }

    [TestMethod]
    public void A_time_zone_may_have_the_name_that_Windows_gives_it()
    {
        var project = Begun();
        project.Edit("alembic.ini", "[alembic]", "[alembic]\ntimezone = W. Europe Standard Time");
        project.Alembic("revision", "-m", "one").Ok();
        Assert.MatchesRegex(@"Create Date: .*\+0[12]:00", project.Read(project.Revision("one")));
        // This Windows has no ICU, which knows the names that other systems use.
        project.Edit("alembic.ini", "W. Europe Standard Time", "Europe/Berlin");
        project.Alembic("revision", "-m", "two")
            .Fails(1, "Can't locate timezone: Europe/Berlin", "names such as Europe/Berlin need Windows 10");
    }

    [TestMethod]
    public void Letters_of_a_path_may_be_small_or_capital()
    {
        var project = Begun();
        project.Edit("alembic.ini", "path_separator = newline",
            "path_separator = newline\nversion_locations =\n  %(here)s/M1\n  %(here)s/m1");
        project.Alembic("revision", "-m", "one", "--version-path", "m1").Ok();
        project.Alembic("history").Ok().Prints("one");
    }

    [TestMethod]
    public void A_console_shows_every_letter()
    {
        var project = Begun();
        var (code, screen) = Wine.RunInConsole(["show", "grüße日本"], project.Folder);
        Assert.AreNotEqual(0, code);
        Assert.Contains("grüße日本", screen);
    }

    [TestMethod]
    public void CtrlC_ends_a_long_statement_and_nothing_stays()
    {
        var project = Begun();
        project.Alembic("revision", "-m", "long").Ok();
        project.Body("long", """
            op.Execute("CREATE TABLE account (id INTEGER)");
                    System.IO.File.WriteAllText("begun", "");
                    op.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
            """);
        var (code, screen) = Wine.RunInConsole(["upgrade", "head"], project.Folder,
            () => File.Exists(Path.Combine(project.Folder, "begun")));
        Assert.AreEqual(130, code, screen);
        Assert.Contains("nothing of ", screen);
        Assert.AreEqual("", project.Rows("SELECT name FROM sqlite_schema WHERE name = 'account'"));
    }

    [TestMethod]
    public void Deployers_that_start_at_once_migrate_once()
    {
        var project = Begun();
        project.Alembic("revision", "-m", "one").Ok();
        project.Body("one", "op.Execute(\"CREATE TABLE account (id INTEGER)\"); op.Execute(\"INSERT INTO account VALUES (1)\");");
        var results = new Result[3];
        Parallel.For(0, results.Length, new() { MaxDegreeOfParallelism = 3 }, at => results[at] = project.Alembic("upgrade", "head"));
        foreach (var result in results)
            result.Ok();
        Assert.AreEqual("1", project.Rows("SELECT id FROM account"));
    }

    private static Project Begun()
    {
        var project = new Project(Wine.NewFolder("my app"), (arguments, folder) =>
        {
            var (code, output, error) = Wine.Run(arguments, folder);
            return new($"dotnet-alembic.exe {string.Join(' ', arguments)}", code, output, error);
        })
        {
            Database = "app.db",
        };
        project.Alembic("init", "alembic").Ok();
        project.Edit("alembic.ini",
            project.Read("alembic.ini").Split('\n').Single(l => l.StartsWith("sqlalchemy.url", StringComparison.Ordinal)),
            "sqlalchemy.url = sqlite:///app.db");
        return project;
    }
}
