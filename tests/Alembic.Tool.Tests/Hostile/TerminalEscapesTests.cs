using System.Globalization;
using System.Text;
using Alembic.Tool.Output;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>What a terminal obeys is shown, not sent; what other programs read comes as it is.</summary>
[TestClass]
public sealed class TerminalEscapesTests
{
    private const string Nasty = "a\u001b[2Jb\u009b31mc\u202ed\u2066e\u200bf\u0007g\bh\u007fi\ufeffj\U000e0041k\u061cl";

    private static readonly string[][] Commands =
        [["history"], ["history", "-v"], ["history", "--graph"], ["show", "head"], ["heads", "-v"], ["branches", "-v"],
            ["upgrade", "head"], ["current", "-v"], ["downgrade", "base"],
            ["upgrade", "nope" + Nasty], ["show", Nasty], [Nasty], ["-c", Nasty, "heads"], ["-n", Nasty, "heads"]];

    [TestMethod]
    public void In_messages_and_arguments()
    {
        using var project = new Project();
        project.Revision("aaa100000001", Nasty, null, "op.Execute(\"CREATE TABLE t (id INTEGER)\");", "op.DropTable(\"t\");");
        foreach (var command in Commands)
            ShowsNone(project.Run(command));
        Assert.Contains(@"a\u001b[2Jb\u009b31mc\u202ed\u2066e\u200bf\u0007g\u0008h\u007fi\ufeffj\U000e0041k\u061cl",
            project.Run("history").Out);
    }

    [TestMethod]
    public void In_ids_of_files_and_of_the_version_table()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        project.Run("upgrade", "head").Ok();
        project.Sql("UPDATE alembic_version SET version_num = 'x' || char(27) || '[31m' || char(8238) || char(10) || 'INFO fine'");
        foreach (var command in new string[][] { ["current"], ["upgrade", "head"], ["check"], ["history", "-i"] })
        {
            var result = project.Run(command);
            ShowsNone(result);
            Assert.DoesNotContain("\nINFO fine", result.Error);
        }
        project.Write("alembic/versions/two.cs",
            """
            [Alembic.Revision("b\u001b[31m\u202e\nINFO fine")]
            file sealed class Two : Alembic.Migration { public override void Upgrade(Alembic.Op op) { } }
            """);
        foreach (var command in Commands)
            ShowsNone(project.Run(command));
    }

    [TestMethod]
    public void In_names_of_files_and_in_what_the_compiler_says()
    {
        using var project = new Project();
        project.Write("alembic/versions/a\u001b[31m\u202eb.cs", "file class \u001b[2J\u202e { }");
        foreach (var command in Commands)
            ShowsNone(project.Run(command));
    }

    [TestMethod]
    public void A_script_and_a_file_keep_every_character_of_a_value()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one", null, """op.Execute("SELECT 'a\u202eb\u001bc'");""");
        Assert.Contains("SELECT 'a\u202eb\u001bc'", project.Run("upgrade", "head", "--sql").Ok().Out);
        project.Run("revision", "-m", "\u05d0 \u202e").Ok();
        Assert.HasCount(1,
            Directory.EnumerateFiles(project.Path("alembic/versions"))
                .Where(file => File.ReadAllText(file).Contains("\u05d0 \u202e", StringComparison.Ordinal)).ToList());
        Assert.AreEqual(@"\ud800half", Visible.Text("\ud800half"));
    }

    [TestMethod]
    [DataRow("plain text, ä ö ü, 漢字, \U0001f469\u200d\U0001f4bb", "plain text, ä ö ü, 漢字, \U0001f469\u200d\U0001f4bb")]
    [DataRow("two\nlines\r\nand\ttabs", "two\nlines\r\nand\ttabs")]
    [DataRow("over\rwritten", @"over\u000dwritten")]
    [DataRow("a\u0085b\u2028c\u2029d", @"a\u0085b\u2028c\u2029d")]
    public void What_is_shown(string text, string shown) => Assert.AreEqual(shown, Visible.Text(text));

    private static void ShowsNone(Result result)
    {
        foreach (var rune in (result.Out + result.Error).EnumerateRunes())
        {
            if (rune.Value != '\n' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                Assert.Fail($"U+{rune.Value:x} in {Visible.Text(result.Out + result.Error)}");
        }
    }
}
