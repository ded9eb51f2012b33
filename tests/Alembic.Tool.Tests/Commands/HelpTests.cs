using System.Reflection;
using Alembic.Tool.Commands;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Tests.Commands;

/// <summary>
/// The help of every command, as users see it, stands in the folder Help: what is changed shows in review. With ALEMBIC_TEST_WRITE=1 the
/// files are rewritten.
/// </summary>
[TestClass]
public sealed class HelpTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Alembic.Tool.Tests", "Commands", "Help");

    public static IEnumerable<object[]> Commands => RootCommand.Names.Prepend("").Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Every_command_says_what_its_file_says(string command)
    {
        using var project = new Project(initialised: false);
        var help = project.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])
            .Ok().Out.Replace(ToolVersion.Text, "<VERSION>", StringComparison.Ordinal);
        var file = Path.Combine(Folder, $"{(command.Length == 0 ? "dotnet-alembic" : command)}.txt");
        if (Environment.GetEnvironmentVariable("ALEMBIC_TEST_WRITE") == "1")
            File.WriteAllText(file, help);
        Assert.AreEqual(File.ReadAllText(file).ReplaceLineEndings("\n"), help);
    }

    [TestMethod]
    public void There_is_a_file_for_each_command_and_no_other() => CollectionAssert.AreEquivalent(
        RootCommand.Names.Append("dotnet-alembic").ToList(),
        Directory.EnumerateFiles(Folder).Select(Path.GetFileNameWithoutExtension).ToList());

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Every_command_has_two_examples_that_it_understands(string command)
    {
        if (command.Length == 0)
            return;
        using var project = new Project(initialised: false);
        var examples = RootCommand.Find(command)!.Create(null!).GetType().GetCustomAttributes<ExampleAttribute>().ToList();
        Assert.HasCount(2, examples);
        foreach (var example in examples)
        {
            Assert.AreEqual(command, example.Arguments.Split(' ')[0]);
            // With the help, nothing of it is run; an option that is not there is refused all the same.
            project.Run([.. ShellWords.Split(example.Arguments, backslashEscapes: false), "--help"]).Ok();
        }
    }

    [TestMethod]
    [DataRow(80)]
    [DataRow(40)]
    public void A_line_ends_at_a_word_and_goes_on_below_its_description(int width)
    {
        using var project = new Project(initialised: false);
        var whole = HelpText.Wrap(project.Run("upgrade", "--help").Ok().Out, int.MaxValue);
        var lines = HelpText.Wrap(whole, width).TrimEnd().Split('\n');
        // Only what is behind a long name may be longer.
        Assert.IsEmpty(lines.Where(line => line.Length > width && !line.StartsWith("  --lock-timeout", StringComparison.Ordinal)).ToList());
        static string Words(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.AreEqual(Words(whole), Words(string.Join('\n', lines)));
    }
}
