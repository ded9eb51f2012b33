namespace Alembic.Tool.Output;

/// <summary>
/// Takes what is for the eyes. That nobody can see it - the disk is full, the pipe is closed - is no reason to stop a migration half-way.
/// </summary>
internal sealed class LenientStream(Stream inner) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        // A library of the console that cannot be opened is another matter: others can say that.
        catch (Exception exception) when (exception is (IOException and not FileNotFoundException) or UnauthorizedAccessException
            or ObjectDisposedException)
        {
            // There is nowhere left to say so.
        }
    }
}
