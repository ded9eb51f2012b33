using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class LoadErrorTests
{
    [TestMethod]
    public void A_revision_that_follows_itself_is_refused_with_its_file() =>
        Refused<CycleException>("Self-loop is detected in revisions (a)", "see versions/a.cs",
            new Revision("a", down: ["a"], path: "versions/a.cs"));

    [TestMethod]
    public void A_revision_that_depends_on_itself_is_refused() =>
        Refused<CycleException>("Dependency self-loop is detected in revisions (a)", null, new Revision("a", dependsOn: ["a"]));

    [TestMethod]
    public void A_graph_that_is_one_circle_is_refused() => Refused<CycleException>(
        "Cycle is detected in revisions (a, b, c)", null, new Revision("a", down: ["c"]), new Revision("b", down: ["a"]),
        new Revision("c", down: ["b"]));

    [TestMethod]
    public void A_circle_beside_a_sound_line_is_refused() => Refused<CycleException>(
        "Cycle is detected in revisions (b, c)", null, new Revision("a"), new Revision("c", down: ["b"]), new Revision("b", down: ["c"]));

    [TestMethod]
    public void A_circle_between_a_base_and_a_head_is_refused() => Refused<CycleException>(
        "Cycle is detected in revisions (b, c)",
        null,
        new Revision("a"), new Revision("b", down: ["a", "c"]), new Revision("c", down: ["b"]), new Revision("d", down: ["c"]));

    [TestMethod]
    public void A_base_that_depends_on_its_own_descendant_is_refused() => Refused<CycleException>(
        "Dependency cycle is detected in revisions (a, b, c)",
        null,
        new Revision("a", dependsOn: ["c"]), new Revision("b", down: ["a"]), new Revision("c", down: ["b"]));

    [TestMethod]
    public void A_label_that_depends_on_itself_is_refused() => Refused<CycleException>(
        "Dependency cycle is detected in revisions (a)", null, new Revision("a", dependsOn: ["x"], branchLabels: ["x"]));

    [TestMethod]
    public void A_label_used_twice_is_refused() => Refused<DuplicateBranchLabelException>(
        "Branch name 'x' in revision b already used by revision a",
        "see b.cs, a.cs",
        new Revision("a", branchLabels: ["x"], path: "a.cs"), new Revision("b", branchLabels: ["x"], path: "b.cs"));

    [TestMethod]
    public void A_label_that_is_an_id_is_refused() => Refused<DuplicateBranchLabelException>(
        "Branch name 'a' in revision b already used by revision a", null, new Revision("a"), new Revision("b", branchLabels: ["a"]));

    [TestMethod]
    public void An_id_with_characters_of_identifiers_is_refused() =>
        Refused<IllegalRevisionIdException>("Character(s) '-, @' not allowed in revision identifier 'a@b-c'", null, new Revision("a@b-c"));

    [TestMethod]
    public void An_unknown_down_revision_is_refused_with_the_file_that_names_it() => Refused<MissingRevisionException>(
        "Revision nosuch referenced from b is not present", "see b.cs", new Revision("a"),
        new Revision("b", down: ["nosuch"], path: "b.cs"));

    [TestMethod]
    [DataRow("nosuch", DisplayName = "unknown")]
    [DataRow("aaa1", DisplayName = "only the start of an id")]
    public void An_incomplete_dependency_is_refused(string dependency) => Refused<MissingRevisionException>(
        $"Revision {dependency} referenced from b is not present", null, new Revision("aaa100000001"),
        new Revision("b", dependsOn: [dependency]));

    [TestMethod]
    public void A_label_is_no_down_revision() => Refused<MissingRevisionException>(
        "Revision x referenced from b is not present", null, new Revision("a", branchLabels: ["x"]), new Revision("b", down: ["x"]));

    private static void Refused<T>(string message, string? hint, params Revision[] revisions)
        where T : RevisionException
    {
        var refusal = Assert.ThrowsExactly<T>(() => new RevisionMap(revisions));
        Assert.AreEqual(message, refusal.Message);
        Assert.AreEqual(hint, refusal.Hint);
    }
}
