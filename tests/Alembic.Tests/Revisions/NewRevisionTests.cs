using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class NewRevisionTests
{
    private static readonly RevisionMap Map = new(
    [
        new("aaa100000001"), new("bbb200000002", down: ["aaa100000001"]),
        new("c1c1c1000003", down: ["bbb200000002"], branchLabels: ["left"]),
        new("d1d1d1000004", down: ["bbb200000002"], branchLabels: ["right"]),
    ]);

    [TestMethod]
    [DataRow("c1c1", "c1c1c1000003")]
    [DataRow("right@head", "d1d1d1000004")]
    [DataRow("heads", "c1c1c1000003 d1d1d1000004")]
    [DataRow("left right", "c1c1c1000003 d1d1d1000004")]
    [DataRow("base", "")]
    [DataRow("right@head base", "d1d1d1000004")]
    public void A_new_revision_follows(string heads, string expected) =>
        Assert.AreEqual(expected, string.Join(" ", Map.Parents(heads.Split(' '))));

    [TestMethod]
    [DataRow("head",
        "Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.")]
    [DataRow("bbb2", "Revision bbb200000002 is not a head revision; please specify --splice to create a new branch from this revision")]
    [DataRow("-1", "Duplicate head revisions specified")]
    [DataRow("left left", "Duplicate head revisions specified")]
    [DataRow("nosuch", "Can't locate revision identified by 'nosuch'")]
    [DataRow("+1", "Can't locate revision identified by '+1'")]
    public void A_new_revision_cannot_follow(string heads, string message) =>
        Assert.AreEqual(message, Assert.Throws<RevisionException>(() => Map.Parents(heads.Split(' '))).Message);

    [TestMethod]
    public void With_splice_a_new_revision_follows_any() =>
        Assert.AreEqual("bbb200000002", string.Join(" ", Map.Parents(["bbb2"], splice: true)));

    [TestMethod]
    [DataRow("left", "left")]
    [DataRow("left@head", "c1c1c1000003")]
    [DataRow("aaa1", "aaa100000001")]
    public void A_dependency_is_written_as(string identifier, string expected) =>
        Assert.AreEqual(expected, Map.Dependencies([identifier]).Single());

    [TestMethod]
    [DataRow("nosuch", "Can't locate revision identified by 'nosuch'")]
    [DataRow("base", "Can't locate revision identified by 'base'")]
    [DataRow(
        "heads",
        "Multiple head revisions are present for given argument 'heads'; please specify a specific target revision, "
        + "'<branchname>@heads' to narrow to a specific head, or 'heads' for all heads")]
    public void A_dependency_is_refused(string identifier, string message) =>
        Assert.AreEqual(message, Assert.Throws<RevisionException>(() => Map.Dependencies([identifier])).Message);

    [TestMethod]
    public void An_id_is_checked_before_it_is_used()
    {
        RevisionIds.Check("2026_ä");
        var refusal = Assert.ThrowsExactly<IllegalRevisionIdException>(() => RevisionIds.Check("a:b+c:d"));
        CollectionAssert.AreEqual(new[] { '+', ':' }, refusal.Characters.ToArray());
    }
}
