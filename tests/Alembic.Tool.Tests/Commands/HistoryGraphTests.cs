namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class HistoryGraphTests : IDisposable
{
    private readonly Project _project = new();

    public HistoryGraphTests()
    {
        _project.Revision("a1", "first");
        _project.Revision("b2", "add orders", "a1");
        Declare(_project.Revision("c3", "add invoices", "a1"), """[BranchLabels("billing")]""");
        _project.Revision("d4", "merge both", "b2, c3");
        Declare(_project.Revision("x1", "reports"), """[DependsOn("c3")]""");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void The_graph_is_drawn_beside_the_revisions() => Assert.AreEqual(
        """
        * d4 (billing) (head) (mergepoint), merge both
        |\
        * | b2, add orders
        | | * x1 (head) (depends on c3), reports
        | |/
        | * c3 (billing), add invoices
        |/
        * a1 (branchpoint), first

        """.ReplaceLineEndings("\n"),
        _project.Run("history", "--graph").Ok().Out);

    [TestMethod]
    public void A_range_and_the_database_are_shown_in_it()
    {
        _project.Run("upgrade", "b2").Ok();
        Assert.AreEqual(
            """
            * d4 (billing) (head) (mergepoint), merge both
            * b2 (current), add orders

            """.ReplaceLineEndings("\n"),
            _project.Run("history", "--graph", "-i", "-r", "current:d4").Ok().Out);
    }

    [TestMethod]
    public void Revisions_in_full_are_beside_their_lines()
    {
        var lines = _project.Run("history", "--graph", "-v", "-r", "a1:d4").Ok().Out.Split('\n');
        CollectionAssert.AreEqual(new[] { "* Rev: d4 (head) (mergepoint)", "| Merges: b2, c3", "| Branch names: billing" }, lines[..3]);
        Assert.Contains("* | Rev: b2", lines);
        Assert.Contains("| |     add orders", lines);
        Assert.Contains("      first", lines);
    }

    [TestMethod]
    public void A_document_has_no_drawing() =>
        Assert.AreEqual(_project.Run("history", "--json").Ok().Out, _project.Run("history", "--json", "--graph").Ok().Out);

    private static void Declare(string file, string attribute) => File.WriteAllText(file,
        File.ReadAllText(file).Replace("file sealed class", $"{attribute}\nfile sealed class", StringComparison.Ordinal));
}
