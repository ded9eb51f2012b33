using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Alembic.Tool;

/// <summary>
/// A native program of the package that any user can run. NuGet unpacks what root installs so that all may read it but only root may
/// execute it. The system's loader (ld.so) starts any program that it may read.
/// </summary>
internal static unsafe class PackedProgram
{
    // The header of a 64-bit ELF file, and the table of its segments.
    private const int HeaderSize = 64;
    private const int TableOffset = 32;
    private const int EntrySize = 54;
    private const int EntryCount = 56;
    private const uint Loader = 3;
    private const int PageSize = 4096;

    // The version of the C library that the package's programs need. The package's build sets it.
    private const string CLibrary = "Alembic.NativeCLibrary";

    private const int ReadAndExecute = 1 | 4;
    private const int Private = 2;

    /// <summary>Tells whether the system's C library is new enough for the package's programs.</summary>
    public static bool MayBeLoaded() => MayBeLoaded(AppContext.GetData(CLibrary) as string);

    /// <param name="needed">The version that they need; null if it is not known.</param>
    public static bool MayBeLoaded(string? needed)
    {
        if (!OperatingSystem.IsLinux() || !Version.TryParse(needed, out var least))
            return true;
        try
        {
            return Version.TryParse(Marshal.PtrToStringUTF8(gnu_get_libc_version()), out var present) && present >= least;
        }
        catch (TypeLoadException)
        {
            // Another C library.
            return false;
        }
    }

    /// <summary>Finds the loader for a program that this user may not execute.</summary>
    /// <returns>The loader's path, whose first argument is the program; null if the loader would not start it either.</returns>
    public static string? LoaderOf(string program)
    {
        // A bundle does not have it. Trying to open it would take longer.
        if (!File.Exists(program))
            return null;
        try
        {
            using var file = File.OpenHandle(program);
            var header = Read(file, 0, HeaderSize);
            if (!header.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
                return null;
            var table = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(TableOffset));
            var size = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(EntrySize));
            for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(EntryCount)); i++)
            {
                var entry = Read(file, table + (i * size), size);
                if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != Loader)
                    continue;
                var path = Encoding.UTF8.GetString(Read(file, BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(8)),
                    (int)BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(32)))).TrimEnd('\0');
                return File.Exists(path) && MayBeCode((int)file.DangerousGetHandle()) ? path : null;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TypeLoadException)
        {
            // Incomplete, not readable for this user, or for another C library.
        }
        return null;
    }

    // Not if programs are forbidden, as by the options of a mounted file system: the loader would print an error.
    private static bool MayBeCode(int file)
    {
        var at = mmap(0, PageSize, ReadAndExecute, Private, file, 0);
        return at != -1 && munmap(at, PageSize) == 0;
    }

    private static byte[] Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, long at, int size)
    {
        var bytes = new byte[size];
        return RandomAccess.Read(file, bytes, at) == size ? bytes : throw new EndOfStreamException();
    }

#pragma warning disable IDE1006 // These are the C library's names.
    [DllImport("libc.so.6")]
    private static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc.so.6")]
    private static extern nint gnu_get_libc_version();

    [DllImport("libc.so.6")]
    private static extern int munmap(nint address, nuint length);
#pragma warning restore IDE1006
}
