using System.Diagnostics;

namespace Alembic.Tool.Tests.Commands;

/// <summary>Lint tells file and line, and the safe way; comments, the ini file and git say what is left out.</summary>
[TestClass]
public sealed class LintTests : IDisposable
{
    private readonly Project _project = new();

    public LintTests() => _project.Revision(
        "aaa1", "one", upgrade: """op.CreateTable("account", [new Column("id", SqlType.Integer, primaryKey: true)]);""",
        downgrade: """op.DropTable("account");""");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_finding_has_file_line_code_and_the_safe_way()
    {
        OnPostgreSql();
        var file = Index();
        var line = Array.FindIndex(File.ReadAllLines(file), l => l.Contains("CreateIndex", StringComparison.Ordinal)) + 1;
        var result = _project.Run("lint");
        Assert.AreEqual(
            $"""
            {Shown(file)}({line}): error ALB5201: nobody can write to account until the index is built and the migration is committed
                op.AutocommitBlock(() => op.CreateIndex("ix", "account", ["id"], concurrently: true));

            """.ReplaceLineEndings("\n"),
            result.Out);
        Assert.AreEqual(2, result.Code);
        Assert.StartsWith("FAILED: 1 error\nhint: write it the safe way;", string.Join('\n', result.Error.Split('\n')[^3..]));
        Assert.IsFalse(File.Exists(_project.Path("test.db")));
    }

    [TestMethod]
    public void A_finding_in_a_batch_has_the_line_of_its_operation()
    {
        var file = _project.Revision("bbb2", "two", "aaa1", """
            op.BatchAlterTable("account", batch =>
            {
                batch.AddColumn(new Column("note", SqlType.Text));
                // lint: ignore ALB5102 because it was never used
                batch.DropColumn("old");
                batch.DropColumn("older");
            });
            """, """op.Execute("back");""");
        var line = Array.FindIndex(File.ReadAllLines(file), l => l.Contains("older", StringComparison.Ordinal)) + 1;
        Assert.AreEqual($"{Shown(file)}({line}): error ALB5102: the values of account.older are gone as soon as this is committed, and an "
            + "application that still reads or writes it fails", _project.Run("lint").Lines[0]);
    }

    [TestMethod]
    public void Rules_of_one_database_are_silent_on_another()
    {
        Index();
        Assert.AreEqual("No findings in 2 revisions.\n", _project.Run("lint").Ok().Out);
    }

    [TestMethod]
    public void Findings_are_data()
    {
        OnPostgreSql();
        Index();
        var result = _project.Run("lint", "--json");
        Assert.AreEqual(2, result.Code);
        Assert.Contains("\"code\": \"ALB5201\"", result.Out);
        Assert.Contains("\"code\": \"ALB4005\"", result.Out);
    }

    [TestMethod]
    public void A_comment_with_a_reason_ignores_and_one_without_is_an_error()
    {
        Drop("// lint: ignore ALB5102 because nobody reads it since 2.4");
        _project.Run("lint").Ok();
        Drop("// lint: ignore ALB5102");
        var result = _project.Run("lint");
        Assert.Contains("error ALB5001: this comment ignores nothing: it does not say why ALB5102 does not matter here", result.Out);
        Assert.Contains("error ALB5102", result.Out);
    }

    [TestMethod]
    [DataRow("off", 0, "No findings in 2 revisions.")]
    [DataRow("warning", 0, "warning ALB5102")]
    [DataRow("error", 2, "error ALB5102")]
    public void The_ini_file_sets_severities(string severity, int code, string text)
    {
        Drop("");
        SetRule($"ALB5102 = {severity}");
        var result = _project.Run("lint");
        Assert.AreEqual(code, result.Code, result.Error);
        Assert.Contains(text, result.Out);
    }

    [TestMethod]
    [DataRow("ALB9999 = off", "there is no rule 'ALB9999'")]
    [DataRow("ALB5102 = loud", "ALB5102 is 'loud'")]
    [DataRow("ALB5102 = 2", "ALB5102 is '2'")]
    public void What_the_ini_file_has_to_say_is_checked(string line, string message)
    {
        SetRule(line);
        var result = _project.Run("lint");
        Assert.AreEqual(64, result.Code);
        Assert.Contains(message, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    [DataRow("aaa1", 0)]
    [DataRow("bbb2", 2)]
    [DataRow(":aaa1", 0)]
    [DataRow("aaa1:", 2)]
    public void A_range_says_which_revisions(string range, int code)
    {
        Drop("");
        Assert.AreEqual(code, _project.Run("lint", range).Code);
    }

    [TestMethod]
    public void Several_heads_are_told()
    {
        _project.Revision("bbb2", "two", "aaa1");
        _project.Revision("ccc3", "three", "aaa1");
        Assert.Contains("error ALB5501: 'upgrade head' fails, because there are several heads: ", _project.Run("lint").Out);
    }

    [TestMethod]
    [DataRow("aaa1_copy.cs", true)]
    [DataRow("2026_aaa1.cs", true)]
    [DataRow("aaa10_other.cs", false)]
    [DataRow("later.cs", false)]
    [DataRow("ccc3_after_aaa1.cs", false)]
    public void A_copied_file_that_kept_its_name_is_told(string file, bool isTold)
    {
        var written = _project.Revision("ccc3", "three", "aaa1");
        File.Move(written, _project.Path("alembic/versions/" + file));
        var output = _project.Run("lint", "ccc3").Ok().Out;
        Assert.AreEqual(isTold, output.Contains("warning ALB5502: the file is named after aaa1, but its revision is ccc3: rename it",
            StringComparison.Ordinal), output);
    }

    [TestMethod]
    public void Since_a_commit_only_new_and_changed_files_are_judged()
    {
        _project.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        Drop("");
        Git("init", "-q");
        Git("add", ".");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
        Assert.AreEqual("No findings in 0 revisions.\n", _project.Run("lint", "--since", "HEAD").Ok().Out);
        _project.Revision("ccc3", "three", "bbb2", """op.DropTable("account");""", """op.Execute("CREATE TABLE account (id INTEGER)");""");
        var result = _project.Run("lint", "--since", "HEAD");
        Assert.Contains("ALB5101", result.Out);
        Assert.DoesNotContain("ALB5102", result.Out);
        _project.Run("lint", "--since", "nowhere").Fails(64, "git merge-base: ", "--since takes a branch");
    }

    [TestMethod]
    [DataRow("itimeline")]
    public void A_sample_gives_no_cause(string name)
    {
        var folder = Path.Combine(Repository.Root, "tests", "samples", name);
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var target = _project.Path(Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
        File.Copy(Path.Combine(folder, "alembic.ini"), _project.Path("alembic.ini"), overwrite: true);
        File.Delete(Directory.EnumerateFiles(_project.Path("alembic/versions"), "aaa1*").Single());
        Assert.StartsWith("No findings in ", _project.Run("lint").Ok().Out);
    }

    private void OnPostgreSql() => _project.Write("alembic.ini", File.ReadAllText(_project.Path("alembic.ini"))
        .Replace("sqlite:///%(here)s/test.db", "postgresql://nobody@nowhere/none", StringComparison.Ordinal));

    private string Index() => _project.Revision(
        "bbb2", "two", "aaa1", """op.CreateIndex("ix", "account", ["id"]);""", """op.DropIndex("ix", "account");""");

    private void Drop(string comment) => _project.Revision(
        "bbb2", "two", "aaa1", $"{comment}\n        op.DropColumn(\"account\", \"note\");",
        """op.AddColumn("account", new Column("note", SqlType.Text));""");

    private void SetRule(string line)
    {
        var ini = _project.Path("alembic.ini");
        File.WriteAllText(ini, File.ReadAllText(ini).Replace("\n[lint]\n", $"\n[lint]\n{line}\n", StringComparison.Ordinal));
    }

    private string Shown(string file) => file.Replace(_project.Folder, "<DIR>", StringComparison.Ordinal);

    private void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _project.Folder })!;
        git.WaitForExit();
        Assert.AreEqual(0, git.ExitCode);
    }
}
