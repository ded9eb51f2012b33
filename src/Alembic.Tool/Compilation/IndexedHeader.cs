using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>A header as the index keeps it, and by what to tell that it is still the file's.</summary>
/// <param name="Modified">The file's time of last change when it was read, in UTC ticks.</param>
/// <param name="ReadAt">A moment before it was read, in UTC ticks.</param>
/// <param name="Hash">SHA-256 over its bytes.</param>
internal sealed record IndexedHeader(long Size, long Modified, long ReadAt, byte[] Hash, RevisionHeader? Header)
{
    // No file system keeps times more coarsely (FAT), and clocks of file servers are a little off.
    private const long Granularity = 2 * TimeSpan.TicksPerSecond;

    /// <summary>
    /// Tells whether size and time alone prove that the file is as it was. A file changed shortly before it was read may change once more
    /// without its time showing it; so may one whose time lies in the future.
    /// </summary>
    public bool IsProvenBy(long size, long modified) => Size == size && Modified == modified && modified + Granularity < ReadAt;
}
