namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class BadInputTests
{
    private static string[] FilesOf(Project project) =>
        [.. Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    [TestMethod]
    public void Without_a_configuration_the_way_to_one_is_told()
    {
        using var project = new Project(initialised: false);
        project.Run("history").Fails(64, "No 'script_location' key found in configuration.", "there is no <DIR>");
        project.Run("-c", "nope.ini", "upgrade", "head").Fails(64, "No 'script_location' key found in configuration.");
        Assert.IsEmpty(FilesOf(project));
    }

    [TestMethod]
    [DataRow("postgres//x", "unsupported database URL 'postgres//x': expected dialect://")]
    [DataRow("oracle://me:secret@host/db", "unsupported database URL 'oracle://me:***@host/db': the dialect 'oracle' is not known")]
    [DataRow("sqlite://x.db", "unsupported database URL 'sqlite://x.db': did you mean 'sqlite:///x.db'?")]
    [DataRow("sqlite:///x.db?colour=red", "unsupported database URL 'sqlite:///x.db': SQLite has no parameter 'colour'")]
    [DataRow("sqlite:///%(here)s/no/such/x.db", "unable to open database file")]
    [DataRow("sqlite:////C:/no/such/x.db", "unable to open database file '/C:/no/such/x.db'",
        "a path with a drive follows three slashes: sqlite:///C:/no/such/x.db")]
    [DataRow("", "No database URL: 'sqlalchemy.url' is not set")]
    public void A_bad_URL_is_one_line_without_its_password(string url, string message, string? hint = null)
    {
        using var project = new Project();
        project.Write("alembic.ini", $"[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = {url}\n");
        var before = FilesOf(project);
        var result = project.Run("upgrade", "head").Fails(64, message, hint);
        Assert.DoesNotContain("secret", result.Error);
        CollectionAssert.AreEqual(before, FilesOf(project));
    }

    [TestMethod]
    public void An_unknown_revision_leaves_no_database_behind()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        project.Run("upgrade", "nosuch").Fails(3, "Can't locate revision identified by 'nosuch'");
        project.Run("upgrade", "aaa100000002").Fails(3, "Can't locate revision identified by 'aaa100000002'", "");
        Assert.IsFalse(File.Exists(project.Path("test.db")));
    }

    [TestMethod]
    public void A_syntax_error_names_file_line_and_column_and_touches_no_database()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one", null, "op.Execute(\"x\"");
        var result = project.Run("upgrade", "head").Fails(1, "2 errors in <DIR>");
        Assert.Contains("<DIR>", result.Error.Split('\n')[0]);
        Assert.Contains("(16,23): error CS1026", result.Error);
        Assert.IsFalse(File.Exists(project.Path("test.db")));
    }

    [TestMethod]
    public void A_compile_error_names_file_line_and_column_and_touches_no_database()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        project.Revision("bbb200000002", "two", "aaa100000001", "op.NoSuchThing();");
        var result = project.Run("upgrade", "head").Fails(1, "1 error");
        Assert.Contains("bbb200000002_two.cs(16,12): error CS1061", result.Error);
        Assert.IsFalse(File.Exists(project.Path("test.db")));
    }

    [TestMethod]
    public void A_missing_down_revision_is_named_with_the_file_that_wants_it()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one", "nosuch000000");
        project.Run("history").Fails(3, "Revision nosuch000000 referenced from aaa100000001", "see <DIR>");
    }

    [TestMethod]
    public void A_duplicate_id_is_named_with_both_files()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        project.Revision("aaa100000001", "two");
        var result = project.Run("upgrade", "head").Fails(3, "Revision aaa100000001 is present more than once");
        Assert.Contains("_one.cs", result.Error);
        Assert.Contains("_two.cs", result.Error);
    }

    [TestMethod]
    public void An_id_that_is_taken_writes_nothing()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        var before = FilesOf(project);
        project.Run("revision", "-m", "again", "--rev-id", "aaa100000001").Fails(3, "Revision aaa100000001 is present more than once");
        project.Run("revision", "-m", "away", "--rev-id", "../../x").Fails(1, "Character(s) '/' not allowed in revision identifier");
        CollectionAssert.AreEqual(before, FilesOf(project));
    }

    [TestMethod]
    [DataRow("with \"quotes\" and \\ and { braces } and {{ scriban }} and */")]
    [DataRow("two\nlines\r\nthree\u2028four")]
    [DataRow("../../etc/passwd")]
    [DataRow("emoji 😀 only ünïcode")]
    [DataRow("")]
    [DataRow("class")]
    [DataRow("Op")]
    public void Any_message_makes_a_revision_that_compiles_and_runs(string message)
    {
        using var project = new Project();
        project.Run("revision", "-m", message).Ok();
        Assert.HasCount(1, Directory.GetFiles(project.Path("alembic/versions")));
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("000000000001 (head)\n", project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void A_message_of_5000_characters_makes_a_short_file_name()
    {
        using var project = new Project();
        project.Run("revision", "-m", string.Join(' ', Enumerable.Repeat("word", 1000))).Ok();
        Assert.IsLessThan(80, Path.GetFileName(Directory.GetFiles(project.Path("alembic/versions"))[0]).Length);
        project.Run("upgrade", "head").Ok();
    }

    [TestMethod]
    public void Init_refuses_a_folder_with_something_in_it()
    {
        using var project = new Project(initialised: false);
        Directory.CreateDirectory(project.Path("mine"));
        project.Write("mine/x.txt", "precious");
        project.Run("init", "mine").Fails(1, "Directory mine already exists and is not empty");
        project.Run("init", "-t", "nosuch", "other").Fails(1, "No such template", "dotnet alembic list_templates");
        Assert.HasCount(1, FilesOf(project));
    }

    [TestMethod]
    [DataRow("upgrade +3", "Relative revision +3 didn't produce 3 migrations", "dotnet alembic history")]
    [DataRow("stamp aaa100000001 bbb200000002", "Requested revision bbb200000002 overlaps with other requested revisions aaa100000001",
        "bbb200000002 includes aaa100000001: it alone is enough")]
    public void A_question_that_the_graph_cannot_answer_comes_with_a_hint(string line, string message, string hint)
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one", null, "");
        project.Revision("bbb200000002", "two", "aaa100000001", "");
        project.Run(line.Split(' ')).Fails(3, message, hint);
    }

    [TestMethod]
    [DataRow("bogus", "There is no command 'bogus'")]
    [DataRow("upgrade", "the following arguments are required: revision")]
    [DataRow("upgrade head extra", "Unrecognized command or argument 'extra'")]
    [DataRow("history --colour", "There is no option '--colour'")]
    [DataRow("-Z", "There is no option '-Z'")]
    [DataRow("history -r", "argument --rev-range: expected one argument")]
    [DataRow("-c a.ini -c b.ini upgrade head", "only one ini file may be given: -c is given twice")]
    [DataRow("-n one -n two upgrade head", "only one section may be given: -n is given twice")]
    [DataRow("-c a.ini upgrade head --config=b.ini", "only one ini file may be given: -c is given twice")]
    [DataRow("revision --s", "ambiguous option: --s could match")]
    public void A_command_line_that_makes_no_sense_says_what_does_not(string line, string message)
    {
        using var project = new Project();
        project.Run(line.Split(' ')).Fails(64, message);
    }

    [TestMethod]
    [DataRow(64, "upgrad head", "did you mean 'upgrade'?")]
    [DataRow(64, "bogus", "dotnet alembic --help")]
    [DataRow(64, "upgrade head --dryrun", "did you mean '--dry-run'?")]
    [DataRow(64, "revision --autogenrate", "did you mean '--autogenerate'?")]
    [DataRow(64, "--quite current", "did you mean '--quiet'?")]
    [DataRow(64, "upgrade head --bogus", "dotnet alembic upgrade --help")]
    [DataRow(64, "list-template", "did you mean 'list_templates'?")]
    [DataRow(64, "revision add_account", "dotnet alembic revision -m \"add_account\"")]
    [DataRow(3, "upgrade haed", "did you mean 'head' or 'heads'?")]
    [DataRow(3, "upgrade aaa100000010", "did you mean 'aaa100000001'?")]
    public void What_was_presumably_meant_is_told(int code, string line, string hint)
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        project.Run(line.Split(' ')).Fails(code, "", hint);
    }

    [TestMethod]
    public void Without_arguments_there_is_the_help()
    {
        using var project = new Project(initialised: false);
        var help = project.Run("--help").Ok();
        Assert.Contains("upgrade", help.Out);
        Assert.AreEqual(help.Out, project.Run().Ok().Out);
    }

    [TestMethod]
    public void Quiet_leaves_results_warnings_and_errors()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        Assert.AreEqual(new Result(0, "", ""), project.Run("-q", "upgrade", "head"));
        Assert.AreEqual(new Result(0, "aaa100000001 (head)\n", ""), project.Run("-q", "current"));
        Assert.AreEqual("<base> -> aaa100000001 (head), one\n", project.Run("history", "-q").Ok().Out);
        project.Run("-q", "upgrade", "nosuch").Fails(3, "Can't locate revision identified by 'nosuch'");
        Assert.AreEqual(new Result(0, "", ""), project.Run("-q", "revision", "-m", "two"));
    }

    [TestMethod]
    public void A_version_location_that_is_not_there_is_told_and_an_upgrade_without_any_revision_refused()
    {
        using var project = new Project();
        var ini = File.ReadAllText(project.Path("alembic.ini"));
        // A list that was written on Linux, read as Windows reads it.
        project.Write("alembic.ini",
            ini.Replace("path_separator = newline", "path_separator = ;\nversion_locations = %(here)s/alembic/versions:%(here)s/more",
                StringComparison.Ordinal));
        project.Revision("aaa100000001", "one");
        Assert.Contains("warning: there is no <DIR>/alembic/versions:", project.Run("history").Ok().Error);
        project.Run("upgrade", "head").Fails(64, "There is no revision, and no folder <DIR>/alembic/versions:", "dotnet alembic revision");
        Assert.IsFalse(File.Exists(project.Path("test.db")));

        project.Write("alembic.ini",
            ini.Replace("path_separator = newline",
                "path_separator = newline\nversion_locations =\n  %(here)s/alembic/versions\n  %(here)s/more", StringComparison.Ordinal));
        Assert.Contains("warning: there is no <DIR>/more, which version_locations names", project.Run("upgrade", "head").Ok().Error);
        CollectionAssert.AreEqual(new[] { "aaa100000001" }, project.Rows("SELECT version_num FROM alembic_version").ToArray());
    }

    [TestMethod]
    public void The_folder_that_git_does_not_keep_is_an_error_for_upgrade_alone()
    {
        using var project = new Project();
        Directory.Delete(project.Path("alembic/versions"));
        project.Run("upgrade", "head").Fails(64, "There is no revision, and no folder <DIR>/alembic/versions");
        Assert.AreEqual(new Result(0, "", ""), project.Run("history"));
        project.Run("revision", "-m", "one").Ok();
        project.Run("upgrade", "head").Ok();
    }

    [TestMethod]
    public void The_statement_that_failed_stands_under_the_error()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one", null, "op.Execute(\"UPDATE nosuch\\nSET a = 1\");");
        Assert.Contains("no such table: nosuch", project.Run("upgrade", "head").Error);
        Assert.Contains("\n    UPDATE nosuch\n    SET a = 1\nhint: ", project.Run("upgrade", "head").Error);

        project.Revision("aaa100000001", "one", null, "op.CreateIndex(\"ix\", \"nosuch\", [\"a\"]);");
        Assert.Contains("\n    CREATE INDEX ix ON nosuch (a)\n", project.Run("upgrade", "head").Error);

        project.Revision("aaa100000001", "one", null, "op.Execute(\"CREATE USER me IDENTIFIED BY 'Zk4Vq9Xw7Jt2Bm'\");");
        Assert.Contains("\n    CREATE USER me IDENTIFIED BY '***'\n", project.Run("upgrade", "head").Error);

        project.Revision("aaa100000001", "one", null,
            "op.Execute(\"SELECT nosuch\" + new string('\\n', 30) + new string(' ', 500) + \"x\");");
        Assert.Contains(" more lines\nhint: ", project.Run("upgrade", "head").Error);
    }

    [TestMethod]
    public void An_exception_in_a_migration_names_its_file_and_line_and_leaves_no_trace()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one", null, """op.CreateTable("t", [new Column("id", SqlType.Integer)]);""");
        project.Revision("bbb200000002", "two", "aaa100000001", "op.DropTable(\"t\");\nthrow new InvalidOperationException(\"no way\");");
        var result = project.Run("upgrade", "head").Fails(1, "bbb200000002: InvalidOperationException: no way (at <DIR>");
        Assert.Contains("bbb200000002_two.cs:line 17)", result.Error);
        CollectionAssert.AreEqual(new[] { "aaa100000001" }, project.Rows("SELECT version_num FROM alembic_version").ToArray());
        Assert.HasCount(0, project.Rows("SELECT * FROM t"));
    }

    [TestMethod]
    public void An_import_without_a_model_says_how_to_name_one()
    {
        using var project = new Project();
        project.Run("import", "ef")
            .Fails(64, "<DIR>/alembic.ini names no EF Core model: 'model' is not set", "write 'model = ef:path/to/Project.csproj' into it");
    }

    [TestMethod]
    [DataRow("help", "--help")]
    [DataRow("help upgrade", "upgrade --help")]
    [DataRow("help list-templates", "list_templates --help")]
    [DataRow("list-templates", "list_templates")]
    [DataRow("ensure-version --help", "ensure_version --help")]
    public void What_other_tools_call_it_works_too(string words, string same)
    {
        using var project = new Project();
        Assert.AreEqual(project.Run(same.Split(' ')).Ok().Out, project.Run(words.Split(' ')).Ok().Out);
    }

    [TestMethod]
    [DataRow("add users", "000000000001_add_users.cs")]
    [DataRow("  ", "000000000001_.cs")]
    public void A_revision_without_a_message_is_asked_for_one_in_a_terminal(string answer, string file)
    {
        using var project = new Project();
        var questions = project.Answer(answer);
        project.Run("revision").Ok();
        Assert.AreEqual("What does the revision do? ", questions.Single());
        Assert.IsTrue(File.Exists(project.Path($"alembic/versions/{file}")));
    }

    [TestMethod]
    public void The_end_of_the_input_is_no_message()
    {
        using var project = new Project();
        project.Answer([null]);
        project.Run("revision").Fails(64, "the question was not answered; nothing was written");
    }
}
