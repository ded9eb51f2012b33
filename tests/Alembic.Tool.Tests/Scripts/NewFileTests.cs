using Alembic.Tool.Scripts;

namespace Alembic.Tool.Tests.Scripts;

[TestClass]
public sealed class NewFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_file_is_written_whole_and_alone()
    {
        NewFile.Write(_folder.Path, "a.cs", "grüße \ud800");
        CollectionAssert.AreEqual(new[] { "a.cs" }, _folder.Files().ToArray());
        Assert.AreEqual("grüße \ufffd", File.ReadAllText(_folder.At("a.cs")));
        Assert.AreEqual((byte)'g', File.ReadAllBytes(_folder.At("a.cs"))[0]);
    }

    [TestMethod]
    public void What_is_there_is_never_overwritten()
    {
        _folder.Write("a.cs", "old");
        Assert.ThrowsExactly<AlembicException>(() => NewFile.Write(_folder.Path, "a.cs", "new"));
        Assert.AreEqual("old", File.ReadAllText(_folder.At("a.cs")));
    }

    [TestMethod]
    public void A_link_between_the_root_and_the_file_is_refused()
    {
        Directory.CreateDirectory(_folder.At("root"));
        Directory.CreateDirectory(_folder.At("outside"));
        Directory.CreateSymbolicLink(_folder.At("root/sub"), _folder.At("outside"));
        File.CreateSymbolicLink(_folder.At("root/dangling.cs"), _folder.At("outside/x.cs"));
        foreach (var path in new[] { "sub/a.cs", "../outside/a.cs", _folder.At("outside/a.cs"), "dangling.cs" })
        {
            Assert.ThrowsExactly<AlembicException>(() => NewFile.Write(_folder.At("root"), path, "x"), path);
        }

        Assert.IsEmpty(Directory.GetFiles(_folder.At("outside")));
    }

    [TestMethod]
    public void The_root_itself_may_be_a_link()
    {
        Directory.CreateDirectory(_folder.At("real"));
        Directory.CreateSymbolicLink(_folder.At("link"), _folder.At("real"));
        NewFile.Write(_folder.At("link"), "a.cs", "x");
        Assert.IsTrue(File.Exists(_folder.At("real/a.cs")));
    }

    [TestMethod]
    public void A_folder_that_is_not_there_is_an_error_with_the_path() =>
        Assert.Contains("none", Assert.ThrowsExactly<AlembicException>(() => NewFile.Write(_folder.Path, "none/a.cs", "x")).Message);
}
