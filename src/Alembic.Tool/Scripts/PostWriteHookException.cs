namespace Alembic.Tool.Scripts;

/// <summary>A post-write hook cannot be run, or failed. The file it was run on is kept.</summary>
internal sealed class PostWriteHookException(string hook, string message, Exception? innerException = null)
    : AlembicException(message, innerException)
{
    public string Hook => hook;
}
