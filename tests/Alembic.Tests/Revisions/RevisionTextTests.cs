using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class RevisionTextTests
{
    private static readonly RevisionMap Map = new(
    [
        new("aaa1", text: "root\n\nRevision ID: aaa1", path: "v/aaa1.cs"),
        new("bbb2", down: ["aaa1"], branchLabels: ["left"], text: "one"),
        new("ccc3", down: ["aaa1"], branchLabels: ["right"]),
        new("ddd4", down: ["bbb2", "ccc3"], text: "join", path: "v/ddd4.cs"),
        new("eee5", dependsOn: ["left", "ddd4"], text: "other", path: "v/eee5.cs"),
    ]);

    [TestMethod]
    [DataRow("aaa1", RevisionParts.HistoryCommand, "<base> -> aaa1 (branchpoint), root")]
    [DataRow("ccc3", RevisionParts.HistoryCommand, "aaa1 -> ccc3 (right), ")]
    [DataRow("ddd4", RevisionParts.HistoryCommand, "bbb2, ccc3 -> ddd4 (left, right) (effective head) (mergepoint), join")]
    [DataRow("eee5", RevisionParts.HistoryCommand, "<base> (left, ddd4) -> eee5 (head) (current), other")]
    [DataRow("ddd4", RevisionParts.HistoryGraph, "ddd4 (left, right) (effective head) (mergepoint), join")]
    [DataRow("eee5", RevisionParts.HistoryGraph, "eee5 (head) (current) (depends on left, ddd4), other")]
    [DataRow("ddd4", RevisionParts.HeadsCommand, "ddd4 (left, right) (effective head)")]
    [DataRow("ddd4", RevisionParts.CurrentCommand, "ddd4 (effective head) (mergepoint)")]
    public void A_line_shows_its_parts(string id, RevisionParts parts, string expected) =>
        Assert.AreEqual(expected, RevisionText.Line(Map.ResolveOne(id)!, parts, new HashSet<string> { "eee5" }));

    [TestMethod]
    [DataRow("aaa1",
        "Rev: aaa1 (branchpoint)\nParent: <base>\nBranches into: bbb2, ccc3\nPath: v/aaa1.cs\n\n    root\n    \n    Revision ID: aaa1\n")]
    [DataRow("ddd4", "Rev: ddd4 (head) (mergepoint)\nMerges: bbb2, ccc3\nBranch names: left, right\nPath: v/ddd4.cs\n\n    join\n")]
    [DataRow("eee5", "Rev: eee5 (head) (current)\nParent: <base>\nAlso depends on: left, ddd4\nPath: v/eee5.cs\n\n    other\n")]
    [DataRow("ccc3", "Rev: ccc3\nParent: aaa1\nBranch names: right\nPath: \n\n\n")]
    public void A_block_shows_everything(string id, string expected) =>
        Assert.AreEqual(expected, RevisionText.Block(Map.ResolveOne(id)!, new HashSet<string> { "eee5" }));

    [TestMethod]
    public void A_branch_point_is_followed_by_its_branches()
    {
        var node = Map.ResolveOne("aaa1")!;
        Assert.AreEqual("aaa1 (branchpoint)\n     -> bbb2 (left)\n     -> ccc3 (right)\n", RevisionText.Branches(node, verbose: false));
        Assert.AreEqual(RevisionText.Block(node) + "\n     -> bbb2 (left), one\n     -> ccc3 (right), \n",
            RevisionText.Branches(node, verbose: true));
    }
}
