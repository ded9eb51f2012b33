namespace Alembic.Tool.Tests.Commands;

/// <summary>What stands among the revisions and is none, or is not where it seems to be, is told.</summary>
[TestClass]
public sealed class LostRevisionTests
{
    [TestMethod]
    [DataRow("using Alembic;\nfile sealed class Lost : Migration { public override void Upgrade(Op op) { } }",
        "has a migration without [Revision(\"…\")], Lost: it is not a revision, and does not run")]
    [DataRow("public class Lost() : Alembic.Migration\n{\n}",
        "has a migration without [Revision(\"…\")], Lost: it is not a revision, and does not run")]
    [DataRow("", "is empty: it is not a revision")]
    [DataRow(" \n", "is empty: it is not a revision")]
    public void A_file_that_was_meant_to_be_a_revision_is_told(string text, string why)
    {
        using var project = new Project();
        project.Write("alembic/versions/lost.cs", text);
        Assert.Contains($"warning: <DIR>/alembic/versions/lost.cs {why}", project.Run("history").Ok().Error);
    }

    [TestMethod]
    [DataRow("public static class Shared { }")]
    [DataRow("public abstract class Shared : Alembic.Migration { }")]
    [DataRow("// class Lost : Migration\npublic static class Shared { }")]
    public void A_helper_is_not(string text)
    {
        using var project = new Project();
        project.Write("alembic/versions/shared.cs", text);
        Assert.DoesNotContain("warning", project.Run("history").Ok().Error);
    }

    [TestMethod]
    public void A_new_file_behind_a_link_that_leaves_the_project_is_told()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Links need a right there.");
        using var project = new Project();
        var outside = Directory.CreateTempSubdirectory("alembic-outside-").FullName;
        if (Directory.Exists(project.Path("alembic/versions")))
            Directory.Delete(project.Path("alembic/versions"), recursive: true);
        Directory.CreateSymbolicLink(project.Path("alembic/versions"), outside);
        Assert.Contains($"is a link that leads out of the project, to {outside}: the new file is there",
            project.Run("revision", "-m", "new").Ok().Error);
        Directory.Delete(outside, recursive: true);
    }
}
