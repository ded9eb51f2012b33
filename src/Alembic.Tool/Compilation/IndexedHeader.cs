using Alembic.Compiler;

namespace Alembic.Tool.Compilation;

/// <summary>A header in the index, with the facts that tell whether it is still the file's.</summary>
/// <param name="Modified">The file's time of last change when it was read, in UTC ticks.</param>
/// <param name="ReadAt">A moment before the file was read, in UTC ticks.</param>
/// <param name="Hash">SHA-256 over its bytes.</param>
internal sealed record IndexedHeader(long Size, long Modified, long ReadAt, byte[] Hash, RevisionHeader? Header)
{
    // No file system has coarser times (FAT), and clocks of file servers are a little off.
    private const long Granularity = 2 * TimeSpan.TicksPerSecond;

    /// <summary>
    /// Tells whether size and time alone prove that the file is unchanged. A file that was changed shortly before it was read may change
    /// again without a new time, and so may one whose time is in the future.
    /// </summary>
    public bool IsProvenBy(long size, long modified) => Size == size && Modified == modified && modified + Granularity < ReadAt;
}
