using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

[TestClass]
public sealed class IdentifierTests
{
    private static readonly RevisionMap Branches = new(
    [
        new("aaa100000001"),
        new("bbb200000002", down: ["aaa100000001"]),
        new("c1c1c1000003", down: ["bbb200000002"], branchLabels: ["left"]),
        new("d1d1d1000004", down: ["bbb200000002"], branchLabels: ["right"]),
        new("d2d2d2000005", down: ["d1d1d1000004"]),
    ]);

    private static readonly RevisionMap TwoBases = new(
    [
        new("51aa00000001", branchLabels: ["shop"]),
        new("52bb00000002", down: ["51aa00000001"]),
        new("53cc00000003", down: ["52bb00000002"]),
        new("b1dd00000011", branchLabels: ["blog"]),
        new("b2ee00000012", down: ["b1dd00000011"]),
    ]);

    [TestMethod]
    [DataRow("aaa100000001", "aaa100000001")]
    [DataRow("aa", "aaa100000001")]
    [DataRow("left", "c1c1c1000003")]
    [DataRow("righ", "d1d1d1000004")]
    [DataRow("heads", "c1c1c1000003 d2d2d2000005")]
    [DataRow("left@head", "c1c1c1000003")]
    [DataRow("right@heads", "d2d2d2000005")]
    [DataRow("right@bbb2", "bbb200000002")]
    [DataRow("d2d2@aaa1", "aaa100000001")]
    [DataRow("@heads", "c1c1c1000003 d2d2d2000005")]
    [DataRow("-1", "bbb200000002 d1d1d1000004")]
    [DataRow("right@-2", "bbb200000002")]
    [DataRow("base", "")]
    [DataRow("nosuch@base", "")]
    public void An_identifier_means(string identifier, string expected) =>
        Assert.AreEqual(expected, string.Join(" ", Branches.Resolve(identifier)));

    [TestMethod]
    [DataRow("nosuch", "nosuch")]
    [DataRow("HEAD", "HEAD")]
    [DataRow("", "")]
    [DataRow("d", "d", DisplayName = "ambiguous")]
    [DataRow("nosuch@head", "nosuch")]
    [DataRow("left@d2d2", "d2d2")]
    [DataRow("head-1", "head-1")]
    [DataRow("+1", "+1")]
    public void An_identifier_is_unknown(string identifier, string argument) => Assert.AreEqual(
        $"Can't locate revision identified by '{argument}'",
        Assert.ThrowsExactly<RevisionNotFoundException>(() => Branches.Resolve(identifier)).Message);

    [TestMethod]
    [DataRow("c1c1c1000004", "did you mean 'c1c1c1000003'?")]
    [DataRow("d1d1ffff", "did you mean 'd1d1d1000004'?")]
    [DataRow("rigth", "did you mean 'right'?", DisplayName = "a label with two letters exchanged")]
    [DataRow("lefft@head", "did you mean 'left'?")]
    [DataRow("nosuch", null)]
    public void An_unknown_identifier_comes_with_those_nearest(string identifier, string? hint) =>
        Assert.AreEqual(hint, Assert.ThrowsExactly<RevisionNotFoundException>(() => Branches.Resolve(identifier)).Hint);

    [TestMethod]
    public void Several_heads_where_one_is_meant_name_the_destination_as_typed()
    {
        var refusal = Assert.ThrowsExactly<MultipleHeadsException>(() => Branches.Upgrade("aaa1@head", []));
        StringAssert.StartsWith(refusal.Message,
            "Multiple head revisions are present for given argument 'aaa1@head'; please specify a specific target");
        CollectionAssert.AreEqual(new[] { "c1c1c1000003", "d2d2d2000005" }, refusal.Heads.ToArray());

        Assert.AreEqual(
            "Multiple heads are present; please specify a single target revision",
            Assert.ThrowsExactly<MultipleHeadsException>(() => Branches.Stamp(["head"], [])).Message);
    }

    [TestMethod]
    [DataRow("+1", null, null, 1)]
    [DataRow("+1foo", null, null, 1)]
    [DataRow("+1+1", null, null, 1)]
    [DataRow("abc-12", null, "abc", -12)]
    [DataRow("a-b@+1", "a-b", null, 1)]
    [DataRow("a@b@c+1", "a@b", "c", 1)]
    [DataRow("x+1@head", null, "x", 1)]
    [DataRow("a-99999999999", null, "a", -int.MaxValue)]
    public void A_relative_identifier_has_parts(string text, string? label, string? symbol, int steps)
    {
        var relative = RelativeIdentifier.Parse(text)!.Value;
        Assert.AreEqual((label, symbol, steps), (relative.Label, relative.Symbol, relative.Steps));
    }

    [TestMethod]
    [DataRow("abc")]
    [DataRow("a-b")]
    [DataRow("@+1")]
    [DataRow("+")]
    [DataRow("a b+1")]
    [DataRow("")]
    public void Other_texts_are_not_relative(string text) => Assert.IsNull(RelativeIdentifier.Parse(text));

    [TestMethod]
    [DataRow("nosuch@base", "nosuch")]
    [DataRow("nosuch@-1", "nosuch")]
    [DataRow("nosuch@52bb00000002-1", "nosuch")]
    [DataRow("shop@b2ee00000012-1", "b2ee00000012")]
    [DataRow("foo-1", "foo")]
    public void A_downgrade_does_not_find(string destination, string argument) => Assert.AreEqual(
        $"Can't locate revision identified by '{argument}'",
        Assert.ThrowsExactly<RevisionNotFoundException>(() => TwoBases.Downgrade(destination, ["53cc00000003", "b2ee00000012"])).Message);

    [TestMethod]
    [DataRow("nosuch@51aa00000001", "53cc00000003 52bb00000002")]
    [DataRow("shop@b1dd00000011", "b2ee00000012")]
    [DataRow("shop@base", "53cc00000003 52bb00000002 51aa00000001")]
    [DataRow("blog@-1", "b2ee00000012")]
    [DataRow("blog@-2", "b2ee00000012 b1dd00000011")]
    [DataRow("53cc00000003-1junk", "53cc00000003")]
    [DataRow("53cc00000003", "")]
    public void A_downgrade_takes_back(string destination, string expected) =>
        Assert.AreEqual(expected,
            string.Join(" ", TwoBases.Downgrade(destination, ["53cc00000003", "b2ee00000012"]).Select(s => s.Revision!.Id)));

    [TestMethod]
    [DataRow("shop@+1", "51aa00000001")]
    [DataRow("base+1", null)]
    [DataRow("51aa+2", "51aa00000001 52bb00000002 53cc00000003")]
    [DataRow("nosuch@base", "")]
    [DataRow("shop@head", "51aa00000001 52bb00000002 53cc00000003")]
    [DataRow("shop@53cc+1", null)]
    [DataRow("51aa-1", null)]
    [DataRow("-1", null)]
    [DataRow("+0", null)]
    public void An_upgrade_runs(string target, string? expected)
    {
        if (expected is null) Assert.Throws<RevisionException>(() => TwoBases.Upgrade(target, []));
        else Assert.AreEqual(expected, string.Join(" ", TwoBases.Upgrade(target, []).Select(s => s.Revision!.Id)));
    }
}
