using System.Text.RegularExpressions;

namespace Alembic.Tool.Tests.Layers;

/// <summary>
/// The way of <c>upgrade head</c> from the command line to the driver, as docs/architecture.md has it: who hands over to whom.
/// </summary>
[TestClass]
public sealed partial class PathTests
{
    private const int MostHops = 25;

    private static readonly List<string> Path = Frames();

    [TestMethod]
    public void A_statement_is_few_hops_from_the_command_line() =>
        Assert.IsLessThanOrEqualTo(MostHops, Path.Count - 1, string.Join(" -> ", Path));

    // What is on the way already is called back: each time counts. env.cs says on which databases a command runs, and a unit of work
    // stands in a transaction.
    [TestMethod]
    public void Control_is_turned_around_twice()
    {
        HashSet<string> seen = [];
        var turns = Path.Index().Where(owner => !seen.Add(owner.Item)).Select(owner => $"{Path[owner.Index - 1]} calls back {owner.Item}");
        Assert.AreEqual("DatabaseOpener calls back UpgradeCommand, OnlineTarget calls back StepLoop", string.Join(", ", turns),
            string.Join(" -> ", Path));
    }

    [TestMethod]
    public void The_page_shows_the_path_as_it_is() =>
        Assert.Contains(string.Join(" → ", Path),
            File.ReadAllText(System.IO.Path.Combine(Repository.Root, "docs", "architecture.md")).ReplaceLineEndings(" "));

    // The stack at a statement that fails, from the outside in; calls within a class are no hops.
    private static List<string> Frames()
    {
        using var project = new Project();
        project.Revision("r1", "first", upgrade: "op.AddColumn(\"missing\", new Column(\"x\", SqlType.Integer));");
        var failed = project.Run("--raiseerr", "upgrade", "head");
        Assert.Contains("no such table: missing", failed.Error);
        List<string> path = ["CommandLine"];
        foreach (var owner in Frame().Matches(failed.Error).Select(frame => frame.Groups["owner"].Value).Reverse())
        {
            var name = owner.Contains("__Step", StringComparison.Ordinal) ? "your migration" : owner;
            if (name != path[^1])
                path.Add(name);
        }
        return [.. path.SkipWhile(name => name != "CommandLine").TakeWhile(name => name != "SqliteCommand"), "DbCommand"];
    }

    // What the compiler makes of a lambda belongs to the class around it.
    [GeneratedRegex(@"^ +at (?:[\w<>]+\.)*?(?<owner>[\w<>]+)(?:\.<>c\w*)?\.(?:<\w+>\w__[\w|]+|\w+)(?:\[\w+\])?\(", RegexOptions.Multiline)]
    private static partial Regex Frame();
}
