using System.Diagnostics;
using System.Runtime.Versioning;
using Alembic.Tool.Compilation;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Compilation;

[TestClass]
[UnsupportedOSPlatform("windows")]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class CacheDirectoryTests : IDisposable
{
    private const string Name = "a.assembly";

    private readonly TemporaryFolder _folder = new();
    private readonly FixedClock _clock = new();
    private readonly List<string> _trace = [];

    private string Cache => Path.Combine(_folder.Path, "cache", "deep");

    private string Entry => Path.Combine(Cache, Name);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void What_is_written_is_read_again()
    {
        Open().Write(Name, [1, 2, 3]);

        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, Open().Read(Name));
        Assert.IsNull(Open().Read("b.assembly"));
    }

    [TestMethod]
    public void Only_the_user_can_look_into_it()
    {
        Open().Write(Name, [1]);

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Cache));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Entry));
    }

    [TestMethod]
    public void A_truncated_entry_is_a_miss_at_every_length()
    {
        Open().Write(Name, [1, 2, 3]);
        var bytes = File.ReadAllBytes(Entry);

        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(Entry, bytes[..length]);
            Assert.IsNull(Open().Read(Name));
        }
    }

    [TestMethod]
    public void A_changed_entry_is_a_miss_at_every_byte()
    {
        Open().Write(Name, [1, 2, 3]);
        var bytes = File.ReadAllBytes(Entry);

        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            File.WriteAllBytes(Entry, changed);
            Assert.IsNull(Open().Read(Name));
        }
    }

    [TestMethod]
    public void An_entry_under_another_name_is_a_miss()
    {
        Open().Write(Name, [1]);
        File.Move(Entry, Path.Combine(Cache, "b.assembly"));

        Assert.IsNull(Open().Read("b.assembly"));
    }

    [TestMethod]
    public void An_entry_that_others_can_write_is_a_miss()
    {
        Open().Write(Name, [1]);
        File.SetUnixFileMode(Entry, UnixFileMode.UserRead | UnixFileMode.OtherWrite);

        Assert.IsNull(Open().Read(Name));
    }

    [TestMethod]
    public void A_folder_that_others_can_write_is_not_used()
    {
        Directory.CreateDirectory(Cache);
        File.SetUnixFileMode(Cache, (UnixFileMode)0b111_111_111);

        Open().Write(Name, [1]);

        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(Cache));
        StringAssert.Contains(_trace.Single(), "can be written by others");
    }

    [TestMethod]
    public void An_entry_of_another_user_is_a_miss()
    {
        Open().Write(Name, [1]);
        using var chown = Process.Start("chown", ["65534", Entry]);
        chown.WaitForExit();
        if (chown.ExitCode != 0)
            Assert.Inconclusive("only root can give files away");

        Assert.IsNull(Open().Read(Name));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_no_error()
    {
        var directory = new CacheDirectory(Path.Combine(_folder.Write("file", ""), "cache"), Key, _clock, _trace.Add);

        directory.Write(Name, [1]);

        Assert.IsNull(directory.Read(Name));
        Assert.HasCount(1, _trace);
    }

    [TestMethod]
    public void Without_a_folder_nothing_is_kept()
    {
        var directory = new CacheDirectory(null, Key, _clock);

        directory.Write(Name, [1]);

        Assert.IsNull(directory.Read(Name));
    }

    [TestMethod]
    public void What_was_not_used_for_a_month_is_deleted_and_nothing_else()
    {
        Open().Write("unused.assembly", [1]);
        Open().Write("used.assembly", [1]);
        Open().Write("index.headers", [1]);
        _folder.Write("cache/deep/mine.txt", "");
        var abandoned = _folder.Write("cache/deep/x.assembly.1.tmp", "");
        foreach (var file in Directory.EnumerateFiles(Cache))
            File.SetLastWriteTimeUtc(file, _clock.Now.UtcDateTime - TimeSpan.FromDays(file == abandoned ? 2 : 31));

        Assert.IsNotNull(Open().Read("used.assembly"));
        Open().Write(Name, [1]);

        CollectionAssert.AreEquivalent(
            new[] { Name, "used.assembly", "mine.txt", "pruned" }, Directory.EnumerateFiles(Cache).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void Pruning_happens_once_a_day()
    {
        Open().Write(Name, [1]);
        File.SetLastWriteTimeUtc(Entry, _clock.Now.UtcDateTime - TimeSpan.FromDays(40));

        _clock.Now += TimeSpan.FromHours(23);
        Open().Write("b.assembly", [1]);
        Assert.IsTrue(File.Exists(Entry));

        _clock.Now += TimeSpan.FromHours(2);
        Open().Write("b.assembly", [1]);
        Assert.IsFalse(File.Exists(Entry));
    }

    [TestMethod]
    public void Many_writers_at_once_leave_a_whole_entry_and_no_rubbish()
    {
        Parallel.For(0, 50, i => Open().Write(Name, [.. Enumerable.Repeat((byte)i, 10_000)]));

        Assert.AreEqual(1, Open().Read(Name)!.Distinct().Count());
        CollectionAssert.AreEquivalent(new[] { Name, "pruned" }, Directory.EnumerateFiles(Cache).Select(Path.GetFileName).ToArray());
    }

    private SealingKey Key => new(Path.Combine(_folder.Path, "key"));

    private CacheDirectory Open() => new(Cache, Key, _clock, _trace.Add);
}
