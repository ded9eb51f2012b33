using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alembic.Tool.Bundles;
using Alembic.Tool.Scripts;
using YamlDotNet.RepresentationModel;

namespace Alembic.Tool.Tests.Commands;

/// <summary>What the page about pipelines shows can be copied: its YAML is YAML, and its commands are commands.</summary>
[TestClass]
public sealed partial class PipelinePageTests
{
    private const string Tool = "dotnet alembic ";

    private static readonly string Page =
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "pipelines.md")).ReplaceLineEndings("\n");

    public static IEnumerable<object[]> Lines => CommandLines().Distinct().Select(line => new object[] { line });

    [TestMethod]
    [DynamicData(nameof(Lines))]
    public void Each_command_of_the_page_is_one(string line)
    {
        using var project = new Project(initialised: false);
        // With the help, nothing of it is run; an option that is not there is refused all the same.
        project.Run([.. ShellWords.Split(line, backslashEscapes: false), "--help"]).Ok();
    }

    [TestMethod]
    public void The_page_has_commands_in_each_form()
    {
        var lines = CommandLines().ToList();
        CollectionAssert.IsSubsetOf(
            new[]
            {
                "ci --since origin/main --junit ci.xml", "upgrade heads --if-behind", "upgrade heads --lock-timeout 600", "upgrade heads",
                "lint --since origin/main --format gitlab -o quality.json", "bundle -o dist --dialect postgresql",
            },
            lines);
        Assert.HasCount(Regex.Count(Page, "```yaml\n"), Yaml());
    }

    [TestMethod]
    [DataRow("GitHub Actions", "jobs")]
    [DataRow("Azure Pipelines", "steps")]
    [DataRow("GitLab CI", "check")]
    [DataRow("Kubernetes", "spec")]
    public void The_yaml_of_a_section_has_what_its_system_reads(string title, string key)
    {
        var section = Page[Page.IndexOf($"## {title}\n", StringComparison.Ordinal)..];
        var root = (YamlMappingNode)Parse(Block().Match(section).Groups["text"].Value).RootNode;
        Assert.IsTrue(root.Children.ContainsKey(new YamlScalarNode(key)));
    }

    [TestMethod]
    public void The_commands_of_each_build_server_run_one_after_the_other()
    {
        using var project = new Project();
        project.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        project.Environment["DATABASE_URL"] = $"sqlite:///{project.Path("test.db")}";
        project.Write("alembic.ini", Regex.Replace(File.ReadAllText(project.Path("alembic.ini")), "^sqlalchemy.url.*$",
            "sqlalchemy.url = %(DATABASE_URL)s", RegexOptions.Multiline));
        project.Revision("aaa100000001", "one", null,
            "op.CreateTable(\"shop\", [new Column(\"id\", SqlType.Integer, primaryKey: true)]);", "op.DropTable(\"shop\");");
        Git("init", "-q", "-b", "main");
        Git("add", ".");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
        Git("update-ref", "refs/remotes/origin/main", "main");
        foreach (var section in Page.Split("\n## ")[1..])
        {
            foreach (var line in Block().Matches(section).SelectMany(b => InBlock(b.Groups["kind"].Value, b.Groups["text"].Value)))
            {
                // The database is another one here.
                var here = line.Replace("postgresql", "sqlite", StringComparison.Ordinal);
                project.Run([.. ShellWords.Split(here, backslashEscapes: false)]).Ok();
                // What comes in an image is run by the bundle in it.
                if (line.StartsWith("bundle ", StringComparison.Ordinal))
                    project.Bundle = Bundle.In(project.Path("dist"));
            }
            // The next one has it to do again.
            project.Run("downgrade", "base").Ok();
        }

        void Git(params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = project.Folder })!;
            process.WaitForExit();
            Assert.AreEqual(0, process.ExitCode);
        }
    }

    // Those in the text, and those in its blocks.
    private static IEnumerable<string> CommandLines() =>
    [
        .. InText().Matches(Page).Select(m => m.Groups["line"].Value),
        .. Block().Matches(Page).SelectMany(b => InBlock(b.Groups["kind"].Value, b.Groups["text"].Value)),
    ];

    private static IEnumerable<string> InBlock(string kind, string text) => kind switch
    {
        "yaml" => In(Parse(text).RootNode, ""),
        "dockerfile" =>
        [
            .. Run().Matches(text).Select(m => m.Groups["line"].Value),
            string.Join(' ', JsonSerializer.Deserialize<string[]>(Cmd().Match(text).Groups["array"].Value)!),
        ],
        _ => [],
    };

    private static List<YamlDocument> Yaml() =>
        [.. Block().Matches(Page).Where(b => b.Groups["kind"].Value == "yaml").Select(b => Parse(b.Groups["text"].Value))];

    private static YamlDocument Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Single();
    }

    // Lines of a shell, and the arguments of a container, whose image is the tool.
    private static IEnumerable<string> In(YamlNode node, string key) => node switch
    {
        YamlMappingNode mapping => mapping.Children.SelectMany(c => In(c.Value, ((YamlScalarNode)c.Key).Value!)),
        YamlSequenceNode list when key == "args" => [string.Join(' ', list.Select(item => ((YamlScalarNode)item).Value))],
        YamlSequenceNode list => list.SelectMany(item => In(item, key)),
        YamlScalarNode { Value: { } text } when text.StartsWith(Tool, StringComparison.Ordinal) => [text[Tool.Length..]],
        _ => [],
    };

    [GeneratedRegex("```(?<kind>[a-z]+)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex("`dotnet alembic (?<line>[^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex InText();

    [GeneratedRegex("^RUN /tools/dotnet-alembic (?<line>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Run();

    [GeneratedRegex(@"^CMD (?<array>\[.*\])$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Cmd();
}
