using Journeys;

namespace Faults;

/// <summary>At each call with which a command writes the project's files, the process is killed: afterwards every command works.</summary>
[TestClass]
public sealed class NewFileFaultPointsTests
{
    private static readonly string[] Init = ["init", "migrations"];

    [TestMethod]
    [DataRow("init", "init", "migrations")]
    [DataRow("revision", "revision", "-m", "next")]
    [DataRow("merge", "merge", "heads", "-m", "both")]
    public void After_a_kill_at_any_call_every_command_works(string what, params string[] command)
    {
        using var counted = Begin(what);
        var count = Path.Combine(InstalledTool.NewFolder(), "count");
        Run(counted, command, new(FaultLibrary.Below(counted.Folder)) { ["FAULT_COUNT"] = count }).Ok();
        var tally = new Tally($"kill at a file call, {what}");
        Parallel.ForEach(Extent.Points(int.Parse(File.ReadAllText(count)), sample: 4), new() { MaxDegreeOfParallelism = 2 },
            point => Try(what, command, point, tally));
        tally.Close();
    }

    private static void Try(string what, string[] command, int point, Tally tally)
    {
        using var project = Begin(what);
        tally.Tried();
        if (Run(project, command, new(FaultLibrary.Below(project.Folder)) { ["FAULT_AT"] = $"{point}", ["FAULT_KIND"] = "kill" }).Code == 0)
            tally.Wrong($"call {point}: it was not killed");
        foreach (var next in Next(what, project.Folder))
        {
            if (Run(project, next) is { Code: not 0 } result)
                tally.Wrong($"call {point}: {string.Join(' ', next)}: {result.Error}");
        }
    }

    // What one would do next, having seen what is there.
    private static IEnumerable<string[]> Next(string what, string folder)
    {
        if (what == "init" && !File.Exists(Path.Combine(folder, "migrations", "script.cs.scriban")))
            yield return Init;
        var ini = Path.Combine(folder, "alembic.ini");
        File.WriteAllText(ini,
            File.ReadAllText(ini).Replace("sqlite:///%(here)s/app.db", "sqlite:///%(here)s/data.db", StringComparison.Ordinal));
        yield return ["heads"];
        yield return ["history"];
        yield return ["revision", "-m", "after", "--head", "base", "--splice"];
        yield return ["merge", "heads", "-m", "all"];
        yield return ["upgrade", "heads"];
        yield return ["current"];
        yield return ["downgrade", "base"];
    }

    private static Project Begin(string what)
    {
        var project = new Project(InstalledTool.NewFolder());
        if (what == "init")
            return project;
        Run(project, Init).Ok();
        if (what == "merge")
        {
            Run(project, ["revision", "-m", "one"]).Ok();
            Run(project, ["revision", "-m", "other", "--head", "base", "--splice"]).Ok();
        }
        return project;
    }

    private static Result Run(Project project, string[] command, Dictionary<string, string>? environment = null) =>
        Deployer.Run("", command, project.Folder, environment);

    private sealed record Project(string Folder) : IDisposable
    {
        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
