using System.Text.RegularExpressions;
using Alembic.Tests;

namespace Alembic.Conformance;

/// <summary>Some of the scenarios, played with the tool that is packed for Windows.</summary>
[TestClass]
public sealed class WindowsTests
{
    // One of so many of those that match, about thirty in all.
    private const int Sample = 5;

    // They need a shell, or separate folders by colons.
    private static readonly HashSet<string> OfLinux =
        ["locations-legacy-separators", "locations-revision", "edit-editor-fails", "edit-several", "hooks-exec", "hooks-merge"];

    // Chosen by the name: where one comes or goes, all others stay.
    public static IEnumerable<TestDataRow<string>> Names => ConformanceTests.Matching
        .Where(name => !OfLinux.Contains(name) && name.Sum(letter => letter) % Sample == 0)
        .Select(name => new TestDataRow<string>(name) { DisplayName = $"Windows: {name}" });

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
        // Shown if the test fails: Wine itself may have had something to say.
        if (code != 0)
            Console.WriteLine($"{string.Join(' ', arguments)}: exit code {code}\n{output}{error}");
        return new(code, AsOnLinux(output, folder), AsOnLinux(error, folder));
    }

    // Its root is the drive Z. The folder's own name may have blanks.
    private static string AsOnLinux(string text, string folder) => Regex.Replace(text.ReplaceLineEndings("\n"),
        $@"Z:({Regex.Escape(folder.Replace('/', '\\'))})?[^\s'""]*", path => path.Value["Z:".Length..].Replace('\\', '/'));
}
