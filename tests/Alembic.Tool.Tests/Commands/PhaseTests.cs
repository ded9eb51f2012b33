namespace Alembic.Tool.Tests.Commands;

/// <summary>Revisions that say their phase, and an upgrade that stops before old code would fail.</summary>
[TestClass]
public sealed class PhaseTests : IDisposable
{
    private readonly Project _project = new();

    public PhaseTests()
    {
        Revision("aaa1", "one", null, Phase.Expand);
        Revision("bbb2", "two", "aaa1", null);
        Revision("ccc3", "three", "bbb2", Phase.Contract);
        Revision("ddd4", "four", "ccc3", Phase.Expand);
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void An_upgrade_of_a_phase_stops_before_the_first_contract()
    {
        Assert.EndsWith(
            "info: Stopped before ccc3, three: upgrade without --phase runs it, once no old code runs any more\n",
            _project.Run("upgrade", "head", "--phase", "expand").Ok().Error);
        Assert.StartsWith("bbb2", _project.Run("current").Ok().Out);
        Assert.Contains("Nothing to do: the database is at bbb2", _project.Run("upgrade", "head", "--phase", "expand").Ok().Error);
        _project.Run("upgrade", "head").Ok();
        Assert.StartsWith("ddd4", _project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void A_target_before_the_contract_is_reached()
    {
        Assert.DoesNotContain("Stopped", _project.Run("upgrade", "aaa1", "--phase", "expand").Ok().Error);
        Assert.StartsWith("aaa1", _project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void A_script_ends_there_too()
    {
        var script = _project.Run("upgrade", "head", "--phase", "expand", "--sql").Ok().Out;
        Assert.Contains("bbb2", script);
        Assert.DoesNotContain("ccc3", script);
    }

    [TestMethod]
    [DataRow("upgrade head --phase contract", "--phase contract: the only phase to stop after is expand")]
    [DataRow("upgrade --phase expand --plan x.json", "--plan and --phase cannot be combined")]
    public void What_has_no_meaning_is_refused(string command, string message)
    {
        _project.Run("plan", "head", "--out", "x.json").Ok();
        _project.Run(command.Split(' ')).Fails(64, message);
    }

    private void Revision(string id, string message, string? down, Phase? phase)
    {
        var path = _project.Revision(id, message, down);
        if (phase is not null)
            File.WriteAllText(path,
                File.ReadAllText(path).Replace("[Revision(", $"[Phase(Phase.{phase})]\n[Revision(", StringComparison.Ordinal));
    }
}
