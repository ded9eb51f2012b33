namespace Alembic.Conformance;

/// <summary>Each recorded scenario, played with the tool.</summary>
[TestClass]
public sealed class ConformanceTests
{
    private static readonly string Folder = Path.Combine(Tests.Repository.Root, "tests", "Conformance");
    private static readonly Dictionary<string, string> Reasons = ListedDifferences();

    public static IEnumerable<TestDataRow<string>> Names => Scenario.All.Values
        .Select(scenario => new TestDataRow<string>(scenario.Name) { DisplayName = $"{scenario.Name}: {scenario.Description}" });

    /// <summary>The scenarios that no difference is listed of, by name.</summary>
    internal static IEnumerable<string> Matching => Scenario.All.Keys.Except(Reasons.Keys).Order(StringComparer.Ordinal);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_tool_answers_as_Alembic_does(string name)
    {
        foreach (var (program, tool) in ToolUnderTest.Programs(Scenario.All[name]))
        {
            Servers.Use(program);
            Compare(Scenario.All[name], tool, program);
        }
    }

    private static void Compare(Scenario scenario, ToolRun tool, string program)
    {
        var name = scenario.Name;
        using var run = new ScenarioRun(scenario, tool);
        var differences = Answers.Differences(scenario, run.Run());
        if (!Reasons.TryGetValue(name, out var reason))
        {
            Assert.AreEqual("", differences,
                $"\n{differences}So answers {program}. If that is meant, give the reason in tests/Conformance/differences.md.");
            return;
        }
        Assert.AreNotEqual("", differences, $"{name} matches, but differences.md lists it: {reason}");
        var file = FileOf(name);
        if (Environment.GetEnvironmentVariable("ALEMBIC_TEST_WRITE") == "1")
            File.WriteAllText(file, differences);
        Assert.AreEqual(
            File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "", differences,
            $"\n{differences}So answers {program}. That is another difference than {file} has. "
                + "If it is meant, run the test with ALEMBIC_TEST_WRITE=1.");
    }

    [TestMethod]
    public void Every_listed_difference_is_a_scenario_and_has_its_file()
    {
        Assert.IsEmpty(Reasons.Keys.Except(Scenario.All.Keys), "are listed in differences.md, and there is no such scenario");
        var files = Directory.EnumerateFiles(Path.Combine(Folder, "differences")).Select(Path.GetFileNameWithoutExtension);
        Assert.AreEqual(
            string.Join('\n', Reasons.Keys.Order(StringComparer.Ordinal)), string.Join('\n', files.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void What_is_left_out_has_a_reason_and_is_not_here()
    {
        var leftOut = Rows("left-out.md");
        Assert.IsNotEmpty(leftOut);
        Assert.IsEmpty(leftOut.Where(row => row.Reason.Length == 0).Select(row => row.Name), "have no reason");
        Assert.IsEmpty(leftOut.Select(row => row.Name).Intersect(Scenario.All.Keys), "are here");
        var files = Directory.EnumerateFiles(Path.Combine(Folder, "golden")).Select(Path.GetFileNameWithoutExtension);
        Assert.AreEqual(
            string.Join('\n', Scenario.All.Keys.Order(StringComparer.Ordinal)), string.Join('\n', files.Order(StringComparer.Ordinal)));
    }

    private static string FileOf(string name) => Path.Combine(Folder, "differences", name + ".txt");

    private static Dictionary<string, string> ListedDifferences() => Rows("differences.md")
        .GroupBy(row => row.Name, row => row.Reason).ToDictionary(reasons => reasons.Key, reasons => string.Join(" ", reasons));

    // The rows of a table: scenarios, and the reason.
    private static IReadOnlyList<(string Name, string Reason)> Rows(string file) =>
    [
        .. from line in File.ReadLines(Path.Combine(Folder, file))
           where line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| scenario ", StringComparison.Ordinal)
           let cells = line.Split('|')
           from name in cells[1].Split(',', StringSplitOptions.TrimEntries)
           select (name, cells[2].Trim()),
    ];
}
