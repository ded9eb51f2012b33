using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Alembic.Tool.Compilation;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Compilation;

/// <summary>Who owns a file and who can write to it, as each system says it.</summary>
[TestClass]
public sealed class FileStatusTests
{
    [TestMethod]
    [UnsupportedOSPlatform("windows")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void This_system_says_it()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "a");
        File.WriteAllText(file, "");
        var link = File.CreateSymbolicLink(Path.Combine(folder.Path, "b"), file).FullName;
        foreach (var mode in new[] { (UnixFileMode)0b110_100_100, (UnixFileMode)0b111_111_111 })
        {
            File.SetUnixFileMode(file, mode);
            var status = FileStatus.Of(link, followsLinks: true);
            Assert.AreEqual((true, true, mode), (status?.IsOwn, status?.IsFile, (UnixFileMode)(status!.Value.Mode & 0xfff)));
            Assert.AreEqual(mode == (UnixFileMode)0b110_100_100, status.Value.IsWrittenByOwner);
        }
        Assert.IsTrue(FileStatus.Of(link, followsLinks: false)?.IsLink);
        Assert.IsNull(FileStatus.Of(Path.Combine(folder.Path, "c"), followsLinks: true));
        Assert.IsFalse(Ownership.IsKnown(Path.Combine(folder.Path, "c")));
    }

    [TestMethod]
    public void MacOS_says_it_in_a_struct_of_its_own()
    {
        var stat = new MacStat(Device: 7, Mode: 0x81b6, Links: 3, Number: ulong.MaxValue, Owner: 501, Group: 20);
        Assert.AreEqual(new FileStatus(501, 20, 0x81b6), FileStatus.OfMac(MemoryMarshal.AsBytes(new ReadOnlySpan<MacStat>(ref stat))));
    }

    [TestMethod]
    [DataRow(0u, 0u, 0x41ed, true, DisplayName = "root's folder, that only root writes to")]
    [DataRow(0u, 0u, 0x43ff, true, DisplayName = "root's folder, where nobody renames the files of others")]
    [DataRow(0u, 80u, 0x41fd, false, DisplayName = "root's folder, that a group writes to")]
    [DataRow(4_000_000_000u, 20u, 0x41ed, false, DisplayName = "another user's folder")]
    [DataRow(0u, 0u, 0xa1ff, true, DisplayName = "root's link")]
    public void Nobody_else_can_replace_what_is_in_a_folder_that_only_root_or_the_user_changes(uint owner, uint group, int mode,
        bool expected)
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.AreEqual(expected, new FileStatus(owner, group, (ushort)mode).IsOutOfReach);
    }

    // The first fields, in the order of its header.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct MacStat(int Device, ushort Mode, ushort Links, ulong Number, uint Owner, uint Group);
}
