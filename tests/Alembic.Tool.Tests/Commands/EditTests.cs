namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class EditTests
{
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("ed", "<DIR>/alembic/versions/aaa100000001_one.cs")]
    [DataRow("ed --wait 'a b'", "--wait|a b|<DIR>/alembic/versions/aaa100000001_one.cs")]
    [DataRow("my ed", "<DIR>/alembic/versions/aaa100000001_one.cs")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void The_editor_may_have_arguments_or_blanks_in_its_path(string value, string expected)
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        foreach (var name in new[] { "ed", "my ed" })
        {
            project.Write(name,
                $"#!/bin/sh\nfirst=1\nfor a; do [ $first ] || printf '|'; first=; printf '%s' \"$a\"; done > {project.Path("log")}\n");
            File.SetUnixFileMode(project.Path(name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        project.Environment["EDITOR"] = $"./{value}";
        project.Run("edit", "head").Ok();
        Assert.AreEqual(expected, File.ReadAllText(project.Path("log")).Replace(project.Folder, "<DIR>", StringComparison.Ordinal));

        project.Environment["EDITOR"] = "./none --wait";
        project.Run("edit", "head").Fails(1, "Error executing editor (EDITOR names './none --wait', which is not a program)");
    }

    [TestMethod]
    public void Without_a_terminal_only_an_editor_that_is_named_is_opened()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        project.Run("edit", "head")
            .Fails(1, "Error executing editor (this is not a terminal, and neither VISUAL nor EDITOR names a program)");
        project.Environment["VISUAL"] = "./none";
        project.Environment["EDITOR"] = "./nobody";
        project.Run("edit", "head").Fails(1, "Error executing editor (VISUAL names './none', which is not a program)");
    }

    [TestMethod]
    public void A_script_has_one_kind_of_line_end()
    {
        using var project = new Project { NewLine = "\r\n" };
        project.Revision("aaa100000001", "one", null, "op.Execute(\"UPDATE a\\n  SET b = 1\");");
        Assert.DoesNotContain("\r", project.Run("upgrade", "head", "--sql").Ok().Out);
    }
}
