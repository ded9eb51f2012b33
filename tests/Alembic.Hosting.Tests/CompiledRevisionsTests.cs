using Alembic.Migrations;
using Alembic.Revisions;

namespace Alembic.Hosting.Tests;

[TestClass]
public sealed class CompiledRevisionsTests
{
    private static readonly MigrationSet Migrations = MigrationSet.FromAssembly(typeof(CompiledRevisionsTests).Assembly);

    [TestMethod]
    [DataRow("aaa100000001", "Create author", "", "books")]
    [DataRow("aaa200000002", "Create book", "aaa100000001", "")]
    [DataRow("aaa300000003", "Name the books", "aaa200000002", "")]
    public void A_compiled_revision_says_what_its_file_says(string id, string message, string down, string labels)
    {
        var revision = Find(id);
        Assert.AreEqual((message, down, labels),
            (revision.Message, string.Join(" ", revision.Down), string.Join(" ", revision.BranchLabels)));
    }

    [TestMethod]
    public void The_date_the_dependencies_and_the_phase_survive()
    {
        Assert.AreEqual((Phase.Expand, null), (Find("aaa300000003").Phase, Find("aaa200000002").Phase));
        Assert.Contains("Create Date: 2026-11-28 10:00:00.000000", Find("aaa100000001").Text);
        Assert.AreEqual("aaa100000001", string.Join(' ', Find("aaa300000003").DependsOn));
    }

    [TestMethod]
    public void The_whole_comment_survives() => Assert.AreEqual(
        "Create book\n\nwith the author that it is by\n\nRevision ID: aaa200000002\nRevises: aaa100000001", Find("aaa200000002").Text);

    [TestMethod]
    public void An_assembly_without_revisions_is_an_error_that_says_what_to_do()
    {
        var error = Assert.ThrowsExactly<AlembicException>(() => MigrationSet.FromAssembly(typeof(Migrator).Assembly));
        Assert.AreEqual("No class of Alembic.dll has [Revision(…)]", error.Message);
        Assert.AreEqual("include the files of alembic/versions in the project", error.Hint);
    }

    [TestMethod]
    public void A_revision_of_two_assemblies_is_refused() =>
        Assert.Throws<AlembicException>(
            () => MigrationSet.FromAssembly(typeof(CompiledRevisionsTests).Assembly, typeof(CompiledRevisionsTests).Assembly));

    private static Revision Find(string id) => Migrations.Map.Resolve(id).Single().Revision;
}
