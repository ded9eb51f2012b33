using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class HeadChangeTests
{
    private static readonly RevisionMap Map = new(
    [
        new("a", text: "root"), new("b", down: ["a"]), new("c", down: ["a"]), new("d", down: ["a"]),
        new("m", down: ["b", "c", "d"], text: "merge\n\nat length"), new("x", dependsOn: ["m"]),
    ]);

    [TestMethod]
    [DataRow("a", "", "new branch insert a", "a")]
    [DataRow("b", "a", "update a to b", "b")]
    [DataRow("c", "b", "new branch insert c", "b c")]
    [DataRow("m", "b c d", "merge, delete ['b', 'c'], update d to m", "m")]
    [DataRow("x", "m", "update m to x", "x")]
    public void An_upgrade_changes_rows(string id, string rows, string log, string after) =>
        Check(Step.Upgrade(Map.ResolveOne(id)!), rows, log, after);

    [TestMethod]
    [DataRow("a", "a", "branch delete a", "")]
    [DataRow("b", "b", "update b to a", "a")]
    [DataRow("b", "b c", "branch delete b", "c")]
    [DataRow("m", "m", "unmerge, insert ('b', 'c'), update m to d", "b c d")]
    [DataRow("x", "x", "update x to m", "m")]
    public void A_downgrade_changes_rows(string id, string rows, string log, string after) =>
        Check(Step.Downgrade(Map.ResolveOne(id)!), rows, log, after);

    [TestMethod]
    public void Stamping_a_revision_and_its_ancestor_is_refused() =>
        Assert.AreEqual("b", Assert.ThrowsExactly<OverlappingRevisionsException>(() => Map.Stamp(["a", "b"], [])).Revision);

    [TestMethod]
    [DataRow("b c", "a", "b c")]
    [DataRow("a", "b c", "a")]
    [DataRow("base", "b c", "")]
    [DataRow("heads", "b", "x")]
    [DataRow("m", "", "m")]
    [DataRow("b", "b", "b")]
    [DataRow("b c", "m", "b c")]
    [DataRow("b c d", "x", "b c d")]
    public void Stamping_leaves(string targets, string rows, string after)
    {
        IReadOnlyList<string> current = Split(rows);
        foreach (var step in Map.Stamp(Split(targets), current)) current = HeadChange.Of(Map, step, current).Rows;
        Assert.AreEqual(after, string.Join(" ", current.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void A_row_that_is_not_there_cannot_change() =>
        Assert.AreEqual("b",
            Assert.ThrowsExactly<VersionRowException>(() => HeadChange.Of(Map, Step.Downgrade(Map.ResolveOne("b")!), ["c"])).Row);

    [TestMethod]
    public void A_row_that_is_there_cannot_come() =>
        Assert.AreEqual("a",
            Assert.ThrowsExactly<VersionRowException>(() => HeadChange.Of(Map, Step.Upgrade(Map.ResolveOne("a")!), ["a"])).Row);

    [TestMethod]
    public void Steps_are_logged_in_Alembics_words()
    {
        var up = Map.Upgrade("x", []);
        Assert.AreEqual("Running upgrade  -> a, root", up[0].LogText);
        Assert.AreEqual("upgrade  -> a", up[0].Text);
        Assert.AreEqual("Running upgrade b, c, d -> m, merge", up[^2].LogText);
        Assert.AreEqual("Running upgrade  -> x", up[^1].LogText);
        CollectionAssert.AreEqual(new[] { "m" }, up[^1].DownIds.ToArray());
        Assert.AreEqual("Running downgrade a -> , root", Map.Downgrade("base", ["a"])[0].LogText);
        Assert.AreEqual("Running stamp_revision a -> m", Map.Stamp(["m"], ["a"])[0].LogText);
    }

    private static void Check(Step step, string rows, string log, string after)
    {
        var change = HeadChange.Of(Map, step, Split(rows));
        Assert.AreEqual(log, change.LogText);
        Assert.AreEqual(after, string.Join(" ", change.Rows.Order(StringComparer.Ordinal)));
    }

    private static string[] Split(string rows) => rows.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
