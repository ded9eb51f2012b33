namespace Alembic.Tool.Tests;

[TestClass]
public sealed class PathsTests
{
    [TestMethod]
    [DataRow(1, 4, true)]
    [DataRow(4, 4, true)]
    [DataRow(5, 4, false)]
    public void What_fails_because_a_file_is_open_is_tried_again(int succeedsAt, int tries, bool succeeds)
    {
        var (tried, waited) = (0, 0);
        void Run() => Paths.Retry(() => { if (++tried < succeedsAt) throw new IOException("open"); }, tries, () => waited++);
        if (succeeds)
            Run();
        else
            Assert.ThrowsExactly<IOException>(Run);
        Assert.AreEqual(Math.Min(succeedsAt, tries), tried);
        Assert.AreEqual(tried - 1, waited);
    }

    [TestMethod]
    public void Case_counts_where_the_system_says_so()
    {
        var counts = OperatingSystem.IsLinux();
        Assert.AreEqual(!counts, Paths.AreSame("/a/B", "/A/b"));
        Assert.AreEqual(!counts, Paths.IsBelow(Path.Combine("/a", "b", "c"), Path.Combine("/A", "B")));
        Assert.IsTrue(Paths.IsBelow(Path.Combine("/a", "b"), "/a" + Path.DirectorySeparatorChar));
        Assert.IsFalse(Paths.IsBelow("/ab", "/a"));
    }

    [TestMethod]
    public void A_console_of_Windows_gets_what_it_shows_as_it_is()
    {
        Assert.AreEqual("utf-16", Terminal.EncodingFor(isWindows: true, isRedirected: false).WebName);
        Assert.AreEqual("utf-8", Terminal.EncodingFor(isWindows: true, isRedirected: true).WebName);
        Assert.AreEqual("utf-8", Terminal.EncodingFor(isWindows: false, isRedirected: false).WebName);
        foreach (var redirected in new[] { true, false })
            Assert.IsEmpty(Terminal.EncodingFor(isWindows: true, redirected).GetPreamble());
    }
}
