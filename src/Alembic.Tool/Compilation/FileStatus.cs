using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Alembic.Tool.Compilation;

/// <summary>Who owns a file or folder, and who can write to it, by Linux and macOS.</summary>
internal readonly record struct FileStatus(uint Owner, uint Group, ushort Mode)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint WantTypeModeAndOwner = 0x1 | 0x2 | 0x8 | 0x10;

    // Longer than the structs of both systems.
    private const int Length = 256;

    public bool IsFile => (Mode & 0xf000) == 0x8000;

    public bool IsLink => (Mode & 0xf000) == 0xa000;

    /// <summary>Whether it is the effective user's.</summary>
    public bool IsOwn => Owner == User;

    /// <summary>Whether it is the effective user's, or root's.</summary>
    public bool IsOurs => Owner == 0 || IsOwn;

    /// <summary>Whether nobody but its owner can write. A group with the same number as its owner has no other members.</summary>
    public bool IsWrittenByOwner => (Mode & 0x2) == 0 && ((Mode & 0x10) == 0 || Group == Owner);

    /// <summary>Whether others can rename nothing in it: in a sticky folder such as /tmp, nobody may rename the files of others.</summary>
    public bool IsOutOfReach => IsOurs && (IsLink || (Mode & 0x200) != 0 || IsWrittenByOwner);

    private static uint User => OperatingSystem.IsMacOS() ? MacUser() : LinuxUser();

    /// <summary>Asks the system.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="followsLinks">Whether the target of a link is meant.</param>
    /// <returns>Null if the system does not say: on Windows, or if nothing is there.</returns>
    public static unsafe FileStatus? Of(string path, bool followsLinks)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var status = stackalloc byte[Length];
        try
        {
            fixed (byte* text = Encoding.UTF8.GetBytes(path + '\0'))
            {
                if (OperatingSystem.IsMacOS())
                    return Mac(text, status, followsLinks) == 0 ? OfMac(new(status, Length)) : null;
                return statx(CurrentDirectory, text, followsLinks ? 0 : NoFollow, WantTypeModeAndOwner, status) == 0
                    ? OfLinux(new(status, Length))
                    : null;
            }
        }
        catch (TypeLoadException)
        {
            // Another C library, or one from before statx.
            return null;
        }
    }

    // The kernel's struct statx, the same on every architecture.
    internal static FileStatus OfLinux(ReadOnlySpan<byte> status) => At(status, owner: 20, group: 24, mode: 28);

    // The struct stat of macOS with 64 bits for the file's number.
    internal static FileStatus OfMac(ReadOnlySpan<byte> status) => At(status, owner: 16, group: 20, mode: 4);

    // Both systems run on little-endian processors only, where .NET does.
    private static FileStatus At(ReadOnlySpan<byte> status, int owner, int group, int mode) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(status[owner..]), BinaryPrimitives.ReadUInt32LittleEndian(status[group..]),
        BinaryPrimitives.ReadUInt16LittleEndian(status[mode..]));

    // On Intel, the functions without the suffix fill the struct of old, whose number has 32 bits.
    private static unsafe int Mac(byte* path, byte* status, bool followsLinks) =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? followsLinks ? MacIntelStat(path, status) : MacIntelLstat(path, status)
        : followsLinks ? MacStat(path, status) : MacLstat(path, status);

    // With the file's full name, so that no other names are tried, and without conversions, so that no code has to be generated.
    [DllImport("libc.so.6")]
    private static extern unsafe int statx(int directory, byte* path, int flags, uint mask, byte* status);

    [DllImport("libc.so.6", EntryPoint = "geteuid")]
    private static extern uint LinuxUser();

    [DllImport("libSystem.dylib", EntryPoint = "stat")]
    private static extern unsafe int MacStat(byte* path, byte* status);

    [DllImport("libSystem.dylib", EntryPoint = "lstat")]
    private static extern unsafe int MacLstat(byte* path, byte* status);

    [DllImport("libSystem.dylib", EntryPoint = "stat$INODE64")]
    private static extern unsafe int MacIntelStat(byte* path, byte* status);

    [DllImport("libSystem.dylib", EntryPoint = "lstat$INODE64")]
    private static extern unsafe int MacIntelLstat(byte* path, byte* status);

    [DllImport("libSystem.dylib", EntryPoint = "geteuid")]
    private static extern uint MacUser();
}
