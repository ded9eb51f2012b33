using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class HistoryTests
{
    private static readonly RevisionMap Line = new([new("a1"), new("b2", down: ["a1"]), new("c3", down: ["b2"]), new("d4", down: ["c3"])]);

    private static readonly RevisionMap Crossing = new(
    [
        new("s1", branchLabels: ["shop"]), new("s2", down: ["s1"]), new("s3", down: ["s2"]),
        new("b1", branchLabels: ["blog"]), new("b2", down: ["b1"], dependsOn: ["s2"]),
    ]);

    [TestMethod]
    [DataRow("b2:c3", "c3 b2")]
    [DataRow("b2:", "d4 c3 b2")]
    [DataRow(":b2", "b2 a1")]
    [DataRow(" : ", "d4 c3 b2 a1")]
    [DataRow("b2:b2", "b2")]
    [DataRow("head:head", "d4")]
    [DataRow("base:base", "")]
    [DataRow("current:", "d4 c3")]
    [DataRow(":current", "c3 b2 a1")]
    [DataRow("-2:current", "c3 b2")]
    [DataRow("-2:head", "d4 c3 b2")]
    [DataRow("a1:+2", "c3 b2 a1")]
    [DataRow("a1:+9", "d4 c3 b2 a1")]
    public void A_range_holds(string range, string expected) =>
        Assert.AreEqual(expected, string.Join(" ", Line.History(RevisionRange.Parse(range), ["c3"])));

    [TestMethod]
    [DataRow("c3:a1", "Requested range c3:a1 does not refer to ancestor/descendant revisions along the same branch")]
    [DataRow("head:base", "Requested range head:base does not refer to ancestor/descendant revisions along the same branch")]
    [DataRow("d4:current", "Requested range d4:current does not refer to ancestor/descendant revisions along the same branch")]
    [DataRow("current:current", "Can't locate revision identified by 'current'")]
    [DataRow("a1:-1", "Relative revision -1 didn't produce 1 migrations")]
    [DataRow("nosuch@base:heads", "Can't locate revision identified by 'nosuch'")]
    public void A_range_is_refused(string range, string message) =>
        Assert.AreEqual(message, Assert.Throws<RevisionException>(() => Line.History(RevisionRange.Parse(range), ["c3"])).Message);

    [TestMethod]
    [DataRow("a1")]
    [DataRow("a1:b2:c3")]
    public void A_range_needs_exactly_one_colon(string range) => Assert.AreEqual(
        "History range requires [start]:[end], [start]:, or :[end]",
        Assert.ThrowsExactly<AlembicException>(() => RevisionRange.Parse(range)).Message);

    [TestMethod]
    public void Only_current_needs_the_rows()
    {
        Assert.IsTrue(RevisionRange.Parse("current:").NeedsRows);
        Assert.IsTrue(RevisionRange.Parse(":current").NeedsRows);
        Assert.IsFalse(RevisionRange.Parse("a1:heads").NeedsRows);
    }

    [TestMethod]
    [DataRow(":", "s3 b2 b1 s2 s1")]
    [DataRow("shop@base:shop@head", "s3 s2 s1")]
    [DataRow("shop@base:blog@head", "")]
    [DataRow("blog@base:heads", "b2 b1 s2 s1")]
    [DataRow(":blog@head", "b2 b1 s2 s1")]
    [DataRow("b1:heads", "b2 b1")]
    public void A_range_over_branches_holds(string range, string expected) =>
        Assert.AreEqual(expected, string.Join(" ", Crossing.History(RevisionRange.Parse(range), [])));

    [TestMethod]
    [DataRow("s1:b2")]
    [DataRow("s2:b2")]
    public void A_range_along_a_dependency_only_is_refused(string range) =>
        Assert.ThrowsExactly<UnrelatedRevisionsException>(() => Crossing.History(RevisionRange.Parse(range), []));

    [TestMethod]
    public void Current_lists_the_tips_that_dependencies_imply() => Assert.AreEqual("s2 b2", string.Join(" ", Crossing.Current(["b2"])));
}
