namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class GuardedScriptTests : IDisposable
{
    private const string Guard = "alembic_guard";

    private readonly Project _project = new();

    public GuardedScriptTests()
    {
        _project.Revision("aaa100000001", "one");
        _project.Revision("bbb200000002", "two", "aaa100000001");
        _project.Revision("ccc300000003", "three", "bbb200000002");
        _project.Revision("ddd400000004", "four", "aaa100000001");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void A_script_has_a_guard_where_it_is_asked_for()
    {
        Assert.DoesNotContain(Guard, _project.Run("upgrade", "heads", "--sql").Ok().Out);
        Assert.StartsWith(".bail on\n", _project.Run("upgrade", "heads", "--sql", "--guarded").Ok().Out);
        Assert.StartsWith(".bail on\n", _project.Run("downgrade", "heads:base", "--sql", "--guarded").Ok().Out);
    }

    [TestMethod]
    public void The_ini_file_asks_for_it_in_scripts_alone()
    {
        _project.Write("alembic.ini",
            File.ReadAllText(_project.Path("alembic.ini"))
                .Replace("# guarded_scripts = false", "guarded_scripts = true", StringComparison.Ordinal));
        Assert.StartsWith(".bail on\n", _project.Run("upgrade", "heads", "--sql").Ok().Out);
        Assert.DoesNotContain(Guard, _project.Run("stamp", "heads", "--sql").Ok().Out);
        _project.Run("upgrade", "heads").Ok();
    }

    [TestMethod]
    public void Several_revisions_can_be_the_start()
    {
        var script = _project.Run("upgrade", "bbb200000002,ddd400000004:heads", "--sql", "--guarded").Ok();
        Assert.Contains("This script starts at bbb200000002, ddd400000004, but the database is at another revision", script.Out);
        Assert.AreEqual("upgrade bbb200000002 -> ccc300000003, three", string.Join('|', script.Steps));
    }

    [TestMethod]
    public void A_run_takes_no_guard() =>
        _project.Run("upgrade", "heads", "--guarded")
        .Fails(64, "--guarded is for scripts", "a run reads the revision of the database; for a script add --sql");

    [TestMethod]
    public void An_idempotent_script_is_for_all_databases_and_no_guard_of_one()
    {
        _project.Write("alembic.ini", File.ReadAllText(_project.Path("alembic.ini"))
            .Replace("# guarded_scripts = false", "guarded_scripts = true", StringComparison.Ordinal)
            .Replace("sqlite:///%(here)s/test.db", "postgresql://nobody@nowhere/none", StringComparison.Ordinal));
        var script = _project.Run("upgrade", "heads", "--sql", "--idempotent").Ok().Out;
        Assert.DoesNotContain(Guard, script);
        Assert.Contains("IF EXISTS (SELECT 1 FROM alembic_version WHERE version_num IN ('bbb200000002')) THEN", script);
        Assert.Contains("This script starts at bbb200000002, but the database is at ",
            _project.Run("upgrade", "bbb200000002:heads", "--sql", "--idempotent").Ok().Out);
        _project.Run("upgrade", "heads", "--idempotent").Fails(64, "--idempotent is for scripts");
        _project.Run("upgrade", "heads", "--sql", "--idempotent", "--guarded").Fails(64, "--guarded is for databases at one revision");
    }

    [TestMethod]
    public void SQLite_has_no_idempotent_script() => _project.Run("upgrade", "heads", "--sql", "--idempotent").Fails(
        64, "--idempotent is not available for sqlite", "dotnet alembic upgrade reads the revision of the database; --guarded");

    [TestMethod]
    [DataRow("upgrade base --sql")]
    [DataRow("upgrade heads:heads --sql")]
    [DataRow("upgrade heads:heads --sql --guarded")]
    [DataRow("stamp base --sql")]
    [DataRow("stamp heads:heads --sql")]
    public void A_script_with_nothing_to_do_is_empty(string line) => Assert.AreEqual("", _project.Run(line.Split(' ')).Ok().Out);

    [TestMethod]
    public void The_version_table_alone_is_a_script() =>
        Assert.Contains("CREATE TABLE alembic_version", _project.Run("ensure_version", "--sql").Ok().Out);
}
