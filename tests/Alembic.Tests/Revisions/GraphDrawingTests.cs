using Alembic.Revisions;
using CsCheck;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class GraphDrawingTests
{
    // Revisions in load order: an id, after a colon the revisions that it follows, after a plus those that it depends on.
    [TestMethod]
    [DataRow("a1 b2:a1 c3:b2",
        """
        * c3
        * b2
        * a1
        """, DisplayName = "one line")]
    [DataRow("a1 b2:a1 c3:a1",
        """
        * b2
        | * c3
        |/
        * a1
        """, DisplayName = "two heads")]
    [DataRow("a1 b2:a1 c3:a1 d4:a1 e5:a1",
        """
        * b2
        | * c3
        |/
        | * d4
        |/
        | * e5
        |/
        * a1
        """, DisplayName = "four heads")]
    [DataRow("a1 b2:a1 c3:a1 d4:b2,c3",
        """
        * d4
        |\
        * | b2
        | * c3
        |/
        * a1
        """, DisplayName = "a merge")]
    [DataRow("a1 b2:a1 c3:a1 d4:a1 e5:b2,c3,d4",
        """
        * e5
        |\
        |\ \
        * | | b2
        | * | c3
        |/ /
        | * d4
        |/
        * a1
        """, DisplayName = "a merge of three")]
    [DataRow("a1 b2:a1 x1 y2:x1",
        """
        * b2
        * a1

        * y2
        * x1
        """, DisplayName = "two bases")]
    [DataRow("x1 a1 b2:a1 m3:x1,b2",
        """
        * m3
        |\
        * | x1
         /
        * b2
        * a1
        """, DisplayName = "a merge of two bases")]
    [DataRow("a1 b2:a1 x1 y2:x1+a1",
        """
        * b2
        | * y2
        |/|
        | * x1
        * a1
        """, DisplayName = "a dependency")]
    [DataRow("a1 x1 a2:a1+x1 m3:a2,x1",
        """
        * m3
        |\
        * | a2
        |\|
        * | a1
         /
        * x1
        """, DisplayName = "a dependency on the next lane")]
    [DataRow("a1 b2:a1 c3:a1 d4:b2,c3 e5:c3,b2",
        """
        * d4
        |\
        | | * e5
        | |/|
        | |/
        |/|
        * | b2
        | * c3
        |/
        * a1
        """, DisplayName = "a criss-cross")]
    [DataRow("a1 b2:a1 c3:b2 d4:c3 x3:b2",
        """
        * d4
        * c3
        | * x3
        |/
        * b2
        * a1
        """, DisplayName = "a branch that ends")]
    [DataRow("a1 b2:a1 x2:a1 b3:b2 x3:x2 b4:b3,x3 b5:b4 x4:x3",
        """
        * b5
        * b4
        |\
        * | b3
        * | b2
        | | * x4
        | |/
        | * x3
        | * x2
        |/
        * a1
        """, DisplayName = "branches that live long")]
    public void A_graph_is_drawn(string graph, string expected)
    {
        var map = Map(graph);
        expected = expected.ReplaceLineEndings("\n");
        Assert.AreEqual(expected, Drawn(map.History(), node => node.Id));
        AssertShows(map.History(), expected);
    }

    [TestMethod]
    public void Lines_pass_by_a_text_of_several_lines() => Assert.AreEqual(
        """
        * d4
        | more
        |\
        * | b2
        | | more
        | * c3
        | | more
        |/
        * a1
          more
        """.ReplaceLineEndings("\n"),
        Drawn(Map("a1 b2:a1 c3:a1 d4:b2,c3").History(), node => $"{node.Id}\nmore"));

    [TestMethod]
    public void Only_lines_between_the_listed_revisions_are_drawn()
    {
        var map = Map("a1 b2:a1 x1 c3:b2+x1 d4:c3");
        Assert.AreEqual("* c3\n* b2", Drawn(map.History(RevisionRange.Parse("b2:c3"), []), node => node.Id));
    }

    [TestMethod]
    public void No_revision_is_no_row() => Assert.AreEqual("", Drawn([], node => node.Id));

    [TestMethod]
    public void The_lines_below_a_mark_lead_to_the_parents_and_nowhere_else() =>
        Gen.Select(Graphs.Any, Gen.Int[0, 19]).Check(2000, (map, omitted) =>
        {
            // Half of the drawings leave out some revisions.
            var listed = map.History().Where(node => node.Order % 10 != omitted).ToList();
            AssertShows(listed, Drawn(listed, node => node.Order % 3 > 0 ? node.Id : $"{node.Id}\nmore"));
        });

    private static void AssertShows(IReadOnlyList<RevisionNode> listed, string drawing)
    {
        var read = ReadDrawing.Parents(drawing);
        CollectionAssert.AreEqual(listed.Select(node => node.Id).ToList(), read.Select(mark => mark.Id).ToList(), drawing);
        foreach (var (node, mark) in listed.Zip(read))
        {
            var parents = node.AllDown.Where(parent => listed.Contains(parent)).Select(parent => parent.Id).ToList();
            CollectionAssert.AreEquivalent(parents, mark.Parents.ToList(), $"{node.Id}\n{drawing}");
        }
    }

    private static string Drawn(IReadOnlyList<RevisionNode> revisions, Func<RevisionNode, string> text) =>
        string.Join('\n', GraphDrawing.Draw(revisions, text));

    private static RevisionMap Map(string graph) => new(graph.Split(' ').Select(each =>
    {
        var (id, parents, dependencies) = (each.Split(':', '+')[0], After(each, ':'), After(each, '+'));
        return new Revision(id, down: parents, dependsOn: dependencies);
    }));

    private static string[] After(string each, char mark) =>
        each.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? each[(at + 1)..].Split('+')[0].Split(',') : [];
}
