using Alembic.Tool.Compilation;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Compilation;

[TestClass]
public sealed class SourceGlobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SourceGlobTests()
    {
        foreach (var name in new[]
        {
            "a.cs", "b.cs", "b.txt", "models/c.cs", "models/deep/d.cs", "obj/e.cs", "models/bin/f.cs", ".git/g.cs"
        })
            _folder.Write(name, "");
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("a.cs", "a.cs")]
    [DataRow("*.cs", "a.cs b.cs")]
    [DataRow("?.txt", "b.txt")]
    [DataRow("**/*.cs", "a.cs b.cs models/c.cs models/deep/d.cs")]
    [DataRow("**", "a.cs b.cs models/c.cs models/deep/d.cs")]
    [DataRow("*/c.cs", "models/c.cs")]
    [DataRow("mod*/**/*.cs", "models/c.cs models/deep/d.cs")]
    [DataRow("**/deep/*.cs", "models/deep/d.cs")]
    public void A_pattern_gives_files_in_order(string pattern, string expected)
    {
        var found = SourceGlob.Expand($"{_folder.Path}/{pattern}")
            .Select(path => Path.GetRelativePath(_folder.Path, path).Replace('\\', '/'));

        Assert.AreEqual(expected, string.Join(' ', found));
    }

    [TestMethod]
    public void A_pattern_that_matches_nothing_is_an_error()
    {
        var exception = Assert.ThrowsExactly<AlembicException>(() => SourceGlob.Expand($"{_folder.Path}/*.fs"));

        Assert.AreEqual($"no file matches {_folder.Path}/*.fs", exception.Message);
    }
}
