namespace Alembic.Tool.Output;

/// <summary>
/// Takes output for people. If it cannot be shown (the disk is full, the pipe is closed), a migration must not stop half-way.
/// </summary>
internal sealed class LenientStream(Stream inner) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        // If a library of the console cannot be opened, that is an error: other code can report it.
        catch (Exception exception) when (exception is (IOException and not FileNotFoundException) or UnauthorizedAccessException
            or ObjectDisposedException)
        {
            // No stream is left to report it on.
        }
    }
}
