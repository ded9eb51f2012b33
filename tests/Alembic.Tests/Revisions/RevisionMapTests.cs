using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class RevisionMapTests
{
    [TestMethod]
    public void A_merge_of_two_heads_lists_both_parents()
    {
        var map = new RevisionMap([new("a"), new("b", down: ["a"]), new("c", down: ["a"]), new("d", down: ["b", "c"])]);

        CollectionAssert.AreEqual(new[] { "b", "c" }, map.ResolveOne("d")!.Down.Select(n => n.Id).ToArray());
        Assert.IsTrue(map.ResolveOne("d")!.IsMergePoint);
        Assert.IsTrue(map.ResolveOne("a")!.IsBranchPoint);
    }

    [TestMethod]
    public void An_empty_graph_answers_everything_with_nothing()
    {
        var map = new RevisionMap([]);

        Assert.IsEmpty(map.Heads);
        Assert.IsEmpty(map.History());
        Assert.IsEmpty(map.Upgrade("heads", []));
        Assert.IsEmpty(map.Upgrade("head", []));
        Assert.IsEmpty(map.Downgrade("base", []));
        Assert.IsEmpty(map.Stamp(["head"], []));
        Assert.IsEmpty(map.Current([]));
    }

    [TestMethod]
    public void A_file_with_a_known_id_replaces_the_first_with_a_warning_and_still_counts_as_a_head()
    {
        List<string> warnings = [];
        var map = new RevisionMap([new("a", text: "one"), new("a", text: "one again"), new("b", down: ["a"])], warnings.Add);

        CollectionAssert.AreEqual(new[] { "Revision a is present more than once" }, warnings);
        Assert.AreEqual("one again", map.ResolveOne("a")!.Revision.Message);
        CollectionAssert.AreEqual(new[] { "a", "b" }, map.Heads.Select(n => n.Id).ToArray());
        Assert.ThrowsExactly<MultipleHeadsException>(() => map.Upgrade("head", []));
        Assert.AreEqual(
            "Requested revision b overlaps with other requested revisions a",
            Assert.ThrowsExactly<OverlappingRevisionsException>(() => map.History()).Message);
    }

    [TestMethod]
    public void A_label_spreads_up_and_on_a_plain_line_also_down()
    {
        var map = new RevisionMap([new("a"), new("b", down: ["a"], branchLabels: ["x"]), new("c", down: ["b"])]);
        Assert.IsTrue(map.Revisions.All(n => n.BranchLabels.Contains("x")));

        var forked = new RevisionMap([new("a"), new("b", down: ["a"], branchLabels: ["x"]), new("c", down: ["a"])]);
        Assert.IsEmpty(forked.ResolveOne("a")!.BranchLabels);
    }

    [TestMethod]
    public void A_dependency_that_an_ancestor_declares_is_not_declared_twice()
    {
        var map = new RevisionMap([new("x"), new("a", dependsOn: ["x"]), new("b", down: ["a"]), new("c", down: ["b"], dependsOn: ["x"])]);

        CollectionAssert.AreEqual(new[] { "b", "x" }, map.ResolveOne("c")!.AllDown.Select(n => n.Id).ToArray());
        CollectionAssert.AreEqual(new[] { "b" }, map.ResolveOne("c")!.NormalizedDown.Select(n => n.Id).ToArray());
    }

    [TestMethod]
    public void Another_revision_is_added_to_a_new_graph_and_checked()
    {
        List<string> warnings = [];
        var map = new RevisionMap([new("a", branchLabels: ["x"])], warnings.Add);

        Assert.AreEqual("b", map.With(new("b", down: ["a"])).Heads.Single().Id);
        Assert.HasCount(1, map.Revisions);
        Assert.ThrowsExactly<DuplicateBranchLabelException>(() => map.With(new("b", branchLabels: ["x"])));
        map.With(new("a"));
        CollectionAssert.AreEqual(new[] { "Revision a is present more than once" }, warnings);
    }

    [TestMethod]
    public void The_message_is_the_text_up_to_the_first_empty_line()
    {
        Assert.AreEqual("First\nstill first.", new Revision("a", text: "\r\n First\r\nstill first.\r\n\r\nSecond\r\n").Message);
        Assert.AreEqual("", new Revision("a").Message);
    }

    [TestMethod]
    public void Revisions_compare_by_what_they_declare()
    {
        Assert.AreEqual(new Revision("b", down: ["a"]), new Revision("b", down: ["a"]));
        Assert.AreNotEqual(new Revision("b", down: ["a"]), new Revision("b", down: ["c"]));
    }
}
