using System.Text.RegularExpressions;
using Alembic.Tests;

namespace Alembic.Conformance;

/// <summary>Some of the scenarios, played with the tool that is packed for Windows.</summary>
[TestClass]
public sealed partial class WindowsTests
{
    // Every so manyth of those that match, about thirty.
    private const int Sample = 5;

    // They need a shell, or separate folders by colons.
    private static readonly HashSet<string> OfLinux = 
        ["locations-revision", "edit-editor-fails", "edit-several", "hooks-exec", "hooks-merge"];

    public static IEnumerable<TestDataRow<string>> Names => ConformanceTests.Matching.Where(name => !OfLinux.Contains(name))
        .Where((_, at) => at % Sample == 0).Select(name => new TestDataRow<string>(name) { DisplayName = $"Windows: {name}" });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_tool_answers_as_Alembic_does(string name)
    {
        var scenario = Scenario.All[name];
        using var run = new ScenarioRun(scenario, Run);
        Assert.AreEqual("", Answers.Differences(scenario, run.Run()));
    }

    private static Result Run(IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string?> variables)
    {
        Dictionary<string, string?> environment = new(ToolUnderTest.Variables) { ["EDITOR"] = "attrib", ["ALEMBIC_CACHE_DIR"] = null };
        foreach (var (name, value) in variables)
            environment[name] = value;
        var (code, output, error) = Wine.Run(arguments, folder, environment);
        return new(code, AsOnLinux(output), AsOnLinux(error));
    }

    // Its root is the drive Z.
    private static string AsOnLinux(string text) =>
        Place().Replace(text.ReplaceLineEndings("\n"), path => path.Value["Z:".Length..].Replace('\\', '/'));

    [GeneratedRegex(@"Z:[\\/][^\s'""]*")]
    private static partial Regex Place();
}
