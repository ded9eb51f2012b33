namespace Alembic.Tool.Tests.Commands;

/// <summary>With --no-code a project that nobody knows can be looked at, and nothing of it is run.</summary>
[TestClass]
public sealed class NoCodeTests : IDisposable
{
    private const string Hint = "without --no-code it runs: only if you trust this project";

    private readonly Project _project = new();

    public NoCodeTests()
    {
        _project.Revision("aaa100000001", "one");
        _project.Write("alembic/env.cs",
            $"public sealed class Env : Alembic.MigrationEnvironment {{ static Env() => System.IO.File.WriteAllText({Literal("mark")}, "
                + $"\"\"); }}");
    }

    public void Dispose()
    {
        Assert.IsFalse(File.Exists(_project.Path("mark")));
        _project.Dispose();
    }

    [TestMethod]
    [DataRow("heads")]
    [DataRow("history -v")]
    [DataRow("branches")]
    [DataRow("show head")]
    [DataRow("list_templates")]
    [DataRow("revision -m two")]
    public void What_only_reads_or_writes_a_file_is_done(string line) => _project.Run(["--no-code", .. line.Split(' ')]).Ok();

    [TestMethod]
    [DataRow("upgrade head")]
    [DataRow("upgrade head --sql")]
    [DataRow("downgrade base")]
    [DataRow("current")]
    [DataRow("check")]
    [DataRow("stamp head")]
    [DataRow("verify")]
    [DataRow("ensure_version")]
    [DataRow("restore")]
    [DataRow("lock status")]
    [DataRow("repair --retry")]
    [DataRow("history -i")]
    [DataRow("show current")]
    [DataRow("revision --autogenerate -m two")]
    public void What_runs_the_environment_is_refused(string line)
    {
        _project.Run([.. line.Split(' '), "--no-code"])
            .Fails(64, "--no-code: this command runs env.cs, and revisions if there are any to run; nothing was run", Hint);
        Assert.HasCount(1, Directory.GetFiles(_project.Path("alembic/versions"), "*.cs"));
        Assert.IsFalse(File.Exists(_project.Path("test.db")));
    }

    [TestMethod]
    public void A_revision_is_not_written_where_hooks_would_be_run_on_it()
    {
        _project.Write("alembic.ini", File.ReadAllText(_project.Path("alembic.ini")).Replace(
            "[post_write_hooks]",
            $"[post_write_hooks]\nhooks = a\na.type = exec\na.executable = touch\na.options = {_project.Path("mark")}",
            StringComparison.Ordinal));
        _project.Run("--no-code", "revision", "-m", "two")
            .Fails(64, "--no-code: the ini file has hooks that would run on the new file; nothing was run", Hint);
        Assert.HasCount(1, Directory.GetFiles(_project.Path("alembic/versions"), "*.cs"));
    }

    private string Literal(string name) => $"@\"{_project.Path(name)}\"";
}
