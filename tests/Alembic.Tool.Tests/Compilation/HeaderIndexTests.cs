using Alembic.Tool.Compilation;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Compilation;

[TestClass]
public sealed class HeaderIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_second_reading_parses_nothing_and_says_the_same()
    {
        string[] paths = [Revision("a.cs", "a"), _folder.Write("helper.cs", "class H;"),
            Revision("b.cs", "b", "// Text\n// more\n",
                ", Revises(\"a\"), BranchLabels(\"l\"), DependsOn(\"d\", \"e\"), Phase(Phase.Contract)")];
        Later();
        var first = Read(paths, out var parsed);
        CollectionAssert.AreEquivalent(new[] { "a.cs", "helper.cs", "b.cs" }, parsed);

        var second = Read(paths, out parsed);

        Assert.IsEmpty(parsed);
        CollectionAssert.AreEqual(paths, second.Select(source => source.Path).ToArray());
        Assert.IsNull(second[1].Header);
        var (expected, actual) = (first[2].Header!, second[2].Header!);
        Assert.AreEqual((expected.Id, expected.ClassName, expected.Text), (actual.Id, actual.ClassName, actual.Text));
        Assert.AreEqual("Text\nmore", actual.Text);
        Assert.AreEqual("Contract", actual.Phase);
        CollectionAssert.AreEqual(new[] { "a" }, actual.Revises.ToArray());
        CollectionAssert.AreEqual(new[] { "l" }, actual.BranchLabels.ToArray());
        CollectionAssert.AreEqual(new[] { "d", "e" }, actual.DependsOn.ToArray());
    }

    [TestMethod]
    public void Only_what_is_new_or_changed_is_parsed()
    {
        var a = Revision("a.cs", "a");
        var b = Revision("b.cs", "b");
        Later();
        Read([a, b], out _);

        Revision("b.cs", "bb");
        var c = Revision("c.cs", "c");
        var sources = Read([a, b, c], out var parsed);

        CollectionAssert.AreEqual(new[] { "b.cs", "c.cs" }, parsed);
        CollectionAssert.AreEqual(new[] { "a", "bb", "c" }, sources.Select(source => source.Header!.Id).ToArray());
    }

    [TestMethod]
    public void An_edit_of_equal_length_within_the_same_tick_does_not_go_unnoticed()
    {
        var path = Revision("a.cs", "a");
        var time = File.GetLastWriteTimeUtc(path);
        _clock.Now = time + TimeSpan.FromSeconds(1);
        Assert.AreEqual("a", Read([path], out _)[0].Header!.Id);

        Revision("a.cs", "b");
        File.SetLastWriteTimeUtc(path, time);
        Later();

        Assert.AreEqual("b", Read([path], out _)[0].Header!.Id);
    }

    [TestMethod]
    public void A_file_from_the_future_is_never_trusted_by_its_time()
    {
        var path = Revision("a.cs", "a");
        var time = DateTime.UtcNow + TimeSpan.FromHours(1);
        File.SetLastWriteTimeUtc(path, time);
        Read([path], out _);

        Revision("a.cs", "b");
        File.SetLastWriteTimeUtc(path, time);

        Assert.AreEqual("b", Read([path], out _)[0].Header!.Id);
    }

    [TestMethod]
    public void A_file_that_was_only_touched_is_not_parsed_again()
    {
        var path = Revision("a.cs", "a");
        Later();
        Read([path], out _);

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow - TimeSpan.FromDays(1));

        Assert.AreEqual("a", Read([path], out var parsed)[0].Header!.Id);
        Assert.IsEmpty(parsed);
    }

    [TestMethod]
    public void A_deleted_file_leaves_the_index()
    {
        var a = Revision("a.cs", "a");
        var b = Revision("b.cs", "b");
        Later();
        Read([a, b], out _);
        Read([a], out _);

        Read([a, b], out var parsed);

        CollectionAssert.AreEqual(new[] { "b.cs" }, parsed);
    }

    [TestMethod]
    public void A_broken_index_is_made_again()
    {
        var path = Revision("a.cs", "a");
        Later();
        Read([path], out _);
        File.WriteAllText(Directory.EnumerateFiles(Cache, "*.headers").Single(), "rubbish");

        Assert.AreEqual("a", Read([path], out var parsed)[0].Header!.Id);
        CollectionAssert.AreEqual(new[] { "a.cs" }, parsed);
        Read([path], out parsed);
        Assert.IsEmpty(parsed);
    }

    [TestMethod]
    public void An_index_cut_anywhere_is_empty()
    {
        var header = new Alembic.Compiler.RevisionHeader("a", ["b"], [], ["c"], "C", "text", new string('1', 64), new string('2', 64));
        var bytes = HeaderIndexFile.Write(new Dictionary<string, IndexedHeader> { ["/a.cs"] = new(1, 2, 3, new byte[32], header) });
        Assert.HasCount(1, HeaderIndexFile.Read(bytes));

        for (var length = 0; length < bytes.Length; length++)
            Assert.IsEmpty(HeaderIndexFile.Read(bytes[..length]));
    }

    [TestMethod]
    public void Errors_of_all_files_are_told_at_once_and_again()
    {
        string[] paths = [_folder.Write("a.cs", "class {"), Revision("b.cs", "b"), _folder.Write("c.cs", "[Revision] class C;")];
        Later();

        for (var i = 0; i < 2; i++)
        {
            var exception = Assert.ThrowsExactly<CompilationException>(() => Read(paths, out _));
            Assert.AreEqual("3 errors in 2 files", exception.Message);
            CollectionAssert.AreEqual(
                new[]
                {
                    $"{paths[0]}(1,7): error CS1001: Identifier expected",
                    $"{paths[2]}(1,2): error ALEMBIC002: [Revision] needs one argument: the revision id"
                },
                exception.Errors.Where(e => e.Id != "CS1513").Select(e => e.ToString()).ToArray());
        }
    }

    [TestMethod]
    public void A_file_that_is_too_large_is_refused()
    {
        var path = _folder.Write("a.cs", new string(' ', SourceBytes.Limit + 1));

        var exception = Assert.ThrowsExactly<AlembicException>(() => Read([path], out _));

        Assert.AreEqual($"{path} has 16777217 bytes; a source file may have at most 16777216 (16 MB)", exception.Message);
    }

    [TestMethod]
    public void A_file_that_is_not_UTF_8_is_refused()
    {
        var path = _folder.Write("a.cs", "");
        File.WriteAllBytes(path, [(byte)'/', (byte)'/', 0xE9]);

        StringAssert.StartsWith(Assert.ThrowsExactly<AlembicException>(() => Read([path], out _)).Message, $"{path} is not UTF-8");
    }

    private string Cache => Path.Combine(_folder.Path, "cache");

    private void Later() => _clock.Now = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(10);

    private string Revision(string name, string id, string comment = "", string attributes = "") =>
        _folder.Write(name, $"{comment}[Revision(\"{id}\"){attributes}] class C;");

    private IReadOnlyList<RevisionSource> Read(string[] paths, out string[] parsed)
    {
        var compiler = new CountingCompiler();
        try
        {
            return new HeaderIndex(new CacheDirectory(Cache, new SealingKey(Cache + ".key"), _clock), compiler, _clock)
                .Read([_folder.Path], paths);
        }
        finally
        {
            parsed = [.. compiler.Read];
        }
    }
}
